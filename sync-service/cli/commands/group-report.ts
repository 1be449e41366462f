import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { dayOf, groupMember, parseWorkbook, percentOf, periodBefore, periodName, periodOf, rankGroup, type GroupMember, type GroupReport, type Moment, type Period } from '#core';
import { POLICIES } from '#templates';
import { CLAUSES } from '../../../templates/clauses.ts';
import { groupReportXlsx, type LeftOutWorkbook } from '../../documents/group-report-xlsx.ts';
import { UnrunnableWorkbookError } from '../../jobs/run-workbook.ts';
import { StoreError } from '../../workbook/store.ts';
import { openXlsxStore } from '../../workbook/xlsx/store.ts';
import { isFile } from '../../workbook/location.ts';
import { CommandError } from '../command-error.ts';
import { loadConfig } from '../serve-config.ts';

export interface GroupReportOptions {
  /** Null: the last month that has ended. */
  readonly period: Period | null;
  readonly to: string;
  readonly now: Moment;
}

/**
 * `duban group-report`: ranks the units and workbooks of a group in one .xlsx; reads the workbooks, writes nothing into them. Exit
 * status 3 where one could not be read and is left out.
 */
export async function groupReportCommand(sources: readonly string[], options: GroupReportOptions): Promise<number> {
  const to = resolve(options.to);
  if (!/\.xlsx$/i.test(to)) throw new CommandError(2, `--to 应以 .xlsx 结尾:${options.to}`);
  if (existsSync(to)) throw new CommandError(1, `文件已存在,没有覆盖:${to}`);
  const period = options.period ?? periodBefore(periodOf('month', dayOf(options.now)));
  const members: GroupMember[] = [];
  const leftOut: LeftOutWorkbook[] = [];
  for (const { name, path } of namedWorkbooks(sources)) {
    try {
      members.push(await read(name, path, period, options.now));
    } catch (error) {
      if (!(error instanceof StoreError || error instanceof UnrunnableWorkbookError)) throw error;
      leftOut.push({ name, why: error.message });
    }
  }
  for (const { name, why } of leftOut) process.stderr.write(`未计入 ${name}:${why}\n`);
  if (members.length === 0) throw new CommandError(1, '没有一份工作簿读得出来,没有写报告');
  const report = rankGroup(period, members);
  await mkdir(dirname(to), { recursive: true });
  await writeFile(to, await groupReportXlsx(report, leftOut, options.now, articleOf), { flag: 'wx' });
  process.stdout.write(`${summaryOf(report)}\n${to}\n`);
  return leftOut.length > 0 ? 3 : 0;
}

/** The workbooks that were named, or those of a configuration, by names that tell them apart. */
function namedWorkbooks(sources: readonly string[]): { name: string; path: string }[] {
  const paths = sources.flatMap((source) => (/\.ya?ml$/i.test(source) ? loadConfig(source).config.workbooks.map(({ path }) => path) : [resolve(source)]));
  const remote = paths.find((path) => !isFile(path));
  if (remote !== undefined) throw new CommandError(2, `集团排名只读 .xlsx 工作簿,还不能读 ${remote}:请先用 duban backup 备份、duban restore 恢复成 .xlsx,再写它的路径`);
  const doubled = paths.find((path, index) => paths.indexOf(path) !== index);
  if (doubled !== undefined) throw new CommandError(2, `同一份工作簿写了两次:${doubled}`);
  const isOnlyName = (path: string): boolean => paths.filter((other) => basename(other) === basename(path)).length === 1;
  const top = commonFolder(paths);
  return paths.map((path) => ({ path, name: (isOnlyName(path) ? basename(path) : relative(top, path).split(sep).join('/')).replace(/\.xlsx$/i, '') }));
}

function commonFolder(paths: readonly string[]): string {
  let folder = dirname(paths[0]!);
  while (!paths.every((path) => path.startsWith(folder.endsWith(sep) ? folder : folder + sep))) folder = dirname(folder);
  return folder;
}

async function read(name: string, path: string, period: Period, now: Moment): Promise<GroupMember> {
  const { workbook, issues } = parseWorkbook(await openXlsxStore(path).read(), POLICIES);
  if (workbook === null) throw new UnrunnableWorkbookError(path, issues);
  return groupMember(name, workbook, period, now);
}

const ARTICLES = new Map(Object.values(CLAUSES).flat().map(({ id, article }) => [id, article]));

function articleOf(clause: string): string {
  return ARTICLES.get(clause) ?? clause;
}

function summaryOf({ period, workbooks, units, late }: GroupReport): string {
  const lines = workbooks.map(({ rank, workbook, dueCount, onTimeCount, rate, lateCount }) => `  ${rank}  ${workbook}  应办 ${dueCount},按时办结 ${onTimeCount},${percentOf(rate)},超期 ${lateCount}`);
  return [`${periodName(period)}:${workbooks.length} 份工作簿,${units.length} 个单位,超期事项 ${late.length} 件`, ...lines].join('\n');
}
