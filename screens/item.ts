import {
  columnsFilledBy, formatLimit, formatMoment, groupOf, isMember, isReviewedByHead, itemTimeline, nextStatuses, sightOf, titleFor, type CellsOf, type ItemAt, type ItemsAt,
} from '#core';
import type { ItemView, TimelineLine } from './api-types.ts';
import { itemColumns } from './columns.ts';
import { ledgerRow } from './ledger.ts';
import { formsOf } from './forms.ts';
import { attachmentsOf, feedbackViews, noticeView, requestView, scoreViews, type FilesNamed } from './records.ts';
import { fullItem, itemLine, leftText } from './seen-items.ts';

const ASKED = ['延期', '暂停', '恢复', '协调', '非职责退回'] as const;

/** 事项: everything about one item, as far as the person sees it; null where he doesn't, or there is none. */
export function itemView(at: ItemsAt, id: string, viewer: string, history: readonly CellsOf<'history'>[], filesNamed: FilesNamed): ItemView | null {
  const item = at.items.get(id);
  const sight = item === undefined ? 'none' : sightOf(at.workbook, item.facts, viewer);
  if (item === undefined || sight === 'none') return null;
  const { workbook } = at;
  const { facts, light } = item;
  const columns = itemColumns(workbook);
  const base = {
    id, title: sight === 'full' ? facts.cells.title : titleFor(facts), light: light.light, status: facts.status, left: leftText(light.daysLeft), unit: facts.unit,
    columns, row: ledgerRow(at, viewer, { ...item, sight }, columns),
  };
  if (sight === 'open') {
    return { ...base, whole: false, nextStatuses: [], limits: [], hints: [], forms: [], attachments: [], timeline: [], requests: [], feedback: [], scores: [], notices: [], children: [], parent: null, acts: NO_ACTS };
  }
  return {
    ...base, whole: true, nextStatuses: nextStatuses(workbook.policy.id, workbook.policy.statuses, facts.status), limits: limitsOf(item), hints: facts.hints,
    timeline: timelineOf(at, id, viewer, history),
    requests: facts.requests.map((state) => requestView(at, item, state, viewer)),
    feedback: feedbackViews(at, item, viewer, filesNamed),
    forms: formsOf(at, item), attachments: attachmentsOf(at, item, filesNamed),
    scores: scoreViews(at, viewer, workbook.sheets.scores.rows.filter(({ cells }) => cells.itemId === id)),
    notices: workbook.sheets.notices.rows.filter(({ cells }) => cells.itemId === id).map(({ cells }) => noticeView(at, cells, viewer)),
    children: (workbook.index.childrenOf.get(id) ?? []).flatMap((row) => fullItem(at, row.cells.itemId, viewer) ?? []).map(itemLine),
    parent: parentOf(at, facts.cells.parentId, viewer), acts: actsOf(at, item, viewer),
  };
}

export const NO_ACTS: ItemView['acts'] = { feedback: false, result: false, handIn: false, requests: [] };

/** What a person may do on an item, by the rules that judge it when he does. */
export function actsOf({ workbook }: ItemsAt, { facts }: ItemAt, viewer: string): ItemView['acts'] {
  const { cells } = facts;
  const person = workbook.directory.person(viewer);
  const ofUnit = cells.handler === viewer || cells.dutyPerson === viewer
    || (person !== null && [facts.unit, ...cells.coUnits.split('、')].some((unit) => unit !== '' && isMember(workbook, unit, person)));
  const group = groupOf(facts.status);
  if (!ofUnit || !['running', 'returned', 'paused'].includes(group)) return NO_ACTS;
  const types = ASKED.filter((type) => workbook.policy.approvals.some((rule) => rule.type === type) && (type === '恢复' ? group === 'paused' : type !== '暂停' || group !== 'paused'));
  return { feedback: true, result: isReviewedByHead(workbook), handIn: group !== 'paused' && columnsFilledBy(workbook, cells, viewer).includes('result'), requests: types };
}

function limitsOf({ facts }: ItemAt): ItemView['limits'] {
  const line = (label: string, value: typeof facts.current, note: string): ItemView['limits'] => (value === null ? [] : [{ label, value: formatLimit(value), note }]);
  return [
    ...line('原定时限', facts.original, facts.basis),
    ...line('现行时限', facts.current, facts.extensionCount > 0 ? `延期 ${facts.extensionCount} 次` : facts.pausedMinutes > 0 ? '含暂停' : '未变动'),
    ...line('催办时限', facts.chase, '催办以此为准'),
    ...line('考核时限', facts.assessed, '计分以此为准'),
    ...line('上报办结', facts.submittedAt, facts.onTime === '是' ? '按时' : facts.daysLate === null ? '' : `超期 ${facts.daysLate} 天`),
  ];
}

function timelineOf(at: ItemsAt, id: string, viewer: string, history: readonly CellsOf<'history'>[]): TimelineLine[] {
  const logged = history.map((row): TimelineLine & { sort: number } => ({
    sort: row.at ?? 0, at: row.at === null ? '' : formatMoment(row.at), kind: row.field, by: row.actor, text: row.before === '' ? row.after : `${row.before} → ${row.after}`, clause: row.clause,
  }));
  const told = itemTimeline(at, id, viewer).map((entry): TimelineLine & { sort: number } => ({
    sort: entry.at ?? 0, at: entry.at === null ? '' : formatMoment(entry.at), kind: entry.kind, by: entry.by, text: entry.text, clause: '',
  }));
  const sent = at.workbook.sheets.notices.rows.filter(({ cells }) => cells.itemId === id && cells.sentAt !== null).map(({ cells }): TimelineLine & { sort: number } => ({
    sort: cells.sentAt!, at: formatMoment(cells.sentAt!), kind: cells.type, by: '督办程序', text: `发给${cells.recipient}`, clause: cells.clause,
  }));
  // The newest first: what a reader asks for is what happened last.
  return [...logged, ...told, ...sent].sort((a, b) => b.sort - a.sort).map(({ at: when, kind, by, text, clause }) => ({ at: when, kind, by, text, clause }));
}

function parentOf(at: ItemsAt, id: string, viewer: string): ItemView['parent'] {
  const item = id === '' ? null : fullItem(at, id, viewer);
  return item === null ? null : itemLine(item);
}
