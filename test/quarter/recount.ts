import { isWorkday, type Day } from '../fortnight/days.ts';
import { dutiesAt } from '../fortnight/duties.ts';
import { linesOf } from '../fortnight/mails.ts';
import type { Quarter, SentMail } from './play.ts';

/** What a second pair of eyes finds wrong with a quarter, one sentence each, and what it counted. */
export interface QuarterReport {
  readonly faults: readonly string[];
  readonly counted: Readonly<Record<'runs' | 'outageDays' | 'restarts' | 'duties' | 'nextDay' | 'digests' | 'letters' | 'notices', number>>;
}

const NEVER = '9999-12-31';
const DIGEST_HOUR = '08:30';
const DUTY = /^[^/]+\/[^/]+\/(?:lead|due|overdue|weekly)\//u;
/** 催办通知单 goes out by itself once it is signed, the other reminders in a digest. */
const isLetter = (key: string): boolean => key.startsWith('催办通知/');
const isDigest = (mail: SentMail): boolean => mail.key.startsWith('每日摘要/');

/** A reminder that the regulation wants: what it tells whom, and the day on which it must be told. */
interface Duty { readonly key: string; readonly line: string; readonly to: string; readonly seen: Day; readonly day: Day }

/** Counts a quarter again from the diary of its matters and from the mails, with nothing of the program. */
export function recountQuarter(quarter: Quarter): QuarterReport {
  const digests = quarter.mails.filter(isDigest);
  const letters = quarter.mails.filter((mail) => !isDigest(mail));
  const duties = owed(quarter, digests);
  const daySent = new Map([...quarter.signed].map(([key, at]) => [key, quarter.runs.find(({ day, time }) => isWorkday(day) && `${day} ${time}` >= at)?.day ?? NEVER]));
  const last = quarter.runs.at(-1)!.day;
  const told = duties.filter(({ key, day }) => day <= last && !isLetter(key));
  const planned = quarter.notices.map((row) => row['通知编号']!);
  return {
    faults: [
      ...differences('duty', duties.map(({ key }) => key), planned.filter((key) => DUTY.test(key)), ['was owed and is not in 通知', 'is in 通知 and was not owed']),
      ...differences('line', told.map(({ line, to, day }) => `${day} ${line} → ${to}`), digests.flatMap(({ text, to, day }) => linesOf(text).map((line) => `${day} ${line} → ${to}`)).filter(isOfDuty(duties)),
        ['was to be told that day and was not', 'was told that day and was not to be']),
      ...differences('mail', quarter.notices.filter((row) => row['渠道'] === '邮件' && (row['状态'] === '已发' || (daySent.get(row['通知编号']!) ?? NEVER) <= last)).map((row) => `${daySent.get(row['通知编号']!) ?? row['计划日期']!} ${row['通知编号']!}`), quarter.mails.map(({ key, day }) => `${day} ${key}`),
        ['is 已发 in 通知 and was not sent on its day', 'was sent and is not 已发 in 通知, or for another day']),
      ...quarter.mails.filter(({ day }) => !isWorkday(day)).map(({ key, day }) => `${key} went out on ${day}, a day off`),
      ...digests.filter(({ time }) => time < DIGEST_HOUR).map(({ key, time }) => `${key} went out at ${time}`),
      ...repeated(digests.map(({ to, day }) => `${to} on ${day}`)).map((digest) => `two digests for ${digest}`),
      ...quarter.notices.filter((row) => row['状态'] !== '已发' && row['状态'] !== '待签' && (daySent.get(row['通知编号']!) ?? row['计划日期']!) <= last).map((row) => `${row['通知编号']!} is still ${row['状态']!}`),
    ],
    counted: {
      runs: quarter.runs.length, outageDays: quarter.outageDays, restarts: quarter.restarts, duties: duties.length,
      nextDay: duties.filter(({ seen, day }) => day > seen).length,
      digests: digests.length, letters: letters.length, notices: quarter.notices.length,
    },
  };
}

/**
 * Every duty with its day: the day of the first run that saw it, where that day's digest to its recipient had not gone out
 * yet and a run came at the hour of digests or later; else the next working day with such a run.
 */
function owed({ runs, idOf }: Quarter, digests: readonly SentMail[]): Duty[] {
  const sentAt = new Map(digests.map(({ to, day, time }) => [`${to} ${day}`, time]));
  const digestDays = [...new Set(runs.filter(({ day, time }) => isWorkday(day) && time >= DIGEST_HOUR).map(({ day }) => day))];
  const found = new Map<string, Duty>();
  for (const run of runs) {
    for (const key of dutiesAt(run.day, run.matters, idOf, found)) {
      if (found.has(key)) continue;
      const [type, item, , , to] = key.split('/') as [string, string, string, string, string];
      const gone = sentAt.get(`${to} ${run.day}`);
      const isTooLate = (gone !== undefined && gone < run.time) || !runs.some(({ day, time }) => day === run.day && time >= run.time && time >= DIGEST_HOUR);
      const day = digestDays.find((one) => (isTooLate ? one > run.day : one >= run.day)) ?? NEVER;
      found.set(key, { key, line: `${type} ${item}`, to, seen: run.day, day });
    }
  }
  return [...found.values()];
}

/** Lines of the digests that a recounted duty could have caused; the other kinds of notices are counted by their rows. */
function isOfDuty(duties: readonly Duty[]): (line: string) => boolean {
  const known = new Set(duties.map(({ line, to }) => `${line} → ${to}`));
  return (line) => known.has(line.slice('2026-09-21 '.length));
}

/** What stands more often on one side than on the other. */
function differences(what: string, expected: readonly string[], found: readonly string[], [missing, surplus]: readonly [string, string]): string[] {
  const counts = new Map<string, number>();
  for (const one of expected) counts.set(one, (counts.get(one) ?? 0) + 1);
  for (const one of found) counts.set(one, (counts.get(one) ?? 0) - 1);
  return [...counts].flatMap(([one, count]) => (count === 0 ? [] : [`${what} ${one} ${count > 0 ? missing : surplus}${Math.abs(count) > 1 ? ` (${String(Math.abs(count))} times)` : ''}`]));
}

function repeated(list: readonly string[]): string[] {
  return [...new Set(list.filter((one, index) => list.indexOf(one) !== index))];
}
