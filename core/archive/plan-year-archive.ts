import { periodLocks, type PeriodLocks } from '../appraisal/locks.ts';
import { parsePeriod, periodOf } from '../appraisal/periods.ts';
import { dayOf, formatDay, yearOf, type Day } from '../calendar/plain-date.ts';
import { countedSince } from '../inspections/cadence.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { groupOf } from '../lifecycle/status-groups.ts';
import { titleFor } from '../notices/recipients.ts';
import { chainBreaks, isPurgedLater, lastThrough, linkBefore, type ChainHead } from '../plan/history-chain.ts';
import type { RunPlan } from '../plan/plan-run.ts';
import { compareText } from '../workbook/directory.ts';
import type { SheetKey } from '../workbook/columns.ts';
import { groupBy } from '../workbook/group-by.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { RowRef } from '../workbook/snapshot.ts';

export type RowsBySheet = ReadonlyMap<SheetKey, ReadonlySet<RowRef>>;

/** What goes into the archive of one year. */
export interface YearArchive {
  readonly year: number;
  /** The items with what hangs below them, by number. */
  readonly items: readonly { readonly id: string; readonly title: string; readonly unit: string; readonly closedOn: Day; readonly records: number }[];
  /** Rows that leave the workbook. */
  readonly leaving: RowsBySheet;
  /** Rows that the archive holds of the sheets about items and runs: those that leave, and copies of what stays. */
  readonly archived: RowsBySheet;
  /** The last row of 流转记录 that leaves; null where none does. */
  readonly last: ChainHead | null;
}

export interface ArchivePlan {
  readonly years: readonly YearArchive[];
  /** Archived items of locked years that stay, and why. */
  readonly waiting: readonly { readonly id: string; readonly title: string; readonly why: string }[];
  readonly notes: readonly string[];
}

/** Sheets whose rows about an item leave with it. */
const LEAVE = ['items', 'requests', 'feedback', 'inspections', 'notices'] as const satisfies readonly SheetKey[];
/** Sheets whose rows about an item stay, because what was signed rests on them, or numbers do: the archive has copies. */
const STAY = ['scores', 'sanctions', 'archives', 'baseline'] as const satisfies readonly SheetKey[];
/** Sheets of which the archive holds nothing but its own rows. */
export const ARCHIVED_SHEETS: readonly SheetKey[] = [...LEAVE, ...STAY, 'history', 'runs'];

/**
 * Which items of years that are over and locked can leave the workbook (contract: closed items, their notices and history move to yearly archives
 * after the year is locked): those that are 已归档, with all that hangs below them, and of which nothing is open and nothing
 * counts in a year that is not locked. With the first of a year go its digests, its rows of 流转记录, whole up to the end of the
 * year so that the chain has one seam, and those of 运行记录. `plan` is what a run would do now: an item that it would touch waits.
 * Needs every row of every sheet.
 */
export function planYearArchive(workbook: Workbook, plan: RunPlan, year: number | null): ArchivePlan {
  const locks = periodLocks(workbook, plan.clock.today);
  const families = familiesOf(workbook, plan.items.map(({ facts }) => facts));
  const records = recordsOf(workbook);
  const hindrance = hindrances(workbook, plan, records, locks);
  const waiting: { id: string; title: string; why: string }[] = [];
  const byYear = new Map<number, ItemFacts[][]>();
  for (const family of families) {
    const root = family[0]!;
    if (root.status !== '已归档' || root.closedAt === null) continue;
    const closedIn = yearOf(dayOf(root.closedAt));
    if (closedIn >= yearOf(plan.clock.today) || !isLockedYear(locks, root.closedAt) || (year !== null && closedIn !== year)) continue;
    const why = hindrance(family);
    if (why !== null) waiting.push({ id: root.id, title: titleFor(root), why });
    else if (byYear.has(closedIn)) byYear.get(closedIn)!.push(family);
    else byYear.set(closedIn, [family]);
  }
  const isChainWhole = byYear.size === 0 || chainBreaks(workbook).length === 0;
  const taken = new Set<RowRef>();
  const years = [...byYear].sort(([a], [b]) => a - b).map(([ofYear, own]) => yearArchive(workbook, ofYear, own, records, isChainWhole, taken));
  const notes: string[] = [];
  if (!isChainWhole) notes.push('流转记录的链不完整(请用 duban verify 查看),流转记录和运行记录没有移出');
  else if (years.some(({ last }) => last === null)) notes.push('流转记录没有可移出的行,或有事项后来清除过,留到下一年一并移出');
  return { years, waiting: waiting.sort((a, b) => compareText(a.id, b.id)), notes };
}

