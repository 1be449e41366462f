import { addDays, formatMoment, type Day } from '../calendar/plain-date.ts';
import { dutiesOf, type Host } from '../plan/host-duties.ts';
import type { RunPlan } from '../plan/plan-run.ts';
import { compareText } from '../workbook/directory.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { NoticeType } from '../workbook/values.ts';
import type { GroupChannel } from './channels.ts';
import { hiddenItems, withoutHidden } from './confidential.ts';
import { backOffMinutes, gaveUp, type Deliveries, type Delivery } from './delivery.ts';
import type { StandingNotice } from './plan-notices.ts';
import { monthAndDate } from './words.ts';

/** A group of people that a robot writes to. Its name stands as 收件人 of what the group was told. */
export interface Group { readonly name: string; readonly channel: GroupChannel }

/** What a group is told now, its words frozen: 正文 as of every notice, free of signs that chat programs read as markup. */
export interface GroupNews {
  readonly key: string;
  readonly subject: string;
  readonly body: string;
  /** The notices that it tells of. */
  readonly members: readonly string[];
  readonly attempts: number;
}

/** Signed letters for everybody; their words stand in the news. */
const LETTERS: readonly NoticeType[] = ['通报', '排名'];
/** What makes an item news: told by its line as it stands now, not by the words to the person. */
const REMINDERS: readonly NoticeType[] = ['催办预告', '到期提醒', '催办通知', '逾期说明'];
/** How long what a group could not be told is still news. */
const RECENT_DAYS = 7;
/** WeCom takes 4096 bytes with its marks; nobody reads more. */
const MOST_BYTES = 3000;
const MOST_TITLE = 40;

/**
 * What a group has to be told at this moment, in one message: what failed before and is past its back-off, else what a person set
 * back to 待发, else everything new. Null where there is nothing, before the hour of digests, on a day off, from a copy, or where
 * another host sends. A group that was never told anything hears of today's notices only.
 */
export function pendingGroupNews(workbook: Workbook, plan: Pick<RunPlan, 'notices' | 'items' | 'clock'>, deliveries: Deliveries, group: Group, host: Host): GroupNews | null {
  const { clock, notices } = plan;
  if (workbook.isCopy || !dutiesOf(workbook, clock.today, host).sends || !clock.digestsDue || !workbook.calendar.isWorkingDay(clock.today)) return null;
  // What became 保密 since the words were frozen is told by number alone.
  const hidden = hiddenItems(plan.items.map(({ facts }) => facts));
  const withNumbers = ({ key, subject, body, members, attempts }: Delivery): GroupNews => ({ key, subject, body: withoutHidden(body, hidden), members, attempts });
  const own = [...deliveries.values()].filter(({ channel, key }) => channel === group.channel && key.endsWith(`/${group.name}`));
  const open = own.find((delivery) => delivery.state !== 'sent' && !gaveUp(delivery));
  if (open !== undefined) return open.state === 'sending' || clock.now >= open.at + backOffMinutes(open.attempts) ? withNumbers(open) : null;
  const again = notices.find(({ channel, recipient, status }) => channel === group.channel && recipient === group.name && status === '待发');
  if (again !== undefined) return { key: again.noticeId, subject: again.subject, body: withoutHidden(again.body, hidden), members: deliveries.get(again.noticeId)?.members ?? [], attempts: again.attempts ?? 0 };
  const key = `每日摘要/${formatMoment(clock.now)}/${group.name}`;
  if (deliveries.has(key)) return null;
  const told = new Set(own.flatMap(({ members }) => members));
  const since = own.length === 0 ? clock.today : addDays(clock.today, -RECENT_DAYS);
  const members = notices.filter((notice) => isNewsOf(notice, since, clock.today) && !told.has(notice.noticeId)).sort((a, b) => compareText(a.noticeId, b.noticeId));
  const body = bodyOf(plan, members);
  return body === '' ? null : { key, subject: `督办动态 ${monthAndDate(clock.today)}`, body, members: members.map(({ noticeId }) => noticeId), attempts: 0 };
}

function isNewsOf({ type, status, plannedOn }: StandingNotice, since: Day, today: Day): boolean {
  const kind = type as NoticeType;
  return (LETTERS.includes(kind) || REMINDERS.includes(kind)) && ['待发', '发送中', '已发'].includes(status) && plannedOn >= since && plannedOn <= today;
}

/** The letters, then the items that are late or due, the latest first; of a confidential item its number and no more. */
function bodyOf({ items }: Pick<RunPlan, 'items'>, members: readonly StandingNotice[]): string {
  const lines: string[] = [];
  let left = MOST_BYTES;
  const add = (own: readonly string[]): boolean => {
    const size = own.reduce((sum, line) => sum + bytesOf(line) + 1, 0);
    if (size > left) return false;
    left -= size;
    lines.push(...own);
    return true;
  };
  for (const { type, subject, body } of members) {
    if (!LETTERS.includes(type as NoticeType)) continue;
    const heading = `## ${plainWords(subject)}`;
    if (!add([heading, ...body.split('\n').map((line) => plainWords(line.replace(/^## /, ''))), ''])) add([heading, '全文已发各单位。', '']);
  }
  const named = new Set(members.filter(({ type }) => REMINDERS.includes(type as NoticeType)).map(({ itemId }) => itemId));
  const told = items.filter(({ facts, light }) => named.has(facts.id) && (light.light === '红' || light.light === '黄'));
  const [secret, open] = [told.filter(({ facts }) => facts.cells.confidentiality === '保密'), told.filter(({ facts }) => facts.cells.confidentiality !== '保密')];
  if (told.length === 0) return lines.join('\n').trimEnd();
  const late = told.filter(({ light }) => light.light === '红').length;
  add([`## 督办提醒:逾期 ${late} 件,临近到期 ${told.length - late} 件`]);
  const sorted = open.map((item) => ({ ...item, line: lineOf(item) })).sort((a, b) => (a.light.daysLeft ?? 0) - (b.light.daysLeft ?? 0) || compareText(a.facts.id, b.facts.id));
  const fitting = sorted.findIndex(({ line }) => !add([line]));
  if (fitting >= 0) lines.push(`另有 ${sorted.length - fitting} 件,见督办台账。`);
  if (secret.length > 0) add(['', `另有保密事项(只列编号):${secret.map(({ facts }) => plainWords(facts.id)).join('、')}`]);
  return lines.join('\n').trimEnd();
}

function lineOf({ facts, light }: RunPlan['items'][number]): string {
  const { title } = facts.cells;
  const days = light.daysLeft ?? 0;
  const unit = facts.unit === '' ? '' : `(${facts.unit})`;
  const short = Array.from(title).length > MOST_TITLE ? `${Array.from(title).slice(0, MOST_TITLE - 1).join('')}…` : title;
  return `【${light.light}】${plainWords(`${facts.id} ${short}${unit}`)} ${days < 0 ? `逾期 ${-days} 天` : days === 0 ? '今天到期' : `剩 ${days} 天`}`;
}

/** Signs that a chat program would read as markup, a mention or a link, in their full-width form; as people read them they stay what they are. */
export function plainWords(text: string): string {
  return text.replace(/[<>[\]*_`~@#|\\]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).replace(/\p{Cc}+/gu, ' ').replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
}

/** Length in UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const sign of text) {
    const code = sign.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
