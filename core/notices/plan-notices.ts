import type { PeriodLocks } from '../appraisal/locks.ts';
import { periodOf } from '../appraisal/periods.ts';
import { isArchived } from '../archive/archived.ts';
import { dayOf, formatDay, type Day, type Moment } from '../calendar/plain-date.ts';
import type { ChangeList } from '../plan/change-list.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { compareText } from '../workbook/directory.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { NoticeStatus, NoticeType } from '../workbook/values.ts';
import { isDigestMember, isGroupChannel } from './channels.ts';
import { withoutHidden, type HiddenItems } from './confidential.ts';
import { DELIVERY_RESULT, gaveUp, type Deliveries, type Delivery } from './delivery.ts';
import { digestBody } from './digest.ts';
import { hideNotices, type Words } from './hide-notices.ts';

/** A notice the ledger should hold; `digest` joins the recipient's digest of the day, `mail` is one of its own. */
export interface WantedNotice {
  readonly key: string;
  readonly type: NoticeType;
  readonly itemId: string;
  readonly recipient: string;
  readonly copy: readonly string[];
  readonly channel: '摘要' | '邮件';
  readonly subject: string;
  readonly body: string;
  readonly clause: string;
  /** Waits 待签 until a person signs. */
  readonly needsSignature: boolean;
  /** What it tells was signed where it was written (通报): the row that waits for a signature is released with these words. */
  readonly signedElsewhere?: boolean;
  /** Goes out also on a day off (logistics 16). */
  readonly anyDay?: boolean;
}

/** A row of 通知 as it stands once this run is applied; `members` only where the run froze a digest. */
export type StandingNotice = Readonly<Pick<CellsOf<'notices'>,
  'noticeId' | 'type' | 'itemId' | 'recipient' | 'copy' | 'channel' | 'status' | 'sentAt' | 'attempts' | 'subject' | 'body' | 'clause'>>
  & { readonly plannedOn: Day; readonly members?: readonly string[] };

/**
 * Notices = wanted by state minus those in the ledger, then one digest per person and working day over the members that
 * wait for it (from the hour on that the clock gives), then what the host's delivery journal knows. A member that turns up
 * after the day's digest waits for the next one. What is unsent of `corrected` items, planned no later than the day given, is withdrawn or reworded, and
 * what is unsent of `hidden` ones says their number alone. Returns the
 * notices that stand, for delivery.
 */
export function planNotices(
  workbook: Workbook, wanted: readonly WantedNotice[], corrected: ReadonlyMap<string, Day>, hidden: HiddenItems, deliveries: Deliveries, locks: PeriodLocks, clock: RunClock, changes: ChangeList,
): StandingNotice[] {
  const ledger = new Ledger(workbook, deliveries, hidden, locks, clock);
  const isWorkday = workbook.calendar.isWorkingDay(clock.today);
  for (const notice of [...wanted].sort((a, b) => compareText(a.key, b.key))) ledger.add(notice, isWorkday);
  // On a day off nothing is wanted and nothing goes out: what is obsolete is found on the next working day.
  if (isWorkday && corrected.size > 0) ledger.correct(corrected, wanted);
  if (isWorkday && hidden.size > 0) ledger.hide(wanted);
  if (isWorkday && clock.digestsDue) ledger.addDigests();
  return ledger.settle(changes);
}

function digestKey(recipient: string, on: Day): string {
  return `每日摘要/${formatDay(on)}/${recipient}`;
}

