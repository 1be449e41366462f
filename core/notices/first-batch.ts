import { dayOf, formatDay, formatLimit, formatMoment, type Day } from '../calendar/plain-date.ts';
import { goLiveOf } from '../lifecycle/go-live.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { LightState } from '../lifecycle/lights.ts';
import { groupOf } from '../lifecycle/status-groups.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import { SHEETS } from '../workbook/columns.ts';
import { compareText } from '../workbook/directory.ts';
import { groupBy } from '../workbook/group-by.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Deliveries } from './delivery.ts';
import type { WantedNotice } from './plan-notices.ts';
import { officeNames, titleFor } from './recipients.ts';
import { letter } from './words.ts';

interface Seen { readonly facts: ItemFacts; readonly light: LightState }

/** Rows that came to the table together and of which nobody is told until a person of the office has looked. */
interface Batch {
  readonly id: string;
  readonly items: readonly Seen[];
}

/** What the office decides about, as the 标题 of the row of 通知 that frees a batch. */
const RELEASE = '首批通知放行';
/** A cell and a reader take only so much; the table holds the rest. */
const LONGEST = 40;

/** The wanted notices by whether they may go out yet, and what the office is asked about the others. */
export interface HeldBack {
  readonly wanted: readonly WantedNotice[];
  /** Items of which nobody is told yet, beside the office by that one mail. */
  readonly items: ReadonlySet<string>;
  /** One line for 首页; null where nothing is held back. */
  readonly note: string | null;
}

/**
 * With 启用日 set, the notices about rows that arrive in bulk wait: those of the table as it was taken over, and later ones
 * of at least `releaseMinimum` rows at once. The office gets one mail that says what would go to whom; a row of 通知 waits
 * 待签, and setting it 待发 frees the batch. Nothing is stored meanwhile: what is due then follows from the table as it is then.
 */
export function holdBack(
  workbook: Workbook, seen: readonly Seen[], wanted: readonly WantedNotice[], deliveries: Deliveries, clock: RunClock,
): HeldBack {
  const goLive = goLiveOf(workbook);
  const batches = goLive === null ? [] : batchesOf(workbook, seen, goLive, clock).filter((batch) => !isReleased(workbook, batch, deliveries));
  if (goLive === null || batches.length === 0) return { wanted, items: new Set(), note: null };
  const batchOf = new Map(batches.flatMap((batch) => batch.items.map(({ facts }) => [facts.id, batch] as const)));
  const told: WantedNotice[] = [];
  const held = new Map<Batch, WantedNotice[]>(batches.map((batch) => [batch, []]));
  for (const notice of wanted) {
    const batch = batchOf.get(notice.itemId);
    if (batch === undefined) told.push(notice);
    else held.get(batch)!.push(notice);
  }
  const items = new Set(batchOf.keys());
  if (clock.today < goLive) return { wanted: told, items, note: `启用日 ${formatDay(goLive)} 之前不发信(goLive)` };
  if (workbook.calendar.isWorkingDay(clock.today)) for (const batch of batches) told.push(...askOffice(workbook, batch, held.get(batch)!, clock.today));
  return {
    wanted: told, items,
    note: `首次登记的 ${items.size} 件事项暂不发信:核对后在「${SHEETS.notices.name}」把「${RELEASE}」一行的「状态」由「待签」改为「待发」(goLive)`,
  };
}

/** Rows of one arrival; those that have nothing open ask for nothing. */
function batchesOf(workbook: Workbook, seen: readonly Seen[], goLive: Day, clock: RunClock): Batch[] {
  const minimum = workbook.parameters.number('releaseMinimum', clock.today);
  let opening = Infinity;
  for (const { facts } of seen) opening = Math.min(opening, dayOf(facts.firstSeen));
  // The table as it was taken over: all that the program saw up to 启用日, or at its first run where that came later.
  opening = Math.max(opening, goLive);
  const byId = new Map<string, Seen[]>();
  for (const one of seen) {
    const { firstSeen } = one.facts;
    const id = dayOf(firstSeen) <= opening ? formatDay(goLive) : formatMoment(firstSeen);
    const batch = byId.get(id);
    if (batch === undefined) byId.set(id, [one]);
    else batch.push(one);
  }
  return [...byId].filter(([id, items]) => (id === formatDay(goLive) || (minimum !== null && items.length >= minimum)) && items.some(isOpen))
    .map(([id, items]) => ({ id, items }));
}

