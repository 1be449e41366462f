import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { columnsOf, epochOf, moment, parseSheet, SHEET_KEYS, SHEETS, splitNames, type Cell, type PolicyId, type SheetKey, type WorkbookSnapshot } from '#core';
import { POLICIES } from '#policies';
import { play, type Scenario } from '../../scenarios/scenario.ts';
import type { MemoryWorkbook } from '../support/memory-workbook.ts';
import { Sim } from './fake/sim.ts';
import { addRows, DIST, office, snapshotOf } from './office.ts';

const FOLDER = join(process.cwd(), 'scenarios');
/** 运行记录 tells of the host itself; hosts and addresses in 制度参数, 人员 and 单位 are this test's own. */
const NOT_COMPARED: ReadonlySet<SheetKey> = new Set<SheetKey>(['runs', 'parameters', 'people', 'units']);
const HOSTS = [{ key: 'plannerHost', value: 'apps-script' }, { key: 'senderHost', value: 'apps-script' }];
/** In memory every mail arrives; on Google only one with an address does. */
const UNDELIVERABLE = /^(邮箱地址无效|没有收件人)/;
const DELIVERY_COLUMNS: ReadonlySet<string> = new Set(['status', 'sentAt', 'error']);

/** What an item tells of its notices. */
const FATE_OF_ITEMS: ReadonlySet<string> = new Set(['chaseCount', 'hint']);

/** One set-up spreadsheet per policy; only its rows change. */
const templates = new Map<PolicyId, Sim>();

function spreadsheetAt(policy: PolicyId, now: number): Sim {
  let template = templates.get(policy);
  if (template === undefined) templates.set(policy, template = office(policy, { now: Date.UTC(2020, 0, 1), workspace: true }));
  const sim = new Sim({ now, workspace: true });
  const { sheets, namedRanges, metadata, protections, active } = template.world.book;
  Object.assign(sim.world.book, { sheets, namedRanges, metadata, protections, active });
  sim.loadBundle(DIST);
  return sim;
}

/** Puts the rows of the workbook in memory into the spreadsheet, every person with an address. */
function mirror(sim: Sim, workbook: MemoryWorkbook): void {
  for (const key of SHEET_KEYS) {
    const sheet = sim.spreadsheet.sheet(SHEETS[key].name);
    if (sheet.lastRow() > 1) sheet.deleteRows(2, sheet.lastRow() - 1);
    const { keys, rows } = workbook.sheets.get(key)!;
    const records = rows.map(({ cells }) => Object.fromEntries(keys.map((column, place) => [column, cells[place] ?? null] as const)) as Record<string, Cell>);
    const own = records.map((row, index) => (key === 'people' || key === 'units' ? { ...row, email: row['email'] ?? `${key}${index}@example.com` } : row));
    addRows(sim, key, key === 'parameters' ? [...own, ...HOSTS] : own);
  }
}

type Row = readonly unknown[];

function parsedRows(snapshot: WorkbookSnapshot, key: SheetKey): Row[] {
  return parseSheet(snapshot.sheets.find((sheet) => sheet.name === SHEETS[key].name), key, {}, []).rows
    .map(({ cells }) => columnsOf(key).map((column) => (cells as Readonly<Record<string, unknown>>)[column.key] ?? null));
}

function compare(sim: Sim, workbook: MemoryWorkbook): void {
  const [here, there] = [snapshotOf(sim), workbook.snapshot()];
  const undelivered = undeliverable(here);
  for (const key of SHEET_KEYS) {
    if (NOT_COMPARED.has(key)) continue;
    const [own, wanted] = [parsedRows(here, key), parsedRows(there, key)].map((rows) => rows.map((row) => withoutFate(key, row, undelivered)));
    expect(own, SHEETS[key].name).toEqual(wanted);
  }
}

/** Notices whose people have no address in this scenario: what became of them is the one thing that differs. */
function undeliverable(snapshot: WorkbookSnapshot): { ids: ReadonlySet<unknown>; items: ReadonlySet<unknown>; names: ReadonlySet<string> } {
  const [id, item, recipient, error] = ['noticeId', 'itemId', 'recipient', 'error'].map((wanted) => columnsOf('notices').findIndex(({ key }) => key === wanted)) as [number, number, number, number];
  const rows = parsedRows(snapshot, 'notices').filter((row) => UNDELIVERABLE.test(String(row[error])));
  return { ids: new Set(rows.map((row) => row[id])), items: new Set(rows.map((row) => row[item])), names: new Set(rows.flatMap((row) => splitNames(String(row[recipient])))) };
}

function withoutFate(key: SheetKey, row: Row, { ids, items, names }: ReturnType<typeof undeliverable>): Row {
  if (ids.size === 0) return row;
  const columns = columnsOf(key);
  const value = (column: string): unknown => row[columns.findIndex((candidate) => candidate.key === column)];
  if (key === 'notices' && (ids.has(value('noticeId')) || (value('channel') === '摘要' && names.has(String(value('recipient')))))) {
    return row.map((cell, index) => (DELIVERY_COLUMNS.has(columns[index]!.key) || columns[index]!.key === 'attempts' ? '(投递)' : cell));
  }
  if (key === 'items' && items.has(value('itemId'))) return row.map((cell, index) => (FATE_OF_ITEMS.has(columns[index]!.key) ? '(投递)' : cell));
  return row;
}

/** Every `of`-th scenario, beginning with `part`: vitest runs the files side by side. */
export function mirrorScenarios(part: number, of: number): void {
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.yaml')).sort()) {
    const scenarios = (parse(readFileSync(join(FOLDER, file), 'utf8')) as Scenario[]).filter((_, index) => index % of === part);
    if (scenarios.length === 0) continue;
    describe(file, () => {
      it.each(scenarios.map((scenario) => [`${scenario.条款.join(' ')} ${scenario.说明}`, scenario] as const))('%s', (_name, scenario) => {
        let sim: Sim | null = null;
        play(scenario, POLICIES, {
          before(workbook, step) {
            const now = epochOf(moment(step.时刻));
            sim ??= spreadsheetAt(scenario.制度 as PolicyId, now);
            if (sim.now.getTime() < now) sim.moveTo(now);
            mirror(sim, workbook);
          },
          after(workbook) {
            sim!.call('runNow');
            expect(sim!.ui.alerts.at(-1)!.text).toMatch(/^巡检完成/);
            compare(sim!, workbook);
          },
        });
        sim!.resetCalls();
        sim!.call('runNow');
        expect(sim!.calls.get('Sheets.Spreadsheets.batchUpdate') ?? 0, 'a second run writes nothing').toBe(0);
      });
    });
  }
}
