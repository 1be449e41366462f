import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayIn, readBook, type Book, type Cells } from './book.ts';
import { daysBetween, isWorkday, type Day } from './days.ts';
import { dutiesAt } from './duties.ts';
import type { Matter } from './office.ts';
import type { Fortnight, Owed, RunEntry } from './play.ts';
import { readMails, type Letter } from './mails.ts';
import { changedByProgram } from './peoples-cells.ts';

/** What a second pair of eyes finds wrong with a fortnight, one sentence each; and how much it counted. */
export interface Recount {
  readonly faults: readonly string[];
  readonly counted: Readonly<Record<'duties' | 'mails' | 'mistakes' | 'scores' | 'runs', number>>;
}

/** Counts a fortnight again from its diary, the final workbook and the mails, with nothing of the program. */
export async function recount({ folder, file, runs }: Fortnight): Promise<Recount> {
  const book = readBook(file);
  const idOf = new Map(book.rows('督办台账').map(({ cells }) => [String(cells['督办事项']), String(cells['事项编号'])]));
  const mails = await readMails(join(folder, 'outbox'));
  const duties = new Set<string>();
  for (const run of runs) for (const key of dutiesAt(run.day, run.matters, idOf, duties)) duties.add(key);
  const scores = expectedScores(runs.at(-1)!, idOf, pointsPer(book));
  const mistakes = runs.reduce((sum, run) => sum + run.owed.filter(({ mended }) => !mended).length, 0);
  return {
    faults: [
      ...dutyFaults(book, [...duties]), ...ledgerFaults(book, runs.at(-1)!.day), ...handoverFaults(book, runs), ...mailFaults(book, mails, runs, sentTwice(folder)),
      ...runs.flatMap((run, index) => run.owed.flatMap((owed) => owedFault(runs[index - 1], run, owed))),
      ...scoreFaults(book, scores), ...limitFaults(book, runs.at(-1)!.matters), ...stepFaults(book, runs.at(-1)!.matters),
      ...runs.flatMap(({ day, before, after }) => changedByProgram(before, after).map((sentence) => `${day}: ${sentence}`)),
    ],
    counted: { duties: duties.size, mails: mails.length, mistakes, scores: scores.size, runs: runs.length },
  };
}

const MOMENTS = /^[^/]+\/[^/]+\/(?:lead|due|overdue|weekly)\//;

function dutyFaults(book: Book, duties: readonly string[]): string[] {
  const found = book.rows('通知').map(({ cells }) => String(cells['通知编号']));
  const twice = found.filter((key, index) => found.indexOf(key) !== index);
  const known = new Set(found);
  const wanted = new Set(duties);
  return [
    ...twice.map((key) => `${key} stands twice in 通知`),
    ...duties.filter((key) => !known.has(key)).map((key) => `${key} was owed and never planned`),
    ...found.filter((key) => MOMENTS.test(key) && !wanted.has(key)).map((key) => `${key} was planned and not owed`),
  ];
}

/** Everything is sent, but what waits for a signature or for a working day after the last run. */
function ledgerFaults(book: Book, last: Day): string[] {
  return book.rows('通知').flatMap(({ cells }) => {
    const waits = cells['状态'] === '待签' || (cells['状态'] === '待发' && dayIn(cells['计划日期']) > last);
    return cells['状态'] === '已发' || waits ? [] : [`${cells['通知编号']!} is ${cells['状态'] ?? 'blank'}: ${cells['错误'] ?? ''}`];
  });
}

/** Whoever comes in another's place has one letter with all that was open when he came. */
function handoverFaults(book: Book, runs: readonly RunEntry[]): string[] {
  const first = runs.find(({ matters }) => matters.some(({ formerHandler }) => formerHandler !== null));
  const taken = (first?.matters ?? []).filter(({ formerHandler, step }) => formerHandler !== null && step !== '已办结');
  const letters = book.rows('通知').map(({ cells }) => cells).filter((cells) => String(cells['通知编号']).startsWith('立项下发/移交/'));
  const wanted = new Set(taken.map(({ handler, formerHandler }) => `立项下发/移交/${formerHandler!}/${handler}`));
  return [
    ...[...wanted].filter((key) => !letters.some((cells) => cells['通知编号'] === key && cells['状态'] === '已发')).map((key) => `${key} was not sent`),
    ...letters.filter((cells) => !wanted.has(String(cells['通知编号']))).map((cells) => `${cells['通知编号']!}: nobody left`),
    ...letters.flatMap((cells) => taken.filter(({ title, handler }) => handler === cells['收件人'] && !String(cells['正文']).includes(`${title}(`)).map(({ title }) => `${title} is not in the letter to ${cells['收件人']!}`)),
  ];
}

