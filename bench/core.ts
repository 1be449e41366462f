import { parseWorkbook, planRun, type WorkbookSnapshot } from '#core';
import { POLICIES } from '#templates';
import { ledgerRows, MemoryLedger, NOW } from './ledger.ts';
import type { Measurement } from './table.ts';

const SIZES = [1000, 10_000, 100_000];
const HISTORY = 100_000;
const ROUNDS = 5;

/** parseWorkbook + planRun against one pass that reads every cell of the same snapshot once. */
export function measureCore(found: (measurement: Measurement) => void): void {
  const perRow: { ms: number; bytes: number }[] = [];
  for (const rows of SIZES) {
    const snapshot = settled(rows, 0);
    const [ms, pass] = fastest(() => { run(snapshot); }, () => { touchEveryCell(snapshot); });
    perRow.push({ ms: ms / rows, bytes: bytesKept(snapshot) / rows });
    found({ what: `core, ${rows} items + notices + scores`, measured: `${ms.toFixed(1)} ms`, bound: `${pass.toFixed(1)} ms`, ratio: ms / pass, budget: rows === 100_000 ? 10 : null });
    if (rows !== 10_000) continue;
    const grown = settled(rows, HISTORY);
    const [long, short] = fastest(() => { run(grown); }, () => { run(snapshot); });
    found({ what: `core, the same after ${HISTORY} rows of 流转记录`, measured: `${long.toFixed(1)} ms`, bound: `${short.toFixed(1)} ms`, ratio: long / short, budget: 1.1 });
  }
  const [small, large] = perRow.slice(-2);
  if (small === undefined || large === undefined) return;
  found({ what: 'core, time a row: 100000 against 10000', measured: `${(large.ms * 1000).toFixed(2)} us`, bound: `${(small.ms * 1000).toFixed(2)} us`, ratio: large.ms / small.ms, budget: 1.5 });
  found({ what: 'core, memory a row: 100000 against 10000', measured: `${large.bytes.toFixed(0)} B`, bound: `${small.bytes.toFixed(0)} B`, ratio: large.bytes / small.bytes, budget: 1.25 });
}

/** As hosts read it: of 流转记录 only the tail. */
function settled(rows: number, history: number): WorkbookSnapshot {
  const ledger = new MemoryLedger(ledgerRows({ items: rows, notices: rows, scores: rows, history }));
  ledger.settle();
  return ledger.snapshot();
}

/** What a finished run keeps in memory beside the snapshot. */
function bytesKept(snapshot: WorkbookSnapshot): number {
  const before = heapNow();
  const kept = run(snapshot);
  const bytes = heapNow() - before;
  if (kept.plan.changes.length > 0) throw new Error('the second run plans changes');
  return bytes;
}

function run(snapshot: WorkbookSnapshot): { plan: ReturnType<typeof planRun>; parsed: unknown } {
  const { workbook } = parseWorkbook(snapshot, POLICIES);
  return { parsed: workbook, plan: planRun(workbook!, NOW) };
}

/** The bound: no program that looks at the whole table does less. */
function touchEveryCell(snapshot: WorkbookSnapshot): number {
  let seen = 0;
  for (const sheet of snapshot.sheets) {
    for (const { cells } of sheet.rows) {
      for (let index = 0; index < cells.length; index += 1) {
        const cell = cells[index]!;
        seen += typeof cell === 'string' ? cell.length : typeof cell === 'number' ? 1 : 0;
      }
    }
  }
  if (seen === 0) throw new Error('an empty snapshot');
  return seen;
}

/** The best of some rounds of each, in turn: what else the machine does only ever adds, and to both alike. */
function fastest(first: () => void, second: () => void): [number, number] {
  const least: [number, number] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, work] of [first, second].entries()) {
      const started = performance.now();
      work();
      least[index] = Math.min(least[index]!, performance.now() - started);
    }
  }
  return least;
}

/** Twice: what the first collection only marks as free, such as compiled code, the second takes away. */
function heapNow(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
