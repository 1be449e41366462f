import type { Day } from '../calendar/plain-date.ts';
import type { Directory } from '../workbook/directory.ts';
import { splitNames } from '../workbook/names.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { dutiesOf, type Host } from '../plan/host-duties.ts';
import { workbookOn, type RunClock } from '../plan/moment-of-run.ts';
import { isDigestMember, isGroupChannel } from './channels.ts';
import { backOffMinutes, gaveUp, type Deliveries, type Delivery } from './delivery.ts';
import type { StandingNotice } from './plan-notices.ts';

export interface Addressee {
  readonly name: string;
  readonly address: string;
  readonly phone: string;
  readonly feishuId: string;
}

/** A notice to deliver now, its words and members frozen. An unknown address is '': the transport says what to mend. */
export interface OutgoingNotice {
  readonly key: string;
  readonly to: readonly Addressee[];
  readonly copy: readonly Addressee[];
  readonly subject: string;
  readonly body: string;
  readonly members: readonly string[];
  /** The items it tells of: its own, or those of its members. */
  readonly itemIds: readonly string[];
  readonly plannedOn: Day;
  readonly clause: string;
  readonly attempts: number;
}

/**
 * What a host has to deliver at this moment: mails that are 待发 (or 发送中, when a run died over them), planned for today
 * or before, past their back-off. Before the hour of digests no digest, of whatever day; on a day off nothing but what was planned for one; nothing from a copy, or where another host is the sender; where another host plans, only what stands in 通知.
 */
export function pendingDeliveries(
  workbook: Workbook, notices: readonly StandingNotice[], deliveries: Deliveries, clock: RunClock, host: Host,
): OutgoingNotice[] {
  const { calendar } = workbook;
  const { directory } = workbookOn(workbook, clock.today);
  const itemOf = new Map(notices.map(({ noticeId, itemId }) => [noticeId, itemId]));
  const { plans, sends } = dutiesOf(workbook, clock.today, host);
  if (workbook.isCopy || !sends) return [];
  return notices.filter((notice) => {
    if (!plans && !workbook.index.notice.has(notice.noticeId)) return false;
    if (isDigestMember(notice.channel) || isGroupChannel(notice.channel) || notice.plannedOn > clock.today) return false;
    if (notice.type === '每日摘要' && !clock.digestsDue) return false;
    // Only what must not wait was ever planned for a day off (logistics 16).
    if (!calendar.isWorkingDay(clock.today) && calendar.isWorkingDay(notice.plannedOn)) return false;
    if (notice.status !== '待发' && notice.status !== '发送中') return false;
    const delivery = deliveries.get(notice.noticeId);
    return delivery?.state !== 'failed' || gaveUp(delivery) || clock.now >= delivery.at + backOffMinutes(delivery.attempts);
  }).map((notice) => ({
    key: notice.noticeId, to: addresses(directory, notice.recipient), copy: addresses(directory, notice.copy),
    subject: notice.subject, body: notice.body, members: notice.members ?? [], plannedOn: notice.plannedOn, clause: notice.clause,
    itemIds: [...new Set([notice.itemId, ...(notice.members ?? []).map((key) => itemOf.get(key) ?? workbook.index.notice.get(key)?.cells.itemId ?? '')])].filter((id) => id !== ''),
    attempts: deliveries.get(notice.noticeId)?.attempts ?? notice.attempts ?? 0,
  }));
}

/** What the journal keeps of a notice before it is tried: enough to send it again as the same, and to write its row anew. */
export function frozen({ key, subject, body, members, copy, clause }: OutgoingNotice): Pick<Delivery, 'key' | 'subject' | 'body' | 'members' | 'copy' | 'clause'> {
  return { key, subject, body, members, copy: copy.map(({ name }) => name).join('、'), clause };
}

/** Whoever left has his successor in his place; of two people of one name neither is written to. */
function addresses(directory: Directory, names: string): Addressee[] {
  return [...new Set(splitNames(names).map((name) => directory.present(name) || name))].map((name) => ({ name, ...waysTo(directory, name) }));
}

function waysTo(directory: Directory, name: string): Omit<Addressee, 'name'> {
  const person = directory.isAmbiguous(name) || directory.leaver(name) !== null ? undefined : directory.person(name) ?? undefined;
  if (person !== undefined) return { address: person.email, phone: person.phone, feishuId: person.feishuId };
  const unit = directory.isAmbiguous(name) || directory.leaver(name) !== null ? null : directory.unit(name);
  return { address: unit?.email ?? '', phone: '', feishuId: '' };
}
