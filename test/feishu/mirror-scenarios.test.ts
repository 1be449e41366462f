import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { columnsOf, findSheet, moment, parseSheet, parseWorkbook, planRun, SHEET_KEYS, SHEETS, type Cell, type Delivery, type PolicyId, type SheetKey, type WorkbookSnapshot } from '#core';
import { POLICIES } from '#policies';
import { deliverAll, play, type Scenario, type Step } from '../../scenarios/scenario.ts';
import { openBitableStore } from '../../sync-service/workbook/feishu-bitable/store.ts';
import type { Rows } from '../google/plain-book.ts';
import type { MemoryWorkbook } from '../support/memory-workbook.ts';
import { feishuBench, plainBase } from './contract-workbook.ts';
import { Base } from './bitable-model.ts';

/** Every so many scenarios one; `npm run soak:feishu` plays all. */
const EVERY = Number(process.env['DUBAN_FEISHU_EVERY'] ?? 120);
const FOLDER = join(process.cwd(), 'scenarios');

const scenarios = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml')).sort()
  .flatMap((file) => parse(readFileSync(join(FOLDER, file), 'utf8')) as Scenario[]).filter((_, index) => index % EVERY === 0);

interface Seen { readonly step: Step; readonly before: Rows; readonly after: WorkbookSnapshot }

/** What the workbook in memory holds before each run of a scenario, and after it. */
function played(scenario: Scenario): Seen[] {
  const seen: Seen[] = [];
  let before: Rows = {};
  play(scenario, POLICIES, {
    before(workbook) { before = rowsOf(workbook); },
    after(workbook, step) { seen.push({ step, before, after: workbook.snapshot() }); },
  });
  return seen;
}

function rowsOf(workbook: MemoryWorkbook): Rows {
  return Object.fromEntries(SHEET_KEYS.map((key) => {
    const { keys, rows } = workbook.sheets.get(key)!;
    return [key, rows.map(({ cells }) => Object.fromEntries(keys.map((column, place) => [column, cells[place] ?? null] as const)) as Record<string, Cell>)];
  }));
}

function parsedRows(snapshot: WorkbookSnapshot, key: SheetKey): unknown[][] {
  return parseSheet(findSheet(snapshot, key), key, {}, []).rows.map(({ cells }) => columnsOf(key).map((column) => (cells as Readonly<Record<string, unknown>>)[column.key] ?? null));
}

describe('scenarios on a Feishu base', async () => {
  const { double, api } = await feishuBench(new Base('bascnContract', '督办'));
  const machine = mkdtempSync(join(tmpdir(), 'duban-mirror-'));
  afterAll(async () => {
    await double.close();
    rmSync(machine, { recursive: true });
  });

  it.each(scenarios.map((scenario) => [`${scenario.条款.join(' ')} ${scenario.说明}`, scenario] as const))('%s', async (_name, scenario) => {
    const deliveries = new Map<string, Delivery>();
    const store = openBitableStore(api, join(machine, String(scenarios.indexOf(scenario))));
    for (const { step, before, after } of played(scenario)) {
      double.hold(plainBase(before, POLICIES[scenario.制度 as PolicyId]));
      const now = moment(step.时刻);
      const snapshot = await store.read();
      const { workbook } = parseWorkbook(snapshot, POLICIES);
      const first = planRun(workbook!, now, deliveries);
      const { changes, mishaps } = deliverAll(first, now, deliveries) ? planRun(workbook!, now, deliveries) : first;
      store.noteMishaps(snapshot, mishaps);
      expect((await store.apply(snapshot, changes)).conflicts).toEqual([]);
      const found = await store.read();
      for (const key of SHEET_KEYS) expect(parsedRows(found, key), SHEETS[key].name).toEqual(parsedRows(after, key));
      expect(planRun(parseWorkbook(found, POLICIES).workbook!, now, deliveries).changes, 'a second run plans nothing').toEqual([]);
    }
  });
});
