import { POLICIES } from '#templates';
import { ledgerQuery, ledgerView, overviewView } from '#screens';
import { openBook } from '../sync-service/console/book.ts';
import type { WorkbookStore } from '../sync-service/workbook/store.ts';
import { ledgerRows, MemoryLedger, NOW } from './ledger.ts';
import type { Measurement } from './table.ts';

const RUNS = 5;
const BUDGET_MS = 300;
/** The size for which the budget is a promise. */
const PROMISED = 10_000;
const VIEWER = '督办专员';

/**
 * Server time of the console's views on a workbook that was read: one for which what holds of every item is derived
 * anew, and another after it.
 */
export async function measureConsole(items: number, found: (measurement: Measurement) => void): Promise<void> {
  const ledger = new MemoryLedger(ledgerRows({ items, notices: items, scores: items, history: 0 }));
  ledger.settle();
  const snapshot = ledger.snapshot();
  const store: WorkbookStore = { location: 'memory', read: () => Promise.resolve(snapshot), apply: () => Promise.reject(new Error('only read')), noteMishaps: () => undefined };
  let now = NOW;
  const book = openBook({ key: 'b', name: 'b', folder: null, policies: POLICIES, store, version: () => '1', readHistory: () => Promise.resolve([]), clock: () => now, programVersion: '', written: () => undefined });
  const views = {
    overview: async () => { const { at } = await book.state(); return overviewView(at, VIEWER); },
    ledger: async () => { const { at, version } = await book.state(); return ledgerView(at, VIEWER, ledgerQuery({ q: '第3科', sort: 'title' }), version); },
  };
  await views.overview();
  // What building the ledger left behind is not the console's.
  globalThis.gc?.();
  for (const [name, view] of Object.entries(views)) {
    const fresh: number[] = [];
    const again: number[] = [];
    for (let turn = 0; turn < RUNS; turn += 1) {
      now = (now + 10) as typeof now;
      fresh.push(await timed(view));
      again.push(await timed(view));
    }
    for (const [which, times] of [['derived anew', fresh], ['again', again]] as const) {
      const ms = median(times);
      found({ what: `console ${name} on ${items} items, ${which}`, measured: `${ms.toFixed(1)} ms`, bound: `${BUDGET_MS} ms`, ratio: ms / BUDGET_MS, budget: items <= PROMISED ? 1 : null });
    }
  }
}

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}