function isOpen({ facts }: Seen): boolean {
  const group = groupOf(facts.status);
  return group !== 'done' && group !== 'void';
}

function releaseKey(batch: Batch): string {
  return `督导提醒/${RELEASE} ${batch.id}`;
}

function isReleased(workbook: Workbook, batch: Batch, deliveries: Deliveries): boolean {
  const key = releaseKey(batch);
  const status = workbook.index.notice.get(key)?.cells.status;
  return status === undefined ? deliveries.has(key) : status !== '待签' && status !== '已取消' && status !== '';
}

/** The mail to everybody in the office, and the row that waits for its decision. */
function askOffice(workbook: Workbook, batch: Batch, held: readonly WantedNotice[], today: Day): WantedNotice[] {
  const office = officeNames(workbook);
  const shared = { type: '督导提醒', itemId: '', copy: [], channel: '邮件', clause: 'goLive' } as const;
  return [
    ...office.map((recipient): WantedNotice => ({
      ...shared, key: `督导提醒/首批通知 ${batch.id}/${recipient}`, recipient, needsSignature: false,
      subject: `首批通知待您放行:${batch.items.length} 件事项`, body: letter(workbook, recipient, batchLines(workbook, batch, held), today),
    })),
    {
      ...shared, key: releaseKey(batch), recipient: office.join('、'), needsSignature: true, subject: RELEASE,
      body: `首次登记的 ${batch.items.length} 件事项已放行:此后的通知照常发给承办单位和领导。`,
    },
  ];
}

function batchLines(workbook: Workbook, batch: Batch, held: readonly WantedNotice[]): string[] {
  const known = new Map(batch.items.map((one) => [one.facts.id, one]));
  const isHidden = (id: string): boolean => known.get(id)!.facts.cells.confidentiality === '保密';
  const open = held.filter((notice) => !isHidden(notice.itemId));
  const byRecipient = groupBy(open, ({ recipient }) => recipient);
  const sections = [...byRecipient].sort((a, b) => compareText(a[0], b[0])).flatMap(([recipient, notices]) => section(`${recipient}(${notices.length} 条)`, notices.map((notice) =>
    `【${known.get(notice.itemId)!.light.light}】${notice.subject}${notice.needsSignature ? '(另须签发)' : ''}`)));
  const lapsed = batch.items.filter(({ facts, light }) => light.light === '红' && facts.cells.confidentiality !== '保密' && light.limit !== null && dayOf(light.limit) < facts.toldFrom);
  return [
    `首次登记的 ${batch.items.length} 件事项,${held.length === 0 ? '今天没有要发的通知' : `现在有 ${held.length} 条通知要发给 ${new Set(held.map((notice) => notice.recipient)).size} 人,名单如下`}。在您放行之前,不就这些事项给任何人发信。`, '',
    '## 请您办理',
    `一、核对台账:单位、承办人、时限有错的直接改正,下发前改正不留痕迹。`,
    `二、放行:在「${SHEETS.notices.name}」找到标题为「${RELEASE}」的一行,把「状态」由「待签」改为「待发」,填上「签发人」。发信以放行时的台账为准。`, '',
    ...sections,
    ...(open.length === held.length ? [] : [`另有 ${held.length - open.length} 条涉及保密事项,只发给事项上写明的人,不在此列出。`, '']),
    ...(lapsed.length === 0 ? [] : section(`此前已逾期(${lapsed.length} 件,只亮灯,不催办、不扣分)`, lapsed
      .sort((a, b) => compareText(a.facts.id, b.facts.id)).map(({ facts }) => lapsedLine(facts)))),
  ];
}

/** An item that was late before anybody could be told. */
export function lapsedLine(facts: ItemFacts): string {
  return `【红】${facts.id} ${titleFor(facts)}(${facts.unit},时限 ${facts.current === null ? '' : formatLimit(facts.current)},已超期 ${facts.daysLate ?? 0} 天)`;
}

function section(title: string, lines: readonly string[]): string[] {
  return [`## ${title}`, ...lines.slice(0, LONGEST), ...(lines.length > LONGEST ? [`另有 ${lines.length - LONGEST} 条,见「${SHEETS.items.name}」。`] : []), ''];
}
