import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Measurement } from './table.ts';
import type { Task, TaskResult } from './tasks.ts';
import { writeFormulaFile, writeLedgerFile } from './xlsx-file.ts';

const DIST = dirname(fileURLToPath(import.meta.url));
const ROUNDS = 3;
/** The morning after the one at which the file was settled. */
const NEXT_MORNING = '2026-03-17T09:00+08:00';

/** A file of so many items: read, modify, write; the daily run as a process; exceljs and LibreOffice beside them. */
export async function measureXlsx(items: number, found: (measurement: Measurement) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'duban-bench-'));
  try {
    const file = join(folder, `${items}.xlsx`);
    await writeLedgerFile(file, items);
    readModifyWrite(folder, file, items, found);
    await dailyRun(folder, file, items, found);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readModifyWrite(folder: string, file: string, items: number, found: (measurement: Measurement) => void): void {
  const bound = bestOf(ROUNDS, () => task('bound', file));
  const own = bestOf(ROUNDS, () => task('duban', copyOf(folder, file)));
  const what = `xlsx ${items} rows, read-modify-write`;
  found({ what: `${what}: against inflate, scan, deflate`, measured: ms(own.ms), bound: ms(bound.ms), ratio: own.ms / bound.ms, budget: 1.6 });
  const other = task('exceljs', copyOf(folder, file));
  found({ what: `${what}: time against exceljs`, measured: ms(own.ms), bound: ms(other.ms), ratio: own.ms / other.ms, budget: 0.1 });
  found({ what: `${what}: memory against exceljs`, measured: mib(own.rssBytes), bound: mib(other.rssBytes), ratio: own.rssBytes / other.rssBytes, budget: 0.25 });
}

async function dailyRun(folder: string, file: string, items: number, found: (measurement: Measurement) => void): Promise<void> {
  const what = `daily run ${items} rows, whole process`;
  const bound = bestOf(ROUNDS, () => timed(() => { task('bound', file); }));
  const own = bestOf(ROUNDS, () => {
    const copy = copyOf(folder, file);
    return timed(() => { node([join(DIST, 'duban.js'), 'run', copy, '--no-deliver', '--now', NEXT_MORNING]); });
  });
  found({ what: `${what}: against inflate, scan, deflate`, measured: ms(own.ms), bound: ms(bound.ms), ratio: own.ms / bound.ms, budget: 2.5 });
  if (spawnSync('soffice', ['--version'], { stdio: 'ignore' }).status !== 0) return;
  const formulas = join(folder, `formulas-${items}.xlsx`);
  await writeFormulaFile(formulas, items);
  const office = timed(() => {
    execFileSync('soffice', [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'xlsx', '--outdir', join(folder, 'out'), formulas], { stdio: 'ignore' });
  });
  found({ what: `${what}: against LibreOffice`, measured: ms(own.ms), bound: ms(office.ms), ratio: own.ms / office.ms, budget: 0.34 });
}

/** A fresh copy, so that every round finds the same file; what the round leaves behind goes with the folder. */
function copyOf(folder: string, file: string): string {
  const copy = join(folder, 'copy.xlsx');
  rmSync(join(folder, '.duban'), { recursive: true, force: true });
  copyFileSync(file, copy);
  return copy;
}

function task(name: Task, file: string): TaskResult {
  return JSON.parse(node(['--max-old-space-size=8192', fileURLToPath(import.meta.url), name, file])) as TaskResult;
}

function node(args: readonly string[]): string {
  return execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 1024 * 1024 });
}

function timed(work: () => void): { ms: number } {
  const started = performance.now();
  work();
  return { ms: performance.now() - started };
}

function bestOf<R extends { readonly ms: number }>(rounds: number, work: () => R): R {
  let least = work();
  for (let round = 1; round < rounds; round += 1) {
    const next = work();
    if (next.ms < least.ms) least = next;
  }
  return least;
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}

function mib(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(0)} MiB`;
}
