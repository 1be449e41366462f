import { addDays, at, columnsOf, dayOf, epochOf, renderValue, SHEETS, type Cell, type RowAppend, type SheetKey } from '#core';
import { googleLatencies } from '../test/apps-script/fake/service-calls.ts';
import type { Sim } from '../test/apps-script/fake/sim.ts';
import buildBundle from '../test/apps-script/build-once.ts';
import { addRows, office } from '../test/apps-script/office.ts';
import { ledgerRows, MemoryLedger, NOW, POLICY } from './ledger.ts';
import type { Measurement } from './table.ts';

const SIZES = [100, 1_000, 10_000, 20_000];
const READS = /\.(getValues|getFormulas|getMergedRanges)$/;
const WRITE = 'Sheets.Spreadsheets.batchUpdate';
/** More rows give a run more columns to write, and so to look at again; never more than there are. */
const MOST_READS_MORE = 1.25;
const RUN_SECONDS = 270;

/** Runs of the bundle in the fake of Google's services, with the latencies it assumes. */
export function measureAppsScript(found: (measurement: Measurement) => void): void {
  buildBundle();
  let readsOfFirst = 0;
  for (const items of SIZES) {
    const sim = spreadsheetOf(items);
    sim.useLatencies(googleLatencies);
    const run = (what: string, isFirst: boolean): void => {
      let seconds = 0;
      let reads = 0;
      let writes = 0;
      let runs = 0;
      // A run that stops at its time budget is continued by the next.
      for (let unfinished = true; unfinished && runs < 10; runs += 1) {
        sim.resetCalls();
        sim.call('runNow');
        reads = Math.max(reads, count(sim, READS));
        writes += sim.calls.get(WRITE) ?? 0;
        seconds = Math.max(seconds, (sim.executions.at(-1)?.milliseconds ?? 0) / 1000);
        unfinished = !sim.ui.alerts.at(-1)!.text.startsWith('巡检完成') || sim.ui.alerts.at(-1)!.text.includes('还有未完成');
      }
      if (isFirst && readsOfFirst === 0) readsOfFirst = reads;
      found({ what: `Google, ${items} items, ${what}: the longest of ${runs} run${runs > 1 ? 's' : ''}`, measured: `${seconds.toFixed(1)} s`, bound: `${RUN_SECONDS} s`, ratio: seconds / RUN_SECONDS, budget: 1 });
      found({
        what: `Google, ${items} items, ${what}: calls that read (${writes} that write)`, measured: String(reads), bound: String(isFirst ? readsOfFirst : reads),
        ratio: isFirst ? reads / readsOfFirst : 1, budget: isFirst ? MOST_READS_MORE : null,
      });
    };
    run('a day with mails', true);
    run('again', false);
    sim.moveTo(epochOf(at(addDays(dayOf(NOW), 1), 9)));
    run('the next day', false);
  }
}

/** A settled ledger of that many items, notices, scores and rows of 流转记录 in the fake. */
export function spreadsheetOf(items: number): Sim {
  const ledger = new MemoryLedger(ledgerRows({ items, notices: items, scores: items, history: items }));
  ledger.settle();
  const sim = office(POLICY.id, { now: epochOf(NOW), workspace: true });
  const byKey = new Map<SheetKey, Readonly<Record<string, Cell>>[]>();
  for (const append of ledger.appends()) {
    const rows = byKey.get(append.sheet) ?? [];
    byKey.set(append.sheet, rows);
    rows.push(cellsOf(append));
  }
  for (const [key, rows] of byKey) {
    if (key === 'parameters') continue;
    const sheet = sim.spreadsheet.sheet(SHEETS[key].name);
    if (sheet.lastRow() > 1) sheet.deleteRows(2, sheet.lastRow() - 1);
    addRows(sim, key, rows);
  }
  sim.call('setUpOrRepair');
  return sim;
}

function cellsOf(append: RowAppend): Readonly<Record<string, Cell>> {
  return Object.fromEntries(columnsOf(append.sheet).map((column) => [column.key, renderValue(append.values[column.key] ?? null, column.type).value]));
}

function count(sim: Sim, pattern: RegExp): number {
  return [...sim.calls].reduce((sum, [name, calls]) => sum + (pattern.test(name) ? calls : 0), 0);
}
