import { accessSync, constants } from 'node:fs';
import { basename, dirname } from 'node:path';
import { civilDate, dayFrom, dayOf, dutiesOf, headerOf, planYearArchive, SHEETS, type ArchivePlan, type IssueCode, type Moment, type RowIssue, type Workbook } from '#core';
import { POLICIES } from '#templates';
import type { ServedWorkbook } from '../config/config.ts';
import { planWorkbook, UnrunnableWorkbookError } from '../jobs/run-workbook.ts';
import { holdWorkbook } from '../workbook/held-workbook.ts';
import { copyRemedy, isFile } from '../workbook/location.ts';
import { StoreError } from '../workbook/store.ts';
import { checkTemplates } from './check-templates.ts';
import { checkDisk, standingFolder } from './check-machine.ts';
import { bad, ok, warn, type Finding } from './finding.ts';

/** Hints about how the workbook is set up, not about what stands in a row of an item. */
const SET_UP: ReadonlySet<IssueCode> = new Set([
  'sheet-missing', 'header-missing', 'column-missing', 'column-doubled', 'policy-unknown', 'parameter-invalid', 'parameter-unknown', 'parameter-doubled', 'setup-gap', 'address-invalid',
]);
/** From this month on the next year's holidays are expected to be published. */
const NEXT_YEAR_FROM_MONTH = 12;

/** Everything a run of this workbook needs; reads it, sends nothing. */
export async function checkWorkbook(served: ServedWorkbook, now: Moment): Promise<Finding[]> {
  const { path, site } = served;
  if (isFile(path) && !canWrite(path)) return [bad(path, '文件不存在,或不能读写它和它所在的文件夹', '请核对路径、共享是否连上,并给运行督办的账号读写权限(文件夹也要,保存时先写新文件再替换)')];
  const disk = await checkDisk(isFile(path) ? dirname(path) : standingFolder(dirname(site)));
  try {
    const { store, openJournal } = await holdWorkbook(path, site, process.env);
    const { workbook, plan } = await planWorkbook(store, POLICIES, now, openJournal().entries());
    return [
      disk, ok(path, `可以读取:制度 ${workbook.policy.id},事项 ${plan.summary.items} 件,提示 ${plan.summary.hints} 条`),
      ...checkPolicy(served, workbook), ...await checkTemplates(workbook.policy.id, dirname(site)), ...checkSender(path, workbook, now), checkCalendar(path, workbook, now), ...(isFile(path) ? checkArchive(path, planYearArchive(workbook, plan, null)) : []), ...checkSetUp(path, plan.issues),
    ];
  } catch (error) {
    if (error instanceof StoreError || error instanceof UnrunnableWorkbookError) return [disk, bad(path, error.message, '处理好后再运行 duban doctor')];
    throw error;
  }
}

function canWrite(path: string): boolean {
  try {
    for (const one of [path, dirname(path)]) accessSync(one, constants.R_OK | constants.W_OK);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

function checkPolicy({ path, policy }: ServedWorkbook, workbook: Workbook): Finding[] {
  if (policy === null || policy === workbook.policy.id) return [];
  return [bad(path, `工作簿适用的制度是 ${workbook.policy.id},配置里要求 ${policy}`, `请核对「${SHEETS.parameters.name}」表的 policy,或改 duban.yaml 的 policy`)];
}

function checkSender(path: string, workbook: Workbook, now: Moment): Finding[] {
  if (workbook.isCopy) return [bad(path, '这是工作簿的副本,不发任何通知', isFile(path) ? '请巡检原件;搬家的,把旁边的 .duban 文件夹一起移过来' : `请巡检原来的表格;${copyRemedy(path)}`)];
  const { plans, sends } = dutiesOf(workbook, dayOf(now), 'sync-service');
  const planner = plans ? [] : [warn(path, '计算方(参数 plannerHost)不是本服务,本服务不计算这份工作簿', '要由本服务计算,请在「制度参数」把 plannerHost 改为 sync-service')];
  const sender = workbook.parameters.text('senderHost', dayOf(now));
  return sends ? planner : [...planner, warn(path, `发信方(参数 senderHost)是 ${sender},本服务不发这份工作簿的信`, '要由本服务发信,请在「制度参数」把 senderHost 改为 sync-service')];
}

function checkCalendar(path: string, { calendar }: Workbook, now: Moment): Finding {
  const { year, month } = civilDate(dayOf(now));
  const missing = [year, year + 1].filter((one) => !calendar.isPublished(dayFrom(one, 1, 1)!));
  const remedy = `请把国务院公布的 ${missing.join('、')} 年放假调休逐日填入「${SHEETS.calendar.name}」表(${headerOf('calendar', 'type')}:休或班),春节、国庆节都录入才算公布`;
  if (missing.includes(year)) return bad(path, `没有 ${year} 年的节假日安排,工作日暂按周末推算`, remedy);
  if (missing.length > 0 && month >= NEXT_YEAR_FROM_MONTH) return warn(path, `没有 ${missing.join('、')} 年的节假日安排,跨年的时限是暂定的`, remedy);
  return ok(path, missing.length > 0 ? `${year} 年节假日已载入,${missing.join('、')} 年待公布` : `${year}、${year + 1} 年节假日已载入`);
}

/** Nothing moves by itself: a person says when. */
function checkArchive(path: string, { years }: ArchivePlan): Finding[] {
  return years.map(({ year, items }) => ok(path, `${year} 年已锁定,${items.length} 件归档事项可以移入年度归档:duban archive ${basename(path)}(见 docs/archive.md)`));
}

function checkSetUp(path: string, issues: readonly RowIssue[]): Finding[] {
  return issues.filter(({ code }) => SET_UP.has(code)).map(({ severity, sheet, row, message }) =>
    (severity === 'error' ? bad : warn)(path, `${sheet}${row === null ? '' : ` 第${row}行`}:${message}`, ''));
}