class Ledger {
  private readonly workbook: Workbook;
  private readonly deliveries: Deliveries;
  private readonly hidden: HiddenItems;
  private readonly locks: PeriodLocks;
  private readonly clock: RunClock;
  private readonly fresh = new Map<string, StandingNotice>();
  /** Members that wait, by recipient; rows of the sheet first. */
  private readonly waiting = new Map<string, { key: string; row: ParsedRow<'notices'> | null }[]>();
  private readonly moved = new Map<ParsedRow<'notices'>, Day>();
  /** Rows of people who left, that join their successor's digest. */
  private readonly readdressed = new Map<ParsedRow<'notices'>, string>();
  private readonly released = new Map<ParsedRow<'notices'>, WantedNotice>();
  /** What is withdrawn, and why. */
  private readonly obsolete = new Map<ParsedRow<'notices'>, string>();
  private readonly reworded = new Map<ParsedRow<'notices'>, Words>();
  /** The digest that told of each member, as the journal knows: rows of 通知 may be lost, what was said stays said. */
  private readonly toldIn = new Map<string, Delivery>();
  /** Digests that may have gone out before a run died over saving them, by their members: they go out as the same again, not their members anew. */
  private readonly cutOffIn = new Map<string, Delivery>();

  constructor(workbook: Workbook, deliveries: Deliveries, hidden: HiddenItems, locks: PeriodLocks, clock: RunClock) {
    this.workbook = workbook;
    this.hidden = hidden;
    this.locks = locks;
    this.deliveries = deliveries;
    this.clock = clock;
    for (const delivery of deliveries.values()) {
      const byMember = delivery.state === 'sent' && !isGroupChannel(delivery.channel) ? this.toldIn : this.isCutOff(delivery) ? this.cutOffIn : null;
      if (byMember !== null) for (const member of delivery.members) byMember.set(member, delivery);
    }
    for (const row of workbook.sheets.notices.rows) {
      const { cells } = row;
      if (cells.channel !== '摘要' || cells.status !== '待发' || cells.plannedOn === null || cells.plannedOn > clock.today) continue;
      if (this.isInDigest(cells.recipient, cells.plannedOn)) continue;
      if (cells.sentAt === null && (this.toldIn.has(cells.noticeId) || this.cutOffIn.has(cells.noticeId))) continue;
      this.wait(workbook.directory.present(cells.recipient) || cells.recipient, cells.noticeId, row);
    }
  }

  add(notice: WantedNotice, isWorkday: boolean): void {
    const row = this.workbook.index.notice.get(notice.key);
    if (row !== undefined && notice.signedElsewhere === true && row.cells.status === '待签') this.released.set(row, notice);
    if (row !== undefined || this.fresh.has(notice.key)) return;
    const { today } = this.clock;
    const next = this.workbook.calendar.nextWorkingDay((today + 1) as Day);
    const digest = digestKey(notice.recipient, today);
    const closed = this.workbook.index.notice.has(digest) || this.deliveries.get(digest)?.members.includes(notice.key) === false;
    const told = notice.channel === '摘要' ? this.toldIn.get(notice.key) ?? this.cutOffIn.get(notice.key) : undefined;
    const plannedOn = told !== undefined ? dayOf(told.at) : (!isWorkday && notice.anyDay !== true) || (notice.channel === '摘要' && closed) ? next : today;
    this.fresh.set(notice.key, {
      noticeId: notice.key, type: notice.type, itemId: notice.itemId, recipient: notice.recipient, copy: notice.copy.join('、'),
      channel: notice.channel, plannedOn, status: notice.needsSignature ? '待签' : '待发', sentAt: null, attempts: null,
      subject: notice.subject, body: notice.body, clause: notice.clause,
    });
    if (notice.channel === '摘要' && plannedOn === today && told === undefined) this.wait(notice.recipient, notice.key, null);
  }

  /** Withdraws what nothing wants any more since its item was corrected, and puts right what is still to go out. */
  correct(corrected: ReadonlyMap<string, Day>, wanted: readonly WantedNotice[]): void {
    const current = new Map(wanted.filter(({ itemId }) => corrected.has(itemId)).map((notice) => [notice.key, notice]));
    for (const row of this.workbook.sheets.notices.rows) {
      const { cells } = row;
      const until = corrected.get(cells.itemId);
      if (until === undefined || (cells.status !== '待签' && cells.status !== '待发') || cells.type === '更正说明') continue;
      if (cells.plannedOn === null || cells.plannedOn > until || cells.sentAt !== null || this.deliveries.has(cells.noticeId)) continue;
      if (cells.channel === '摘要' && this.isInDigest(cells.recipient, cells.plannedOn)) continue;
      const notice = current.get(cells.noticeId);
      if (notice === undefined) this.obsolete.set(row, '事项已更正,此件作废');
      // What somebody signed goes out as it was signed.
      else if (cells.signer === '' && (notice.body !== cells.body || notice.subject !== cells.subject)) this.reworded.set(row, notice);
    }
    this.forgetObsolete();
  }