/** Items with all that hangs below them, the root first; what is its own ancestor is in none. */
function familiesOf(workbook: Workbook, items: readonly ItemFacts[]): ItemFacts[][] {
  const facts = new Map(items.map((item) => [item.id, item]));
  const { childrenOf, inCycle } = workbook.index;
  const below = (item: ItemFacts): ItemFacts[] => [item, ...(childrenOf.get(item.id) ?? []).flatMap(({ cells }) => {
    const child = facts.get(cells.itemId);
    return child === undefined || inCycle.has(child.id) ? [] : below(child);
  })];
  return items.filter(({ id, cells }) => !inCycle.has(id) && !facts.has(cells.parentId)).map(below);
}

type Recorded = (typeof LEAVE)[number] | (typeof STAY)[number];
/** Rows by the item that they are about. */
type Records = { readonly [K in Recorded]: ReadonlyMap<string, readonly ParsedRow<K>[]> };

function recordsOf({ sheets }: Workbook): Records {
  const byItem = <R extends { readonly cells: { readonly itemId: string } }>({ rows }: { readonly rows: readonly R[] }): Map<string, R[]> => groupBy(rows, ({ cells }) => cells.itemId);
  return {
    items: byItem(sheets.items), requests: byItem(sheets.requests), feedback: byItem(sheets.feedback), inspections: byItem(sheets.inspections),
    notices: byItem(sheets.notices), scores: byItem(sheets.scores), sanctions: byItem(sheets.sanctions), archives: byItem(sheets.archives), baseline: byItem(sheets.baseline),
  };
}

function refsOf(records: Records, key: Recorded, itemId: string): RowRef[] {
  const rows: readonly { readonly ref: RowRef }[] = records[key].get(itemId) ?? [];
  return rows.map(({ ref }) => ref);
}

function yearArchive(workbook: Workbook, year: number, families: readonly ItemFacts[][], records: Records, isChainWhole: boolean, taken: Set<RowRef>): YearArchive {
  const members = families.flat().sort((a, b) => compareText(a.id, b.id));
  const through = periodOf('year', dayOf(families[0]![0]!.closedAt!)).last;
  const rowsOf = (key: Recorded): Set<RowRef> => new Set(members.flatMap(({ id }) => refsOf(records, key, id)));
  const leaving = new Map<SheetKey, Set<RowRef>>(LEAVE.map((key) => [key, rowsOf(key)]));
  for (const ref of digestsThrough(workbook, through)) leaving.get('notices')!.add(ref);
  const found = isChainWhole ? lastThrough(workbook, through) : null;
  const last = found === null || isPurgedLater(workbook, found.seq) ? null : found;
  leaving.set('history', new Set(last === null ? [] : workbook.sheets.history.rows.filter(({ cells }) => cells.seq !== null && cells.seq <= last.seq).map(({ ref }) => ref)));
  leaving.set('runs', last === null ? new Set() : runsThrough(workbook, through, last));
  for (const rows of [leaving.get('history')!, leaving.get('runs')!]) for (const ref of rows) if (taken.has(ref)) rows.delete(ref);
  return {
    year, leaving, last: leaving.get('history')!.size === 0 ? null : last,
    archived: new Map<SheetKey, ReadonlySet<RowRef>>([...leaving, ...STAY.map((key): [SheetKey, Set<RowRef>] => [key, rowsOf(key)])]),
    items: members.map((item) => ({
      id: item.id, title: titleFor(item), unit: item.unit, closedOn: dayOf(item.closedAt ?? item.statusAt),
      records: LEAVE.reduce((sum, key) => sum + (key === 'items' ? 0 : refsOf(records, key, item.id).length), 0),
    })),
  };
}

/** Digests of the year and before that were sent, and of which no member waits any more. */
function digestsThrough(workbook: Workbook, through: Day): RowRef[] {
  const rows = workbook.sheets.notices.rows.filter(({ cells }) => cells.plannedOn !== null && cells.plannedOn <= through);
  const dayAndReader = ({ plannedOn, recipient }: { plannedOn: Day | null; recipient: string }): string => `${String(plannedOn)}/${recipient}`;
  const waits = new Set(rows.filter(({ cells }) => cells.channel === '摘要' && cells.status !== '已发' && cells.status !== '已取消').map(({ cells }) => dayAndReader(cells)));
  return rows.filter(({ cells }) => cells.type === '每日摘要' && (cells.status === '已发' || cells.status === '已取消') && !waits.has(dayAndReader(cells))).map(({ ref }) => ref);
}

/** Runs of the year and before whose published heads leave with 流转记录; the last run of all stays, by it lost writes are found. */
function runsThrough(workbook: Workbook, through: Day, last: ChainHead): Set<RowRef> {
  const links = new Set(['', linkBefore(workbook), ...workbook.sheets.history.rows.filter(({ cells }) => cells.seq !== null && cells.seq <= last.seq).map(({ cells }) => cells.chain)]);
  return new Set(workbook.sheets.runs.rows.slice(0, -1).filter(({ cells }) => cells.at !== null && dayOf(cells.at) <= through && links.has(cells.chainHead)).map(({ ref }) => ref));
}