function mailFaults(book: Book, mails: readonly Letter[], runs: readonly RunEntry[], twice: readonly string[]): string[] {
  const delivered = runs.reduce((sum, run) => sum + run.delivered, 0);
  const sent = book.rows('通知').map(({ cells }) => cells).filter((cells) => cells['状态'] === '已发');
  const letters = tally(mails.filter((mail) => !mail.isDigest).map((mail) => `${mail.subject} → ${mail.to}`));
  const wantedLetters = tally(sent.filter((cells) => cells['渠道'] === '邮件' && cells['类型'] !== '每日摘要').map((cells) => `${cells['标题']!} → ${cells['收件人']!}`));
  const lines = tally(mails.flatMap((mail) => mail.lines.map((line) => `${line} → ${mail.to}`)));
  const wantedLines = tally(sent.filter((cells) => cells['渠道'] === '摘要').flatMap((cells) => mattersOf(cells).map((id) => `${cells['类型']!} ${id} → ${cells['收件人']!}`)));
  return [
    ...(delivered === mails.length ? [] : [`the runs delivered ${String(delivered)} mails, the outbox holds ${String(mails.length)}`]),
    ...twice.map((key) => `${key} was sent twice`),
    ...repeated(mails.map((mail) => mail.messageId)).map((id) => `two mails bear the Message-ID ${id}`),
    ...repeated(mails.filter((mail) => mail.isDigest).map((mail) => `${mail.to} on ${mail.day}`)).map((digest) => `two digests for ${digest}`),
    ...mails.filter((mail) => !isWorkday(mail.day)).map((mail) => `${mail.subject} went to ${mail.to} on ${mail.day}, a day off`),
    ...differences('letter', wantedLetters, letters), ...differences('digest line', wantedLines, lines),
  ];
}

/** The matter of a notice, or all that a summary of several lists. */
function mattersOf(cells: Cells): string[] {
  return cells['事项编号'] === undefined ? [...String(cells['正文']).matchAll(/DB-\d{4}-\d+/gu)].map(([id]) => id) : [String(cells['事项编号'])];
}

/** Keys that the delivery journal saw sent more than once. */
function sentTwice(folder: string): string[] {
  const journal = join(folder, '.duban', 'deliveries.jsonl');
  if (!existsSync(journal)) return [`no delivery journal among ${readdirSync(folder).join(', ')}`];
  const records = readFileSync(journal, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as { key: string; state: string });
  return repeated(records.filter(({ state }) => state === 'sent').map(({ key }) => key));
}

/** What was wrong is told by the run after it and not before; what is mended was told before and is told no more. */
function owedFault(previous: RunEntry | undefined, { day, after }: RunEntry, { deed, words, title, mended }: Owed): string[] {
  const [was, is] = [previous?.after, after].map((book) => book !== undefined && isTold(book, words, title));
  if (mended) return was! && !is! ? [] : [`${day}: ${deed}, ${title}: ${was! ? 'still' : 'never'} told: ${words}`];
  return is! && !was! ? [] : [`${day}: ${deed}, ${title}: ${was! ? 'told before' : 'not told'}: ${words}`];
}

/** Whether the row of a matter, or a line of 首页 that names it, says so. */
function isTold(book: Book, words: string, title: string): boolean {
  return [
    ...book.home.filter((text) => text.includes(title)),
    ...book.rows('督办台账').filter(({ cells }) => title === '' || cells['督办事项'] === title).map(({ cells }) => String(cells['提示'] ?? '')),
  ].some((text) => text.includes(words));
}

interface Points { readonly lateDay: number; readonly defect: number }

function pointsPer(book: Book): Points {
  const value = (key: string): number => Number(book.rows('制度参数').find(({ cells }) => cells['键'] === key)?.cells['值']);
  return { lateDay: value('pointsPerLateDay'), defect: value('pointsPerDefect') };
}

interface Score { readonly points: number; readonly working: string; readonly clause: string }

