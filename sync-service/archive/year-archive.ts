import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import {
  archiveFiles, effectsOfArchive, foreignRows, formatDay, dayOf, indexOfArchive, isFormula, leavingRows, missingFiles, parseWorkbook, planRun, planYearArchive, SHEETS, valueOf,
  type ArchivePlan, type ClearedSheet, type Moment, type RowsBySheet, type RunPlan, type SheetKey, type Workbook, type YearArchive,
} from '#core';
import { POLICIES } from '#templates';
import { UnrunnableWorkbookError } from '../jobs/run-workbook.ts';
import { clearedWorkbook } from '../workbook/xlsx/clear-cells.ts';
import { chooseRole, memoryKey } from '../workbook/xlsx/copy-choice.ts';
import { openDeliveryJournal } from '../workbook/xlsx/delivery-journal.ts';
import { cellAt, loadWholeWorkbook, readEveryRow, type LoadedWorkbook } from '../workbook/xlsx/read-snapshot.ts';
import { keepWritten } from '../workbook/xlsx/written-sets.ts';
import { rewriteAlone, saveRewritten } from '../workbook/xlsx/rewrite.ts';
import { ArchiveError } from './archive-error.ts';
import { placeFile } from './place-file.ts';

export interface ArchiveRequest {
  /** Null: every locked year. */
  readonly year: number | null;
  /** The file for what is archived; null: 督办归档-YEAR.xlsx beside the workbook. */
  readonly to: string | null;
  readonly now: Moment;
  readonly version: string;
}

/** One file that was written, and what went into it. */
export interface WrittenArchive {
  readonly path: string;
  readonly archive: YearArchive;
  /** Rows that are blank now in the workbook or in the archive, because something hangs on their place. */
  readonly blank: readonly string[];
}

export interface ArchiveOutcome {
  readonly written: readonly WrittenArchive[];
  /** What stays, once all that can be archived is. */
  readonly left: Pick<ArchivePlan, 'waiting' | 'notes'>;
}

const UNDONE = '没有归档';
const TOLD_EFFECTS = 5;

/** What `archiveYears` would move; writes nothing. */
export function previewArchive(file: string, { year, now }: Pick<ArchiveRequest, 'year' | 'now'>): ArchivePlan {
  return stateOf(loadWholeWorkbook(realpathSync(file)), year, now).plan;
}

/**
 * Moves what planYearArchive finds, year by year: first a file that holds it, a copy of the workbook without all else, written,
 * read back and compared; then the workbook without it. A cut in between leaves both, and the same command finishes: the file
 * that no row of 归档案卷 names yet is written anew. A file that one names is never touched again; what the same year brings
 * later goes into a further one. Refused where a run would then do anything else than before.
 */
export function archiveYears(file: string, request: ArchiveRequest): Promise<ArchiveOutcome> {
  const path = realpathSync(file);
  return rewriteAlone(path, request.now, UNDONE, async () => {
    const written: WrittenArchive[] = [];
    for (;;) {
      const workbook = loadWholeWorkbook(path);
      const state = stateOf(workbook, request.year, request.now);
      const [archive] = state.plan.years;
      if (archive === undefined) return { written, left: state.plan };
      const target = targetOf(state.parsed, archive, path, request.to);
      if (existsSync(target)) refuseForeign(target, state.parsed, archive.year);
      const missing = missingFiles(state.parsed, state.run, [archive]);
      // Their rows of 归档案卷 belong into the archive as well.
      if (missing.length > 0) await saveRewritten(workbook, workbook.zip.buffer, missing, UNDONE);
      else written.push(await archiveOne(workbook, state, archive, target, request));
    }
  });
}

interface State { readonly parsed: Workbook; readonly run: RunPlan; readonly plan: ArchivePlan }

function stateOf({ snapshot, path }: LoadedWorkbook, year: number | null, now: Moment): State {
  const parsed = parsedAt(snapshot, path);
  const run = planRun(parsed, now, openDeliveryJournal(path).entries());
  return { parsed, run, plan: planYearArchive(parsed, run, year) };
}

function parsedAt(snapshot: LoadedWorkbook['snapshot'], path: string): Workbook {
  const { workbook, issues } = parseWorkbook(snapshot, POLICIES);
  if (workbook === null) throw new UnrunnableWorkbookError(path, issues);
  return workbook;
}

async function archiveOne(workbook: LoadedWorkbook, { parsed, run }: State, archive: YearArchive, target: string, { now, version }: ArchiveRequest): Promise<WrittenArchive> {
  const { path } = workbook;
  const copy = await clearedWorkbook(workbook, mergedByName([...rowsOnly(foreignRows(parsed, archive)), ...homeOfArchive(workbook, archive, now)]));
  const rest = await clearedWorkbook(workbook, rowsOnly(leavingRows(parsed, archive)));
  const restParsed = parsedAt(readEveryRow(rest.bytes, workbook.file.modifiedMs).snapshot, path);
  refuseLoss(parsed, archive.archived, parsedAt(readEveryRow(copy.bytes, workbook.file.modifiedMs).snapshot, target));
  refuseLoss(parsed, staying(parsed, archive.leaving), restParsed);
  refuseEffects(effectsOfArchive(run, planRun(restParsed, now, openDeliveryJournal(path).entries())));
  const sha256 = placeArchive(target, copy.bytes);
  chooseRole(target, '存档');
  const index = indexOfArchive(parsed, run, archive, { file: basename(target), sha256, version });
  await saveRewritten(workbook, rest.bytes, index, UNDONE);
  keepWritten(path, memoryKey(workbook.identity, workbook.role, path), Date.now(), index);
  return { path: target, archive, blank: [...rest.removal.reasons, ...copy.removal.reasons.map((reason) => `${basename(target)}:${reason}`)] };
}