  /** Puts the number alone in the place of words about hidden items that are still to go out. */
  hide(wanted: readonly WantedNotice[]): void {
    const { reworded, obsolete } = hideNotices(this.workbook, this.hidden, wanted, (cells) => this.isUnsent(cells), digestKey, this.clock.today);
    for (const [row, words] of reworded) this.reworded.set(row, words);
    for (const row of obsolete) this.obsolete.set(row, '事项已改为保密,此件作废');
    this.forgetObsolete();
  }

  private isUnsent(cells: CellsOf<'notices'>): boolean {
    if (cells.status !== '待签' && cells.status !== '待发' && cells.status !== '失败' && cells.status !== '发送中') return false;
    if (cells.sentAt !== null || this.deliveries.get(cells.noticeId)?.state === 'sent' || this.toldIn.has(cells.noticeId)) return false;
    return cells.channel !== '摘要' || cells.plannedOn === null || this.workbook.index.notice.get(digestKey(cells.recipient, cells.plannedOn))?.cells.status !== '已发';
  }

  private forgetObsolete(): void {
    for (const [recipient, members] of this.waiting) {
      const left = members.filter(({ row }) => row === null || !this.obsolete.has(row));
      if (left.length === 0) this.waiting.delete(recipient);
      else this.waiting.set(recipient, left);
    }
  }

  /** Whether a member's digest of its day stands: its words are frozen then. */
  private isInDigest(recipient: string, plannedOn: Day): boolean {
    const digest = this.workbook.index.notice.get(digestKey(recipient, plannedOn))?.cells.status;
    return digest !== undefined && digest !== '失败' && digest !== '已取消';
  }

  /** One digest for everybody who has something new; its words and members are frozen here. */
  addDigests(): void {
    const { today } = this.clock;
    for (const [recipient, members] of [...this.waiting].sort((a, b) => compareText(a[0], b[0]))) {
      const key = digestKey(recipient, today);
      const exists = this.workbook.index.notice.has(key);
      if (exists) continue;
      const lines = members.map(({ key: memberKey, row }) => ({
        key: memberKey, type: (row?.cells.type ?? this.fresh.get(memberKey)!.type) as NoticeType, line: row === null ? this.fresh.get(memberKey)!.body : this.reworded.get(row)?.body ?? row.cells.body,
      })).sort((a, b) => compareText(a.key, b.key));
      for (const { row } of members) {
        if (row !== null && row.cells.plannedOn !== today) this.moved.set(row, today);
        if (row !== null && row.cells.recipient !== recipient) this.readdressed.set(row, recipient);
      }
      const frozen = this.deliveries.get(key);
      const text = frozen === undefined || frozen.body === '' ? digestBody(this.workbook, recipient, today, lines)
        : { subject: frozen.subject, body: frozen.state === 'sent' ? frozen.body : withoutHidden(frozen.body, this.hidden) };
      this.fresh.set(key, {
        noticeId: key, type: '每日摘要', itemId: '', recipient, copy: '', channel: '邮件', plannedOn: today, status: '待发', sentAt: null,
        attempts: null, subject: text.subject, body: text.body, clause: '', members: lines.map((line) => line.key),
      });
    }
  }

