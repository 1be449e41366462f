import {
  civilDate, countByUnit, countsFor, dayOf, denominatorOn, formatMoment, groupOf, isOverseer, LIGHTS, missingCalendar, periodBefore, periodName, periodOf, rate,
  type ItemsAt, type Period,
} from '#core';
import type { OverviewView, RatePoint } from './api-types.ts';
import { mineView } from './mine.ts';
import { latestRanking } from './publications.ts';
import { itemLine, seenItems } from './seen-items.ts';

const SHOWN = 12;
const MONTHS = 12;

/** 总览: what a leader reads in a minute, counted over what the person sees; rates over all units or the person's own. */
export function overviewView(at: ItemsAt, viewer: string): OverviewView {
  const known = KNOWN.get(at) ?? new Map<string, OverviewView>();
  KNOWN.set(at, known);
  const view = known.get(viewer) ?? overviewOf(at, viewer);
  known.set(viewer, view);
  return view;
}

/** Every page that is open asks for it again whenever the workbook was saved. */
const KNOWN = new WeakMap<ItemsAt, Map<string, OverviewView>>();

function overviewOf(at: ItemsAt, viewer: string): OverviewView {
  const { workbook, clock } = at;
  const seen = seenItems(at, viewer);
  const lights: Record<string, number> = Object.fromEntries(LIGHTS.map((light) => [light, 0]));
  for (const { light } of seen) lights[light.light]! += 1;
  const red = seen.filter(({ light }) => light.light === '红').sort((a, b) => (b.facts.daysLate ?? 0) - (a.facts.daysLate ?? 0));
  const yellow = seen.filter(({ light }) => light.light === '黄').sort((a, b) => (a.light.daysLeft ?? 0) - (b.light.daysLeft ?? 0));
  const overseer = isOverseer(workbook, viewer);
  const unit = overseer ? null : workbook.directory.person(viewer)?.unit ?? '';
  const trend = rateTrend(at, unit);
  const month = trend.at(-1)!;
  return {
    policy: workbook.policy.name, supervisingUnit: workbook.policy.supervisingUnit, isDrill: workbook.isDrill, isCopy: workbook.isCopy,
    now: formatMoment(clock.now), lastRun: lastRun(at), lights, todo: todo(at, viewer, seen.filter(({ facts }) => facts.status === '待审核' && overseer).length),
    month: { ...month, basis: `${periodName(periodOf('month', clock.today))}截至 ${civilDate(clock.today).date} 日应办 ${month.due} 件,按时 ${month.onTime} 件` },
    lastMonth: trend.at(-2)!, trend, ratesOf: unit ?? '全部单位', ranking: latestRanking(at, viewer),
    overdue: red.slice(0, SHOWN).map(itemLine), overdueCount: red.length, dueSoon: yellow.slice(0, SHOWN).map(itemLine),
    coverage: coverage(at, seen), notes: overseer ? notes(at) : [],
  };
}

/** The last twelve months, the running one up to today. One pass over the items, kept with them. */
function rateTrend(at: ItemsAt, unit: string | null): RatePoint[] {
  const { workbook, clock } = at;
  const running = periodOf('month', clock.today);
  const periods: Period[] = [{ ...running, last: clock.today }];
  for (let period = running; periods.length < MONTHS;) periods.unshift(period = periodBefore(period));
  const counted = COUNTED.get(at) ?? countByUnit([...at.items.values()].map(({ facts }) => facts), periods);
  COUNTED.set(at, counted);
  return periods.map((period, index) => {
    let due = 0;
    let onTime = 0;
    let extended = 0;
    for (const [name, counts] of counted[index]!) {
      if (unit !== null && name !== unit) continue;
      const own = countsFor(counts, denominatorOn(workbook, period));
      due += own.due;
      onTime += own.onTime;
      extended += counts.extended;
    }
    return { period: period.id, rate: rate(onTime, due), due, onTime, extensionRate: rate(extended, due) };
  });
}

const COUNTED = new WeakMap<ItemsAt, ReturnType<typeof countByUnit>>();

function todo(at: ItemsAt, viewer: string, toReview: number): OverviewView['todo'] {
  const mine = mineView(at, viewer);
  const isOffice = at.workbook.policy.officeRoles.some((role) => (at.workbook.directory.person(viewer)?.roles ?? '').split('、').includes(role));
  const waiting = (status: string, sheet: 'notices' | 'bulletins'): number => at.workbook.sheets[sheet].rows.filter(({ cells }) => cells.status === status).length;
  return [
    { label: '我承办的', count: mine.open.length, page: 'mine' },
    { label: '待我审批', count: mine.toDecide.length, page: 'mine' },
    { label: '未读通知', count: mine.unread.length, page: 'mine' },
    ...(toReview > 0 || isOffice ? [{ label: '待审核', count: toReview, page: 'ledger?status=待审核' }] : []),
    ...(isOffice ? [
      { label: '待签通知', count: waiting('待签', 'notices'), page: 'notices?status=待签' },
      { label: '待签发通报', count: waiting('待签发', 'bulletins') + waiting('草稿', 'bulletins'), page: 'bulletins' },
      { label: '待认定计分', count: at.workbook.sheets.scores.rows.filter(({ cells }) => cells.status === '建议' || cells.status === '待认定').length, page: 'scores' },
    ] : []),
  ];
}

function lastRun({ workbook }: ItemsAt): string {
  let latest = null as number | null;
  for (const { cells } of workbook.sheets.runs.rows) if (cells.at !== null && (latest === null || cells.at > latest)) latest = cells.at;
  return latest === null ? '' : formatMoment(latest as Parameters<typeof formatMoment>[0]);
}

function coverage({ workbook, clock }: ItemsAt, seen: readonly { readonly facts: { readonly provisional: boolean; readonly status: Parameters<typeof groupOf>[0] } }[]): string {
  const missing = missingCalendar(workbook.calendar, dayOf(clock.now));
  const provisional = seen.filter(({ facts }) => facts.provisional && groupOf(facts.status) !== 'done').length;
  return missing === '' ? '' : `${missing},${provisional} 件时限暂定`;
}

/** What 首页 of the workbook says needs doing, as the last run wrote it. */
function notes({ workbook }: ItemsAt): string[] {
  const told = workbook.home?.['notes'];
  return typeof told === 'string' && told !== '' ? told.split('；') : [];
}