function rowsOnly(sheets: readonly { readonly name: string; readonly rows: readonly (number | string)[] }[]): ClearedSheet[] {
  return sheets.filter(({ rows }) => rows.length > 0).map(({ name, rows }) => ({ name, rows, cells: [] }));
}

/** People may have moved cells of 首页 into any sheet. */
function mergedByName(sheets: readonly ClearedSheet[]): ClearedSheet[] {
  return [...new Set(sheets.map(({ name }) => name))].map((name) => {
    const same = sheets.filter((sheet) => sheet.name === name);
    return { name, rows: same.flatMap(({ rows }) => rows), cells: same.flatMap(({ cells }) => cells) };
  });
}

/** How 首页 of an archive begins to say what the file is. */
function mark(year: number): string {
  return `年度归档:${year} 年的`;
}

/** 首页 of an archive counts nothing; it says what this file is. */
function homeOfArchive({ home, path }: LoadedWorkbook, { year, items }: YearArchive, now: Moment): ClearedSheet[] {
  const told = `${mark(year)} ${items.length} 件事项及其记录,${formatDay(dayOf(now))} 移自「${basename(path)}」,不再改动;现行事项请看原工作簿`;
  return [...home].filter(([key, place]) => key !== 'dataAsOf' && key !== 'policy' && !isFormula(cellAt(place.sheet, place.row, place.column)))
    .map(([key, { sheet, row, column }]) => ({ name: sheet.snapshot.name, rows: [], cells: [{ ref: row, column, text: key === 'notes' ? told : null }] }));
}

/** The file for a year: one that no row of 归档案卷 names yet. */
function targetOf(parsed: Workbook, { year }: YearArchive, path: string, to: string | null): string {
  const named = archiveFiles(parsed);
  if (to !== null) {
    if (named.has(basename(to))) throw new ArchiveError('target-exists', `「${basename(to)}」已是一份归档,不再改动:请用 --to 换一个文件名`);
    return resolve(to);
  }
  const nameOf = (volume: number): string => `督办归档-${year}${volume === 1 ? '' : `-${volume}`}.xlsx`;
  let volume = 1;
  while (named.has(nameOf(volume))) volume += 1;
  return join(dirname(path), nameOf(volume));
}

/** Every row that must be in a workbook is there with all it held, in the old order. Formulas follow their rows: what they show is compared. */
function refuseLoss(before: Workbook, rows: RowsBySheet, after: Workbook): void {
  for (const [key, refs] of rows) {
    const were = before.sheets[key].rows.filter(({ ref }) => refs.has(ref)).map(contentOf);
    const are = after.sheets[key].rows.map(contentOf);
    const lost = were.findIndex((content, index) => content !== are[index]);
    if (lost >= 0 || were.length !== are.length) throw new ArchiveError('damaged', `核对不符,${UNDONE}:「${SHEETS[key].name}」应有 ${were.length} 行,得到 ${are.length} 行${lost < 0 ? '' : `,第 ${lost + 1} 行不同`}。文件没有改动;有合并单元格跨到别的事项的,请先取消合并再试,没有的请把这句话反馈给维护人员`);
  }
}

function contentOf(row: { readonly raw: readonly Parameters<typeof valueOf>[0][] }): string {
  const values = row.raw.map(valueOf);
  while (values.length > 0 && values.at(-1) === null) values.pop();
  return JSON.stringify(values);
}

function staying(workbook: Workbook, leaving: RowsBySheet): RowsBySheet {
  return new Map((Object.keys(SHEETS) as SheetKey[]).map((key) => [key, new Set(workbook.sheets[key].rows.map(({ ref }) => ref).filter((ref) => leaving.get(key)?.has(ref) !== true))]));
}

function refuseEffects(effects: readonly string[]): void {
  if (effects.length === 0) return;
  throw new ArchiveError('changes-runs', `归档会改变巡检的结果,${UNDONE}:请先运行 duban run,再试;仍不行的,请把下面的内容反馈给维护人员\n${effects.slice(0, TOLD_EFFECTS).map((effect) => `  ${effect}`).join('\n')}${effects.length > TOLD_EFFECTS ? `\n  等 ${effects.length} 处` : ''}`);
}

/** Puts the file in place, read-only, and reads it back; answers its sha256. One that a cut run left behind is replaced. */
function placeArchive(target: string, bytes: Buffer): string {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (existsSync(target)) {
    chmodSync(target, 0o644);
    rmSync(target);
  }
  if (!placeFile(target, bytes, { mode: 0o444 })) throw new ArchiveError('target-exists', `文件已存在,没有覆盖:${target}`);
  if (createHash('sha256').update(readFileSync(target)).digest('hex') !== sha256) throw new ArchiveError('damaged', `归档文件读回的与写的不同:${target}。工作簿没有改动,请检查磁盘后重做`);
  return sha256;
}

/** A file that is there may be replaced where a cut run left it: it says so, and the workbook still has all its items. */
function refuseForeign(target: string, parsed: Workbook, year: number): void {
  const { workbook } = parseWorkbook(readEveryRow(readFileSync(target), 0).snapshot, POLICIES);
  const here = new Set(parsed.sheets.items.rows.map(({ cells }) => cells.itemId));
  const foreign = workbook?.sheets.items.rows.find(({ cells }) => !here.has(cells.itemId));
  const told = valueOf(workbook?.home?.['notes'] ?? null);
  const isOurs = typeof told === 'string' && told.startsWith(mark(year));
  if (!isOurs || foreign !== undefined) throw new ArchiveError('target-exists', `文件已存在,${isOurs ? `里面有工作簿没有的事项(${foreign!.cells.itemId})` : `不是 ${year} 年没做完的归档`},没有覆盖:${target}。请用 --to 换一个文件名`);
}