  /**
   * Rows that the journal knows as sent and the table has lost (a stale save, a run that died before saving), and mails that may
   * have been sent, which go out as the same again; what groups were told, or could not be, has its row only from there. What a yearly
   * archive took is not lost: notices of items that closed and are no longer here, digests of a year that is over and locked.
   */
  private restoreLost(): void {
    for (const delivery of this.deliveries.values()) {
      const isGivenUp = isGroupChannel(delivery.channel) && gaveUp(delivery);
      const isCutOff = this.isCutOff(delivery);
      if ((delivery.state !== 'sent' && !isGivenUp && !isCutOff) || this.workbook.index.notice.has(delivery.key) || this.fresh.has(delivery.key)) continue;
      const parts = delivery.key.split('/');
      if (parts[0] === '每日摘要' ? this.isOfPastYear(delivery.at) : isArchived(this.workbook, parts[1] ?? '')) continue;
      this.fresh.set(delivery.key, {
        noticeId: delivery.key, type: parts[0] as NoticeType, itemId: parts.length > 3 ? parts[1]! : '', recipient: parts.length > 2 ? parts.at(-1)! : '',
        copy: delivery.copy ?? '', channel: delivery.channel ?? '邮件', plannedOn: dayOf(delivery.at), status: isCutOff ? '待发' : isGivenUp ? '失败' : '已发', sentAt: delivery.state === 'sent' ? delivery.at : null, attempts: isCutOff ? null : delivery.attempts,
        subject: delivery.subject, body: isCutOff ? withoutHidden(delivery.body, this.hidden) : delivery.body, clause: delivery.clause ?? '', members: delivery.members,
      });
    }
  }

  /** A mail that was begun, may have gone out, and stands nowhere in the table. A digest's members wait for nothing else, so that one also where it failed. */
  private isCutOff({ key, state, body, channel }: Delivery): boolean {
    return (state === 'sending' || (state === 'failed' && key.startsWith('每日摘要/'))) && body !== '' && !isGroupChannel(channel) && !this.workbook.index.notice.has(key);
  }

  /** A year that is over and locked. */
  private isOfPastYear(at: Moment): boolean {
    const year = periodOf('year', dayOf(at));
    return year.last < this.clock.today && this.locks.isLocked(year);
  }

  settle(changes: ChangeList): StandingNotice[] {
    this.restoreLost();
    const standing: StandingNotice[] = [];
    const { notices } = this.workbook.sheets;
    for (const row of notices.rows) {
      const { cells } = row;
      if (cells.noticeId === '' || this.workbook.index.superseded.has(row)) continue;
      // Most rows were sent long ago: they stand as they are, without a copy of their words.
      if (cells.status === '已发' && !isDigestMember(cells.channel) && cells.plannedOn !== null && cells.error === '') {
        standing.push(cells as StandingNotice);
        continue;
      }
      const why = this.obsolete.get(row);
      if (why !== undefined) {
        changes.want(notices, row, cells.noticeId, 'status', '已取消', cells.clause);
        changes.want(notices, row, cells.noticeId, 'error', why, cells.clause);
        standing.push({ ...(cells as StandingNotice), status: '已取消' });
        continue;
      }
      const released = this.released.get(row);
      const words = released ?? this.reworded.get(row);
      const now = this.settled({
        noticeId: cells.noticeId, type: cells.type, itemId: cells.itemId, recipient: this.readdressed.get(row) ?? cells.recipient, copy: this.reworded.get(row)?.copy.join('、') ?? cells.copy, channel: cells.channel,
        plannedOn: this.moved.get(row) ?? cells.plannedOn ?? this.clock.today, status: released === undefined ? cells.status : '待发', sentAt: cells.sentAt, attempts: cells.attempts,
        subject: words?.subject ?? cells.subject, body: words?.body ?? cells.body, clause: cells.clause,
      });
      if (words !== undefined) {
        changes.want(notices, row, cells.noticeId, 'subject', now.subject, now.clause);
        changes.want(notices, row, cells.noticeId, 'body', now.body, now.clause);
        changes.want(notices, row, cells.noticeId, 'copy', now.copy, now.clause);
      }
      if (now.recipient !== cells.recipient) changes.want(notices, row, cells.noticeId, 'recipient', now.recipient, '接任人');
      if (now.status !== cells.status) changes.want(notices, row, cells.noticeId, 'status', now.status, DELIVERY_RESULT);
      if (now.sentAt !== cells.sentAt) changes.want(notices, row, cells.noticeId, 'sentAt', now.sentAt, DELIVERY_RESULT);
      if (now.attempts !== cells.attempts) changes.want(notices, row, cells.noticeId, 'attempts', now.attempts, DELIVERY_RESULT);
      const error = this.errorOf(now);
      if (now.status !== '已发' || error !== cells.error) changes.want(notices, row, cells.noticeId, 'error', error, DELIVERY_RESULT);
      if (now.channel !== cells.channel) changes.want(notices, row, cells.noticeId, 'channel', now.channel, DELIVERY_RESULT);
      if (now.plannedOn !== cells.plannedOn) changes.want(notices, row, cells.noticeId, 'plannedOn', now.plannedOn, '摘要顺延');
      standing.push(now);
    }
    for (const notice of this.fresh.values()) {
      const { members, ...cells } = this.settled(notice);
      changes.append('notices', { ...cells, error: this.errorOf(cells) }, cells.clause === '' ? 'digestTime' : cells.clause);
      standing.push(members === undefined ? cells : { ...cells, members });
    }
    return standing;
  }

