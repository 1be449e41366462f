import { readLimit, readMoment } from '../workbook/read-date.ts';
import { dayOf, formatDay, formatLimit, MINUTES_PER_DAY, type Moment } from '../calendar/plain-date.ts';
import { headerOf, type CellsOf } from '../workbook/columns.ts';
import { shown } from '../workbook/issue.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Status } from '../workbook/values.ts';
import { assignmentFault } from './assignment.ts';
import type { RequestState } from './requests.ts';
import { groupOf, isKnownStatus } from './status-groups.ts';

/** What a 更正 puts right. */
export type CorrectedThing = 'limit' | 'unit' | 'status' | 'closing' | 'title';

const THING_OF: Readonly<Record<string, CorrectedThing>> = {
  要求时限: 'limit', 批示时限: 'limit', 原定时限: 'limit', 牵头单位: 'unit', 状态: 'status', 办结日期: 'closing', 督办事项: 'title',
};

/** What 更正字段 of a request names; null where it names nothing that a 更正 can put right. */
export function correctedThing(cells: CellsOf<'requests'>): CorrectedThing | null {
  return cells.type === '更正' && Object.hasOwn(THING_OF, cells.correctedField) ? THING_OF[cells.correctedField]! : null;
}

/** What keeps a 更正 from being decided: a field that can't be corrected, a value that can't be read; null where nothing does. */
export function correctionFault(workbook: Workbook, cells: CellsOf<'requests'>): string | null {
  const value = cells.correctedTo;
  switch (correctedThing(cells)) {
    case null: return `「更正字段」请填${Object.keys(THING_OF).join('、')}之一;其余各列由填写人直接改`;
    case 'limit': return limitIn(value) === null ? `「更正为」的「${shown(value)}」不是时限:请填年月日,如 2026-03-19` : null;
    case 'closing': return momentIn(value) === null ? `「更正为」的「${shown(value)}」不是时间:请填年月日,如 2026-03-19` : null;
    case 'unit':
      if (workbook.directory.units.length > 0 && workbook.directory.unit(value) === null) return `「单位」表里没有「${shown(value)}」:请补登或改正「更正为」`;
      return assignmentFault(workbook, value);
    case 'status': {
      const status = workbook.policy.statuses.find((candidate) => candidate === value);
      if (status === undefined) return `没有状态「${shown(value)}」:「更正为」请填下拉中的状态`;
      return groupOf(status) === 'before' ? `下发后不能更正为「${status}」,因为通知已发出、时限已从下发起算,退回去就对不上:误下发的请更正为「已撤销」,另立新行重新下发` : null;
    }
    case 'title': return null;
  }
}

/** The approved corrections of one thing, the one decided last at the end. */
export function corrections(requests: readonly RequestState[], thing: CorrectedThing): readonly RequestState[] {
  return requests.filter(({ outcome, row }) => outcome === '已批准' && correctedThing(row.cells) === thing)
    .sort((a, b) => (a.decidedAt ?? Infinity) - (b.decidedAt ?? Infinity));
}

/**
 * The correction of one thing that this run takes in: approved, and not recorded yet. What it says stands in 底账 from then on, so
 * that nothing typed into an old request moves it again. Without a row in 底账 every approved one is new.
 */
export function freshCorrection(requests: readonly RequestState[], thing: CorrectedThing, isFirstSight: boolean): RequestState | null {
  if (requests.length === 0) return null;
  const approved = corrections(requests, thing);
  return isFirstSight || approved.some(({ fresh }) => fresh) ? approved.at(-1) ?? null : null;
}

/** The limit that an approved 更正 means; it counts neither as 延期 nor 退办. */
export function correctedLimit({ row }: RequestState): Moment | null {
  return limitIn(row.cells.correctedTo);
}

/** The 办结日期 that an approved 更正 means. */
export function correctedMoment({ row }: RequestState): Moment | null {
  return momentIn(row.cells.correctedTo);
}

/**
 * Up to when a 上报办结时间 is void: a 更正 of 状态 said that the item was not handed in after all. null where none did.
 */
export function submissionVoidUntil(requests: readonly RequestState[]): Moment | null {
  let until: Moment | null = null;
  for (const { row, decidedAt } of corrections(requests, 'status')) {
    const to = row.cells.correctedTo;
    if (isKnownStatus(to) && hasNotSubmitted(to)) until = decidedAt;
  }
  return until;
}

function hasNotSubmitted(status: Status): boolean {
  const group = groupOf(status);
  return group === 'running' || group === 'paused';
}

/** What asks to bring the typed limit in line, where the standing one is what a 更正 put in its place; null where it is not. */
export function limitHint(requests: readonly RequestState[], typedIn: 'remarkDeadline' | 'deadlineSet', standing: Moment): string | null {
  const last = corrections(requests, 'limit').at(-1);
  if (last === undefined || correctedLimit(last) !== standing) return null;
  return `时限已更正为 ${formatLimit(standing)}:请把「${headerOf('items', typedIn)}」也改为 ${formatLimit(standing)}(${last.clause})`;
}

/** 更正为 as people read it: a spreadsheet may have made a number of the date that they typed. */
export function correctedText(cells: CellsOf<'requests'>): string {
  const thing = correctedThing(cells);
  const moment = thing === 'limit' ? limitIn(cells.correctedTo) : thing === 'closing' ? momentIn(cells.correctedTo) : null;
  if (moment === null) return cells.correctedTo;
  return thing === 'closing' && moment % MINUTES_PER_DAY === 0 ? formatDay(dayOf(moment)) : formatLimit(moment);
}

/** What the approved corrections of an item put right, for 计算过程; '' where there is none. */
export function correctionNote(requests: readonly RequestState[]): string {
  const found = (['limit', 'unit', 'status'] as const).flatMap((thing) => corrections(requests, thing).slice(-1));
  return found.map(({ row }) => `「${row.cells.correctedField}」经更正为${correctedText(row.cells)}`).join(';');
}

/** A cell of text in which people, or their spreadsheet, put a date. */
function limitIn(text: string): Moment | null {
  return readLimit(serialIn(text) ?? text);
}

function momentIn(text: string): Moment | null {
  return readMoment(serialIn(text) ?? text);
}

function serialIn(text: string): number | null {
  return /^\d{5}(\.\d+)?$/.test(text) ? Number(text) : null;
}
