import { dayOf, formatDay, formatLimit, type Day, type Moment } from '../calendar/plain-date.ts';
import { correctedLimit, correctedText, correctedThing } from '../lifecycle/corrections.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { RequestState } from '../lifecycle/requests.ts';
import { groupOf } from '../lifecycle/status-groups.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { Lookup } from '../workbook/by-item.ts';
import { compareText } from '../workbook/directory.ts';
import { splitNames } from '../workbook/names.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { RowRef } from '../workbook/snapshot.ts';
import type { NoticeType } from '../workbook/values.ts';
import { isNews } from './due-notice.ts';
import type { WantedNotice } from './plan-notices.ts';
import { namedOn, titleFor } from './recipients.ts';
import { letter } from './words.ts';

/** Notices that tell an item's limit, unit or state: what a 更正 makes wrong. */
const TELLING: ReadonlySet<string> = new Set<NoticeType>([
  '立项下发', '催办预告', '到期提醒', '催办通知', '逾期说明', '延期批复', '退办通知', '督导提醒', '协调通知', '限期整改', '问责通知', '考核意见',
]);

/**
 * Items of which a 更正 was approved, with the last day whose notices it may have made obsolete: what is still unsent of them is
 * looked at again.
 */
export function correctedItems(facts: Iterable<ItemFacts>, clock: RunClock): ReadonlyMap<string, Day> {
  const found = new Map<string, Day>();
  for (const { id, requests } of facts) {
    for (const { row, outcome, fresh, decidedAt } of requests) {
      if (outcome !== '已批准' || correctedThing(row.cells) === null) continue;
      const until = fresh || decidedAt === null ? clock.today : dayOf(decidedAt);
      if (until > (found.get(id) ?? -Infinity)) found.set(id, until);
    }
  }
  return found;
}

interface Told {
  readonly type: string;
  readonly at: Moment;
}

/**
 * 更正说明: whoever was sent a notice about an item before a 更正 of it was taken in is told what is right, once, with the
 * notices it concerns (contract, 申请审批). Of a confidential item only people named on it are told, as ever.
 */
export function correctionNotices(
  workbook: Workbook, facts: Lookup<ItemFacts>, requestIds: ReadonlyMap<RowRef, string>, clock: RunClock,
): WantedNotice[] {
  const corrected = [...facts.values()].filter((item) => item.requests.length > 0).flatMap((item) => item.requests
    .filter((request) => request.outcome === '已批准' && correctedThing(request.row.cells) !== null && isNews(item, request.decidedAt, clock))
    .map((request) => ({ item, request })));
  if (corrected.length === 0) return [];
  return corrected.flatMap(({ item, request }) => {
    const { cells, ref } = request.row;
    const id = cells.requestId === '' ? requestIds.get(ref) ?? '' : cells.requestId;
    return [...toldOf(workbook, item, request, clock)].map(([recipient, told]): WantedNotice => ({
      key: `更正说明/${item.id}/${id}/${recipient}`, type: '更正说明', itemId: item.id, recipient, copy: [], channel: '邮件',
      subject: `更正说明:${item.id} ${titleFor(item)}`, body: letter(workbook, recipient, linesOf(item, request, told), clock.today), clause: request.clause, needsSignature: false,
    }));
  });
}

/** Who was sent what about the item while it was wrong: all before this run where the correction is new, else what went out before it was decided. */
function toldOf(workbook: Workbook, item: ItemFacts, request: RequestState, clock: RunClock): Map<string, Told[]> {
  const named = namedOn(item);
  const takenIn = request.fresh ? clock.now : request.decidedAt ?? clock.now;
  const told = new Map<string, Told[]>();
  for (const { cells } of workbook.sheets.notices.rows) {
    if (cells.itemId !== item.id || cells.status !== '已发' || cells.sentAt === null || !TELLING.has(cells.type)) continue;
    if (cells.sentAt >= takenIn) continue;
    for (const recipient of [...splitNames(cells.recipient), ...splitNames(cells.copy)]) {
      const name = workbook.directory.present(recipient);
      if (name === '' || named?.includes(name) === false) continue;
      told.set(name, [...told.get(name) ?? [], { type: cells.type, at: cells.sentAt }]);
    }
  }
  return told;
}

function linesOf(item: ItemFacts, request: RequestState, told: readonly Told[]): string[] {
  const { cells } = request.row;
  const before = [...told].sort((a, b) => a.at - b.at || compareText(a.type, b.type)).map(({ type, at }) => `${type}(${formatDay(dayOf(at))})`);
  const isOpen = item.cells.confidentiality !== '保密';
  const value = correctedThing(cells) === 'title' && !isOpen ? '新的名称' : correctedText(cells);
  const reason = isOpen ? `,原因:${cells.reason}` : '';
  return [
    `${item.id} ${titleFor(item)}:「${cells.correctedField}」更正为 ${value}${reason}。此前发给您的${[...new Set(before)].join('、')}有误,以本说明为准;此事不记延期,也不记退办(${request.clause})。`,
    whatNow(item, request),
  ].filter((line) => line !== '');
}

/** What the reader does next. */
function whatNow(item: ItemFacts, request: RequestState): string {
  const group = groupOf(item.status);
  const running = group === 'running' || group === 'returned';
  switch (correctedThing(request.row.cells)) {
    case 'limit': {
      const limit = correctedLimit(request);
      return !running || item.current === null ? '' : item.current === limit ? `请按 ${formatLimit(limit)} 的时限办理。` : `请按现行时限 ${formatLimit(item.current)} 办理。`;
    }
    case 'unit': return `本事项由${item.unit}牵头;不再牵头的单位请移交手头材料,此后无须办理。`;
    case 'status': return running ? `本事项仍在办理:请按时限 ${item.current === null ? '' : formatLimit(item.current)} 办理并上报。` : '请知悉,不必另行处理。';
    default: return '请知悉,不必另行处理。';
  }
}
