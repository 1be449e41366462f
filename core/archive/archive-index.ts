import { dayOf, yearOf } from '../calendar/plain-date.ts';
import { movedOutRow } from '../plan/history-chain.ts';
import { ChangeList } from '../plan/change-list.ts';
import type { Change } from '../plan/plan.ts';
import type { RunPlan } from '../plan/plan-run.ts';
import { runRecord } from '../plan/run-record.ts';
import { CONTRACT } from '../workbook/basis.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { ArchiveNumbers } from './archive-rows.ts';
import { ARCHIVED_SHEETS, type YearArchive } from './plan-year-archive.ts';

/** A file that was made of what left, and the program's version. */
interface ArchiveFile { readonly file: string; readonly sha256: string; readonly version: string }

/** Rows of 归档案卷 for items that leave without one: those that were closed before the program first saw them. */
export function missingFiles(workbook: Workbook, plan: RunPlan, years: readonly YearArchive[]): Change[] {
  const { rows } = workbook.sheets.archives;
  const filed = new Set(rows.map(({ cells }) => cells.itemId));
  const facts = new Map(plan.items.map(({ facts: item }) => [item.id, item]));
  const numbers = new ArchiveNumbers(rows);
  const changes = new ChangeList();
  for (const { id } of years.flatMap(({ items }) => items)) {
    const item = facts.get(id)!;
    if (filed.has(id) || item.closedAt === null || facts.has(item.cells.parentId)) continue;
    changes.append('archives', { archiveNo: numbers.next(yearOf(dayOf(item.closedAt))), itemId: id, archivedOn: dayOf(item.statusAt) }, CONTRACT);
  }
  return changes.all();
}

/**
 * What the workbook says once a year left it: which file has each item, in 归档案卷, what moved, in 流转记录, and a row of 运行记录,
 * so that hosts find what a stale save took away.
 */
export function indexOfArchive(workbook: Workbook, run: RunPlan, { items, last, leaving }: YearArchive, { file, sha256, version }: ArchiveFile): Change[] {
  const left = new Set(items.map(({ id }) => id));
  const changes = new ChangeList();
  for (const row of workbook.sheets.archives.rows) {
    if (left.has(row.cells.itemId)) changes.want(workbook.sheets.archives, row, row.cells.archiveNo, 'fingerprint', `${file} ${sha256}`, CONTRACT);
  }
  const told = movedOutRow(workbook, { items: items.length, file, sha256, last }, run.clock.now, CONTRACT);
  changes.append('history', told, CONTRACT);
  const moved = [...leaving.values()].reduce((sum, rows) => sum + rows.size, 0);
  return [...changes.all(), runRecord(workbook, { ...run, chainHead: told.chain }, { version, writes: moved, notices: 0, conflicts: 0, ms: null })];
}

/** The files that hold what left the workbook, with the sha256 that each had then, by what 归档案卷 says. */
export function archiveFiles(workbook: Workbook): ReadonlyMap<string, { readonly sha256: string; readonly items: readonly string[] }> {
  const files = new Map<string, { sha256: string; items: string[] }>();
  for (const { cells: { itemId, fingerprint } } of workbook.sheets.archives.rows) {
    const [, file, sha256] = /^(.+) ([0-9a-f]{64})$/.exec(fingerprint) ?? [];
    if (file === undefined || sha256 === undefined) continue;
    const known = files.get(file);
    if (known === undefined) files.set(file, { sha256, items: [itemId] });
    else known.items.push(itemId);
  }
  return files;
}

/**
 * What a run would do that it would not have done with the archived rows still there, or no longer does: sentences, empty where
 * archiving changes nothing. The chain, 首页 and the order of rows apart.
 */
export function effectsOfArchive(before: RunPlan, after: RunPlan): string[] {
  const [were, are] = [before, after].map(({ changes }) => new Set(changes.flatMap(described)));
  return [...[...are!].filter((change) => !were!.has(change)), ...[...were!].filter((change) => !are!.has(change))];
}

function described(change: Change): string[] {
  switch (change.kind) {
    case 'home': return [];
    case 'append': return change.sheet === 'history' ? [] : [`${change.sheet} + ${JSON.stringify(change.values)}`];
    case 'cell': return [`${change.sheet} ${change.row.id ?? ''} ${change.column} = ${JSON.stringify(change.after)}`];
  }
}

/** Rows that the archive file has no use for: of the sheets about items and runs all but its own, by sheet name. */
export function foreignRows(workbook: Workbook, { archived }: YearArchive): { name: string; rows: (number | string)[] }[] {
  return ARCHIVED_SHEETS.map((key) => ({ name: workbook.sheets[key].name, rows: workbook.sheets[key].rows.map(({ ref }) => ref).filter((ref) => archived.get(key)?.has(ref) !== true) }));
}

/** Rows that leave the workbook, by sheet name. */
export function leavingRows(workbook: Workbook, { leaving }: YearArchive): { name: string; rows: (number | string)[] }[] {
  return [...leaving].map(([key, rows]) => ({ name: workbook.sheets[key].name, rows: [...rows] }));
}
