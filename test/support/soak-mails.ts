import { momentFromEpoch, parseWorkbook, splitNames, type Change, type Workbook } from '#core';
import { POLICIES } from '#templates';
import { messageId } from '../../sync-service/notify/mail.ts';
import { StoreError } from '../../sync-service/workbook/store.ts';
import { openDeliveryJournal } from '../../sync-service/workbook/xlsx/delivery-journal.ts';
import { openXlsxStore } from '../../sync-service/workbook/xlsx/store.ts';
import type { Acceptance } from './flaky-mail-server.ts';

const HOUR_MS = 3_600_000;

/** The moment itself between 9 and 19 o'clock from Monday to Friday, else 9 o'clock of the next such day: at other times few mails would go out. */
export function nextOfficeMoment(epoch: number): number {
  const inShanghai = new Date(epoch + 8 * HOUR_MS);
  const hour = inShanghai.getUTCHours();
  const isWeekend = [0, 6].includes(inShanghai.getUTCDay());
  if (!isWeekend && hour >= 9 && hour < 19) return epoch;
  const midnight = Math.floor((epoch + 8 * HOUR_MS) / (24 * HOUR_MS)) * 24 * HOUR_MS - 8 * HOUR_MS;
  return nextOfficeMoment(midnight + (!isWeekend && hour < 9 ? 9 : 33) * HOUR_MS);
}

/** Somebody registers a matter; its handler and head are told by letters. */
export async function newMatter(file: string, clock: number, round: number): Promise<void> {
  const issued = momentFromEpoch(clock);
  await edit(file, ({ sheets }) => {
    const { leadUnit, handler } = sheets.items.rows[round % sheets.items.rows.length]!.cells;
    const values = { title: `第${round}件新事项`, leadUnit, handler, status: '办理中', deadlineSet: '2026-12-31', category: '局会议决定', form: '一般', issuedAt: { kind: 'moment' as const, moment: issued }, signedAt: { kind: 'moment' as const, moment: issued } };
    return [{ kind: 'append', sheet: 'items', id: null, values, because: '登记' }];
  });
}

/** People set what the mail server refused to 待发; false where there is none. */
export function sendRefusedAgain(file: string): Promise<boolean> {
  return edit(file, ({ sheets }) => sheets.notices.rows.filter(({ cells }) => cells.status === '失败').map((row) => ({
    kind: 'cell', sheet: 'notices', row: { ref: row.ref, id: row.cells.noticeId }, column: 'status', before: '失败', after: '待发', because: '重发',
  })));
}

async function edit(file: string, changesTo: (workbook: Workbook) => readonly Change[]): Promise<boolean> {
  const store = openXlsxStore(file);
  for (;;) {
    const snapshot = await store.read();
    const changes = changesTo(parseWorkbook(snapshot, POLICIES).workbook!);
    if (changes.length === 0) return false;
    try {
      await store.apply(snapshot, changes);
      return true;
    } catch (error) {
      // A run saved meanwhile.
      if (!(error instanceof StoreError && error.code === 'changed-meanwhile')) throw error;
    }
  }
}

export interface MailCount {
  /** Mails that reached a mailbox. */
  readonly mails: number;
  /** Those that a mailbox got more than once, each time because the answer was lost, with the same Message-ID. */
  readonly duplicates: number;
  /** One sentence each; empty where nothing was lost and nothing doubled without need. */
  readonly faults: readonly string[];
}

/** The Message-ID and mailbox of every letter of a workbook that should have gone out, with its key. */
async function wantedOf(file: string): Promise<{ wanted: Map<string, string>; faults: string[] }> {
  const { sheets, directory } = parseWorkbook(await openXlsxStore(file).read(), POLICIES).workbook!;
  const { workbookId } = openDeliveryJournal(file);
  const rows = sheets.notices.rows.map(({ cells }) => cells);
  const letters = rows.filter(({ channel, status }) => channel === '邮件' && status !== '待签');
  const wanted = new Map<string, string>(letters.flatMap(({ noticeId, recipient, copy }) => splitNames([recipient, copy].join('、'))
    .map((name) => [`${messageId({ key: noticeId, workbookId })} ${directory.person(directory.present(name) || name)!.email}`, noticeId] as const)));
  return { wanted, faults: [
    ...(new Set(rows.map(({ noticeId }) => noticeId)).size === rows.length ? [] : ['a key stands twice in 通知']),
    ...letters.filter(({ status }) => status !== '已发').map(({ noticeId, status, error }) => `${noticeId} ended as ${status}: ${error}`),
  ] };
}

/**
 * Compares what the mail server took over with what stands in 通知. `kills`: how many mails had been taken over at each kill; a
 * workbook's mails go out one after the other, so of each only the last before a kill may be one whose answer nobody lived to hear.
 */
export async function countMails(files: readonly string[], accepted: readonly Acceptance[], kills: readonly number[]): Promise<MailCount> {
  const found = await Promise.all(files.map(wantedOf));
  const wanted = new Map(found.flatMap((one) => [...one.wanted]));
  const places = new Map<string, number[]>();
  accepted.forEach(({ messageId: id, to }, index) => places.set(`${id} ${to}`, [...places.get(`${id} ${to}`) ?? [], index]));
  const inFlight = new Set(found.flatMap((one) => {
    const own = accepted.flatMap(({ messageId: id, to }, index) => (one.wanted.has(`${id} ${to}`) ? [index] : []));
    return kills.flatMap((kill) => own.filter((index) => index < kill).slice(-1));
  }));
  const isExcused = (index: number): boolean => !accepted[index]!.answered || inFlight.has(index);
  return {
    mails: places.size, duplicates: accepted.length - places.size,
    faults: [
      ...(wanted.size === 0 ? ['no mail at all: nothing is tested'] : []),
      ...found.flatMap(({ faults }) => faults),
      ...[...wanted].filter(([place]) => !places.has(place)).map(([place, key]) => `${key} never reached ${place}`),
      ...[...places.keys()].filter((place) => !wanted.has(place)).map((place) => `${place} was sent and is no notice of the table`),
      // All but the last time, the answer must have been lost.
      ...[...places].flatMap(([place, all]) => (all.slice(0, -1).every(isExcused) ? [] : [`${wanted.get(place) ?? place} was sent ${all.length} times without need`])),
    ],
  };
}