/** 办法第五条: so many points for each calendar day after the limit until it was handed in (or now), and for each defect. */
function expectedScores({ day, matters }: RunEntry, idOf: ReadonlyMap<string, string>, per: Points): Map<string, Score> {
  const scores = new Map<string, Score>();
  for (const matter of matters) {
    const id = idOf.get(matter.title)!;
    const late = Math.max(0, daysBetween(matter.limit, matter.submitted ?? day));
    const month = (late > 0 ? matter.limit : matter.submitted ?? '').slice(0, 7);
    if (late > 0) scores.set(`${month}/${id}/late-day`, { points: -late * per.lateDay, working: `迟办${String(late)}天×${String(per.lateDay)}分=${String(late * per.lateDay)}分`, clause: 'tax-5.1a' });
    if (matter.defects > 0) scores.set(`${month}/${id}/defect`, { points: -matter.defects * per.defect, working: `${String(matter.defects)}处×${String(per.defect)}分=${String(matter.defects * per.defect)}分`, clause: 'tax-5.1b' });
  }
  return scores;
}

function scoreFaults(book: Book, expected: ReadonlyMap<string, Score>): string[] {
  const found = new Map(book.rows('考核计分').map(({ cells }) => [String(cells['计分编号']), cells]));
  const sums = new Map<string, number>();
  for (const [key, { points }] of expected) sums.set(key.split('/')[1]!, (sums.get(key.split('/')[1]!) ?? 0) + points);
  return [
    ...[...expected].flatMap(([key, score]) => scoreFault(key, score, found.get(key))),
    ...[...found.keys()].filter((key) => !expected.has(key)).map((key) => `score ${key} has no reason`),
    ...book.rows('督办台账').filter(({ cells }) => Number(cells['累计扣分'] ?? 0) !== (sums.get(String(cells['事项编号'])) ?? 0)).map(({ cells }) => `${cells['事项编号']!}: 累计扣分 ${cells['累计扣分'] ?? 0}, recounted ${String(sums.get(String(cells['事项编号'])) ?? 0)}`),
  ];
}

function scoreFault(key: string, { points, working, clause }: Score, cells: Cells | undefined): string[] {
  if (cells === undefined) return [`score ${key} of ${String(points)} is missing`];
  const right = cells['建议分值'] === points && String(cells['计算过程']).includes(working) && cells['依据条款'] === clause && cells['状态'] === '生效';
  return right ? [] : [`score ${key}: expected ${String(points)} (${working}, ${clause}), found ${cells['建议分值'] ?? 'blank'} (${cells['计算过程'] ?? 'blank'}, ${cells['依据条款'] ?? 'blank'}, ${cells['状态'] ?? 'blank'})`];
}

/** Whatever was typed over it, 现行时限 is the limit that people agreed on; and every matter has its row. */
function limitFaults(book: Book, matters: readonly Readonly<Matter>[]): string[] {
  const rows = new Map(book.rows('督办台账').map(({ cells }) => [String(cells['督办事项']), cells]));
  return matters.flatMap(({ title, limit }) => {
    const cells = rows.get(title);
    return cells === undefined ? [`${title} has no row`] : dayIn(cells['现行时限']) === limit ? [] : [`${title}: 现行时限 ${dayIn(cells['现行时限'])}, agreed ${limit}`];
  });
}

/** Every step that people took in the right order is in force: 灯号 goes by the status that the program stands by. */
function stepFaults(book: Book, matters: readonly Readonly<Matter>[]): string[] {
  const rows = new Map(book.rows('督办台账').map(({ cells }) => [String(cells['督办事项']), cells]));
  const light = { 待审核: '蓝', 分管领导审核: '蓝', 已办结: '完' } as const;
  return matters.flatMap(({ title, step }) => (step === '办理中' || rows.get(title)?.['灯号'] === light[step] ? [] : [`${title} is ${step} and shines ${rows.get(title)?.['灯号'] ?? 'blank'}: ${rows.get(title)?.['提示'] ?? ''}`]));
}

function repeated(values: readonly string[]): string[] {
  return [...tally(values)].filter(([, count]) => count > 1).map(([value]) => value);
}

function tally(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function differences(kind: string, expected: ReadonlyMap<string, number>, found: ReadonlyMap<string, number>): string[] {
  return [...new Set([...expected.keys(), ...found.keys()])].filter((value) => expected.get(value) !== found.get(value))
    .map((value) => `${kind} ${value}: ${String(expected.get(value) ?? 0)} in 通知, ${String(found.get(value) ?? 0)} mailed`);
}
