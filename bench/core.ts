import { parseWorkbook, planRun, type WorkbookSnapshot } from '#core';
import { POLICIES } from '#templates';
import { ledgerRows, MemoryLedger, NOW } from './ledger.ts';
import type { Measurement } from './table.ts';

const SIZES = [1000, 10_000, 100_000];
const ROUNDS = 5;

/** parseWorkbook + planRun against one pass that reads every cell of the same snapshot once. */
export function measureCore(sizes = SIZES): Measurement[] {
  const results: Measurement[] = [];
  const perRow: { ms: number; bytes: number }[] = [];
  for (const rows of sizes) {
    const snapshot = settled(rows, 0);
    const { ms, bytes } = runTimes(snapshot);
    const pass = best(() => { touchEveryCell(snapshot); });
    perRow.push({ ms: ms / rows, bytes: bytes / rows });
    results.push({ what: `core, ${rows} items + notices + scores`, measured: `${ms.toFixed(1)} ms`, bound: `${pass.toFixed(1)} ms`, ratio: ms / pass, budget: rows === 100_000 ? 10 : null });
    if (rows !== 100_000) continue;
    const long = runTimes(settled(rows, rows)).ms;
    results.push({ what: `core, the same after ${rows} rows of 流转记录`, measured: `${long.toFixed(1)} ms`, bound: `${ms.toFixed(1)} ms`, ratio: long / ms, budget: 1.1 });
  }
  const [small, large] = perRow.slice(-2);
  if (small !== undefined && large !== undefined) results.push(
    { what: 'core, time a row: 100000 against 10000', measured: `${(large.ms * 1000).toFixed(2)} us`, bound: `${(small.ms * 1000).toFixed(2)} us`, ratio: large.ms / small.ms, budget: 1.5 },
    { what: 'core, memory a row: 100000 against 10000', measured: `${large.bytes.toFixed(0)} B`, bound: `${small.bytes.toFixed(0)} B`, ratio: large.bytes / small.bytes, budget: 1.25 },
  );
  return results;
}

/** As hosts read it: of 流转记录 only the tail. */
function settled(rows: number, history: number): WorkbookSnapshot {
  const ledger = new MemoryLedger(ledgerRows({ items: rows, notices: rows, scores: rows, history }));
  ledger.settle();
  return ledger.snapshot();
}

function runTimes(snapshot: WorkbookSnapshot): { ms: number; bytes: number } {
  const before = heapNow();
  const kept = run(snapshot);
  const bytes = heapNow() - before;
  if (kept.plan.changes.length > 0) throw new Error('the second run plans changes');
  return { ms: best(() => { run(snapshot); }), bytes };
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

/** The best of some rounds: what else the machine does only ever adds. */
function best(work: () => void): number {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    work();
    least = Math.min(least, performance.now() - started);
  }
  return least;
}

function heapNow(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