/** Why a family can't leave yet, in a sentence; null where it can. */
function hindrances(workbook: Workbook, plan: RunPlan, records: Records, locks: PeriodLocks): (family: readonly ItemFacts[]) => string | null {
  const touched = touchedRows(plan);
  const newest = newestNumbers(workbook, plan.clock.today);
  const inspectedSince = countedSince(workbook, plan.clock.today);
  const ofOne = (item: ItemFacts): string | null => {
    const { id } = item;
    const group = groupOf(item.status);
    if (group !== 'done' && group !== 'void') return `下级事项 ${id} 还没有办结`;
    const open = lastDays(item).find((moment) => !isLockedYear(locks, moment));
    if (open !== undefined) return `${yearOf(dayOf(open))} 年还要计入它(时限、下发或上报在该年),该年锁定后归档`;
    if (item.requests.some(({ outcome }) => outcome === '审批中')) return `${id} 还有审批中的申请`;
    if ((records.scores.get(id) ?? []).some(({ cells: { status, month } }) => (status !== '生效' && status !== '撤销') || !isLockedMonth(locks, month))) return `${id} 的考核计分还有未确认的,或其月份没有锁定`;
    if ((records.sanctions.get(id) ?? []).some(({ cells: { status } }) => status !== '已执行' && status !== '撤销')) return `${id} 的问责处理还没有执行完`;
    if ((records.notices.get(id) ?? []).some(({ cells: { status } }) => status === '待签' || status === '待发' || status === '发送中')) return `${id} 还有没发出的通知`;
    if (inspectedSince !== null && (dayOf(item.closedAt ?? item.statusAt) >= inspectedSince || (records.inspections.get(id) ?? []).some(({ cells: { date } }) => date !== null && date >= inspectedSince))) {
      return `督查次数还要从 ${formatDay(inspectedSince)} 起计到它`;
    }
    const number = ['requests', 'feedback', 'inspections'].flatMap((key) => newest.get(key as SheetKey)?.get(id) ?? [])[0];
    if (number !== undefined) return `${number} 是今年最后一个编号,再有新的编号后归档,以免重号`;
    return [...LEAVE, ...STAY].some((key) => refsOf(records, key, id).some((ref) => touched.has(`${key}/${String(ref)}`))) || touched.has(`append/${id}`)
      ? `${id} 还有下次巡检要写的内容:请先运行 duban run` : null;
  };
  return (family) => {
    for (const item of family) {
      const why = ofOne(item);
      if (why !== null) return why;
    }
    return null;
  };
}

/** Every moment by which an item counts in a period. */
function lastDays({ issuedAt, signedAt, original, current, chase, assessed, submittedAt, closedAt }: ItemFacts): (NonNullable<ItemFacts['closedAt']>)[] {
  return [issuedAt, signedAt, original, current, chase, assessed, submittedAt, closedAt].filter((moment) => moment !== null);
}

function isLockedYear(locks: PeriodLocks, moment: NonNullable<ItemFacts['closedAt']>): boolean {
  return locks.isLocked(periodOf('year', dayOf(moment)));
}

function isLockedMonth(locks: PeriodLocks, month: string): boolean {
  const period = parsePeriod(month);
  return period !== null && locks.isLocked(period);
}

/** Rows and items that a run would write to now. */
function touchedRows({ changes }: RunPlan): Set<string> {
  return new Set(changes.flatMap((change) => {
    if (change.kind === 'cell') return [`${change.sheet}/${String(change.row.ref)}`];
    const itemId = change.kind === 'append' && change.sheet !== 'history' ? change.values['itemId'] : undefined;
    return typeof itemId === 'string' ? [`append/${itemId}`] : [];
  }));
}

/** The records that bear the largest number of a running year, by sheet and item: without them it would be given again. */
function newestNumbers(workbook: Workbook, today: Day): Map<SheetKey, Map<string, string>> {
  const { requests, feedback, inspections } = workbook.sheets;
  const lists: [SheetKey, { id: string; itemId: string }[]][] = [
    ['requests', requests.rows.map(({ cells }) => ({ id: cells.requestId, itemId: cells.itemId }))],
    ['feedback', feedback.rows.map(({ cells }) => ({ id: cells.feedbackId, itemId: cells.itemId }))],
    ['inspections', inspections.rows.map(({ cells }) => ({ id: cells.inspectionId, itemId: cells.itemId }))],
  ];
  return new Map(lists.map(([key, rows]) => {
    const last = new Map<string, { number: number; id: string; itemId: string }>();
    for (const { id, itemId } of rows) {
      const [, head, year, number] = /^(.*-(\d{4})-)(\d+)$/.exec(id) ?? [];
      if (head === undefined || Number(year) < yearOf(today) || Number(number) <= (last.get(head)?.number ?? 0)) continue;
      last.set(head, { number: Number(number), id, itemId });
    }
    return [key, new Map([...last.values()].map(({ id, itemId }) => [itemId, id]))];
  }));
}
