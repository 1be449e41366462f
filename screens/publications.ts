import { compareText, isOffice, isOverseer, parsePeriod, periodLocks, round, SETTLING, showCell, signBulletin, signsNotices, type CellsOf, type ItemsAt, type Workbook } from '#core';
import type { BulletinsView, NoticesView, OverviewView, RankingsView, ScoresView } from './api-types.ts';
import { isAddressed, noticeView, scoreViews } from './records.ts';
import { fullItem } from './seen-items.ts';

const MOST_NOTICES = 300;

/** 排名 of a period, the latest where none is named. Drafts are the office's and the leaders'; units read what is signed. */
export function rankingsView(at: ItemsAt, viewer: string, asked: string): RankingsView {
  const { workbook, clock } = at;
  const locks = periodLocks(workbook, clock.today);
  const settled = (id: string): boolean => {
    const period = parsePeriod(id);
    return period !== null && locks.isLocked(period);
  };
  const overseer = isOverseer(workbook, viewer);
  const rows = workbook.sheets.rankings.rows.map(({ cells }) => cells).filter(({ period }) => overseer || settled(period));
  const periods = [...new Set(rows.map(({ period }) => period))].sort((a, b) => (parsePeriod(b)?.last ?? 0) - (parsePeriod(a)?.last ?? 0) || compareText(b, a));
  const period = periods.includes(asked) ? asked : periods[0] ?? '';
  return {
    period, periods, settled: settled(period),
    rows: rows.filter((row) => row.period === period).map((row) => ({
      group: row.group, rank: row.rank, unit: row.unit, due: row.dueCount ?? 0, onTime: row.onTimeCount ?? 0, rate: row.rate, extensionRate: row.extensionRate,
      returned: row.returnCount ?? 0, points: row.points ?? 0, coefficient: row.coefficient === null ? '' : String(row.coefficient), excellent: row.excellentEligible,
    })),
  };
}

export function latestRanking(at: ItemsAt, viewer: string): OverviewView['ranking'] {
  const { period, rows } = rankingsView(at, viewer, '');
  return { period, rows: rows.map(({ group, unit, rank, rate }) => ({ group, unit, rank, rate })) };
}

/** 考核 of a month: all for who looks over, a unit's and a person's own for others. */
export function scoresView(at: ItemsAt, viewer: string, asked: string): ScoresView {
  const { workbook } = at;
  const overseer = isOverseer(workbook, viewer);
  const unit = workbook.directory.person(viewer)?.unit ?? '';
  const seen = workbook.sheets.scores.rows.filter(({ cells }) => (overseer || cells.person === viewer || (unit !== '' && cells.unit === unit)) && hidesNothing(at, cells, viewer));
  const months = [...new Set(seen.map(({ cells }) => cells.month))].filter((month) => month !== '').sort().reverse();
  const month = months.includes(asked) ? asked : months[0] ?? '';
  const rows = scoreViews(at, viewer, seen.filter(({ cells }) => cells.month === month)).sort((a, b) => compareText(a.unit, b.unit) || compareText(a.id, b.id));
  const sum = (own: readonly { readonly counts: number }[]): number => round(own.reduce((total, { counts }) => total + counts, 0));
  return { month, months, rows, total: sum(rows), automatic: sum(rows.filter(({ origin }) => origin !== '手动')), manual: sum(rows.filter(({ origin }) => origin === '手动')) };
}

/** A row about a confidential item shows only to whom the item does. */
function hidesNothing(at: ItemsAt, { itemId }: CellsOf<'scores'>, viewer: string): boolean {
  const item = itemId === '' ? undefined : at.items.get(itemId);
  return item?.facts.cells.confidentiality !== '保密' || fullItem(at, itemId, viewer) !== null;
}

/** 通报: drafts are the office's and the leaders', what is signed everybody's. */
export function bulletinsView({ workbook, clock }: ItemsAt, viewer: string): BulletinsView {
  const overseer = isOverseer(workbook, viewer);
  const isOpen = (status: string): boolean => status !== '已签发' && status !== '已发送';
  const rows = workbook.sheets.bulletins.rows.map(({ cells }) => cells).filter(({ status }) => overseer || status === '已签发' || status === '已发送');
  const entries = workbook.sheets.bulletinEntries.rows.map(({ cells }) => cells);
  return { rows: rows.map((row) => ({
    id: row.bulletinId, period: row.period, type: row.type, form: row.form, status: row.status, signer: row.signer, publishedAt: showCell('moment', row.publishedAt), due: showCell('limit', row.due),
    subject: row.subject, body: row.body, fingerprint: row.fingerprint, warning: isOpen(row.status) ? unsettledIn(workbook, row) : '',
    acts: {
      draft: row.bulletinId !== '' && isOpen(row.status) && isOffice(workbook, viewer),
      sign: isOpen(row.status) && signBulletin(workbook, { bulletinId: row.bulletinId, by: viewer, seen: row.body }, clock.now).kind === 'done',
    },
    entries: row.bulletinId === '' ? [] : entries.filter(({ bulletinId }) => bulletinId === row.bulletinId).map(({ unit, person, verdict, matter }) => ({ unit, person, verdict, matter })),
  })).reverse() };
}

/** Scores of a bulletin's period that nobody confirmed yet: signing locks them as they are. */
function unsettledIn({ sheets }: Workbook, { period: id, type }: CellsOf<'bulletins'>): string {
  const period = SETTLING.includes(type) ? parsePeriod(id) : null;
  if (period === null) return '';
  const open = sheets.scores.rows.filter(({ cells }) => (cells.status === '建议' || cells.status === '待认定' || cells.status === '申诉中') && (parsePeriod(cells.month)?.last ?? Infinity) <= period.last).length;
  return open === 0 ? '' : `还有 ${open} 笔计分没有确认或在申诉中:签发后锁定,不再计入`;
}

/** 通知: the office sees that all were sent, everybody reads his own. A notice about an item shows to whom the item does. */
export function noticesView(at: ItemsAt, viewer: string, status: string): NoticesView {
  const { workbook } = at;
  const office = isOffice(workbook, viewer);
  const signs = signsNotices(workbook, viewer);
  const seen = workbook.sheets.notices.rows.map(({ cells }) => cells).filter((cells) => (status === '' || cells.status === status)
    && (isAddressed(cells, viewer) || ((office || (cells.status === '待签' && signs)) && (cells.itemId === '' || fullItem(at, cells.itemId, viewer) !== null))));
  seen.sort((a, b) => (b.sentAt ?? (b.plannedOn ?? 0) * 1440) - (a.sentAt ?? (a.plannedOn ?? 0) * 1440) || compareText(a.noticeId, b.noticeId));
  return { total: seen.length, rows: seen.slice(0, MOST_NOTICES).map((cells) => noticeView(at, cells, viewer)) };
}