  /** The journal's word over the row's: sent is sent, a member is sent with its digest, a failure is counted. */
  private settled(notice: StandingNotice): StandingNotice {
    const delivery = this.deliveryOf(notice);
    if (delivery === null) return notice;
    // The row has told of this failure: whoever set it back to 待发 since wants one attempt more.
    if (gaveUp(delivery) && notice.status === '待发' && notice.attempts === delivery.attempts) return notice;
    const status: NoticeStatus = delivery.state === 'sent' ? '已发' : delivery.state === 'sending' ? '发送中' : gaveUp(delivery) ? '失败' : '待发';
    const channel = delivery.state === 'sent' && !isDigestMember(notice.channel) ? delivery.channel ?? '邮件' : notice.channel;
    return { ...notice, channel, status, sentAt: delivery.state === 'sent' ? delivery.at : notice.sentAt, attempts: delivery.attempts };
  }

  private deliveryOf(notice: Pick<StandingNotice, 'noticeId' | 'channel' | 'recipient' | 'plannedOn' | 'status' | 'sentAt'>): Delivery | null {
    if (notice.status === '已取消' || notice.status === '待签' || (notice.status === '已发' && !isDigestMember(notice.channel))) return null;
    const key = notice.channel === '摘要' ? digestKey(notice.recipient, notice.plannedOn) : notice.noticeId;
    const delivery = this.deliveries.get(key) ?? (notice.channel === '摘要' ? this.toldIn.get(notice.noticeId) : undefined);
    if (delivery === undefined) {
      const digest = notice.channel === '摘要' ? this.workbook.index.notice.get(key)?.cells : undefined;
      return digest?.status === '已发' && notice.status === '待发' ? sentWith(key, digest) : null;
    }
    // A person set a sent row back to 待发: what was sent then does not count as this sending.
    const resend = notice.status === '待发' && notice.sentAt !== null && delivery.state === 'sent' && delivery.at <= notice.sentAt;
    return resend || (notice.channel === '摘要' && delivery.state !== 'sent') ? null : delivery;
  }

  private errorOf(notice: Pick<StandingNotice, 'noticeId' | 'status'>): string {
    return notice.status === '已发' ? '' : this.deliveries.get(notice.noticeId)?.error ?? this.workbook.index.notice.get(notice.noticeId)?.cells.error ?? '';
  }

  private wait(recipient: string, key: string, row: ParsedRow<'notices'> | null): void {
    const list = this.waiting.get(recipient);
    if (list === undefined) this.waiting.set(recipient, [{ key, row }]);
    else list.push({ key, row });
  }
}

function sentWith(key: string, digest: CellsOf<'notices'>): Delivery {
  return { key, state: 'sent', at: digest.sentAt!, attempts: digest.attempts ?? 1, error: '', permanent: false, subject: '', body: '', members: [] };
}
