import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { columnsOf, moment, parseSheet, SHEET_KEYS, SHEETS, type Cell, type Moment, type SheetKey, type WorkbookSnapshot } from '#core';
import { POLICIES } from '#policies';
import { play, type Scenario } from '../../scenarios/scenario.ts';
import { runWorkbook, type DeliveryMemory, type RunOutcome } from '../../sync-service/jobs/run-workbook.ts';
import { openGoogleStore } from '../../sync-service/workbook/google-sheets/store.ts';
import type { WorkbookStore } from '../../sync-service/workbook/store.ts';
import type { WorkbookModel } from '../apps-script/fake/workbook-model.ts';
import type { MemoryWorkbook } from '../support/memory-workbook.ts';
import { ACCOUNT, googleBench, type GoogleBench } from './contract-workbook.ts';
import { plainBook, putRows } from './plain-book.ts';

/** Every so many of a file's scenarios: the whole register is played in memory and on the script inside Google. */
const EACH = 12;
const FOLDER = join(process.cwd(), 'scenarios');
/** 运行记录 tells of the host itself. */
const COMPARED = SHEET_KEYS.filter((key) => key !== 'runs');

interface Played { readonly now: Moment; readonly before: ReadonlyMap<SheetKey, Cell[][]>; readonly after: WorkbookSnapshot }

const folder = mkdtempSync(join(tmpdir(), 'duban-mirror-'));
let bench: GoogleBench;
beforeAll(async () => { bench = await googleBench(plainBook('none', {}, [ACCOUNT])); });
afterAll(async () => {
  await bench.double.close();
  rmSync(folder, { recursive: true });
});

/** What stood before and after the run of each step, in memory. */
function playInMemory(scenario: Scenario): Played[] {
  const played: Played[] = [];
  let before = new Map<SheetKey, Cell[][]>();
  play(scenario, POLICIES, {
    before: (workbook: MemoryWorkbook) => { before = new Map([...workbook.sheets].map(([key, { rows }]) => [key, rows.map(({ cells }) => [...cells])])); },
    after: (workbook, step) => void played.push({ now: moment(step.时刻), before, after: workbook.snapshot() }),
  });
  return played;
}

function fill(book: WorkbookModel, rows: ReadonlyMap<SheetKey, Cell[][]>): void {
  for (const [key, own] of rows) {
    const sheet = book.sheet(SHEETS[key].name)!;
    sheet.rows.length = 1;
    putRows(sheet, 2, own);
  }
}

function parsedRows(snapshot: WorkbookSnapshot, key: SheetKey): unknown[][] {
  return parseSheet(snapshot.sheets.find(({ name }) => name === SHEETS[key].name), key, {}, []).rows
    .map(({ cells }) => columnsOf(key).map((column) => (cells as Readonly<Record<string, unknown>>)[column.key] ?? null));
}

function deliveryMemory(): DeliveryMemory {
  const entries = new Map<string, Parameters<DeliveryMemory['record']>[0]>();
  return { workbookId: 'mirror', entries: () => entries, record: (delivery) => void entries.set(delivery.key, delivery), reached: () => new Set<string>() };
}

function run(store: WorkbookStore, now: Moment, memory: DeliveryMemory): Promise<RunOutcome> {
  return runWorkbook({
    store, policies: POLICIES, now, policyExpected: null, memory, dryRun: false, digests: 'at-once', version: 'test', progress: { step: () => undefined, count: () => undefined }, elapsed: () => 1,
    transport: { name: 'smtp', check: () => Promise.resolve({ ok: true }), close: () => Promise.resolve(), send: () => Promise.resolve({ ok: true }) },
  });
}

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.yaml')).sort()) {
  const scenarios = (parse(readFileSync(join(FOLDER, file), 'utf8')) as Scenario[]).filter((_, index) => index % EACH === 0);
  describe(file, () => {
    it.each(scenarios.map((scenario) => [`${scenario.条款.join(' ')} ${scenario.说明}`, scenario] as const))('%s', async (name, scenario) => {
      const id = `mirror-${Buffer.from(name).toString('hex').slice(0, 40)}`;
      const book = plainBook(id, {}, [ACCOUNT]);
      bench.double.hold(book);
      const store = openGoogleStore(bench.api, id, join(folder, id));
      const memory = deliveryMemory();
      for (const { now, before, after } of playInMemory(scenario)) {
        fill(book, before);
        expect((await run(store, now, memory)).conflicts).toEqual([]);
        const here = await store.read();
        for (const key of COMPARED) expect(parsedRows(here, key), SHEETS[key].name).toEqual(parsedRows(after, key));
        expect((await run(store, now, memory)).state, 'a second run').toBe('unchanged');
      }
    });
  });
}
