import type { Moment } from '../calendar/plain-date.ts';
import { sealedSums } from '../plan/seal.ts';
import { RowsByItem, type Lookup } from '../workbook/by-item.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { compareText } from '../workbook/directory.ts';
import { lockedMonths, type PeriodLocks } from './locks.ts';
import { differencesToRanking, unitMonth } from './ranked-sums.ts';
import { round } from './round.ts';
import { countedCoefficient, countedPoints } from './scores.ts';
import type { StandingPoints } from './score-rows.ts';

/** What the rows of 考核计分 of signed months count, against what they counted when 底账 first saw those months signed. */
export interface SignedScores {
  /** For 印 of an item: what its signed months count; '' where none is. */
  sealOf(itemId: string): string;
  /** What brings the sums back to what was signed: a row that was edited afterwards counts for nothing. */
  readonly corrections: readonly StandingPoints[];
  /** One sentence for each sum that differs. */
  readonly notes: readonly string[];
}

interface Sum {
  readonly month: string;
  readonly unit: string;
  readonly points: number;
  readonly coefficient: number;
}

/** What parts a sum in 印 from the next: never in a unit's name there. */
const MARKS = /[|{}:;]/;
const COLON = 58;
const NO_SUMS: readonly Sum[] = [];
const NOTHING: SignedScores = { sealOf: () => '', corrections: [], notes: [] };

/**
 * 确认分值 is people's own and is never put back, but what is signed changes only by dated rows 冲正. So 印 of each item
 * remembers what its signed months count, by unit; a later edit, or a row that is gone, is told until it is put right. Before 印
 * knows a month, and where rows name no item, the unit's sum is held against the signed 排名: what was changed after that was
 * drawn up, and before the run that finds it signed, is not what was signed.
 */
export function signedScores(workbook: Workbook, locks: PeriodLocks): SignedScores {
  if (locks.lockedThrough === null) return NOTHING;
  const isLocked = lockedMonths(locks);
  const counted = countedNow(workbook, isLocked);
  /** Of items whose 印 says something else so far. */
  const renewed = new Map<string, string>();
  const corrections: StandingPoints[] = [];
  const notes: string[] = [];
  const unsealed: { readonly itemId: string; readonly signed: readonly Sum[]; readonly fresh: readonly Sum[] }[] = [];
  let firstSeen: Moment | null = null;
  for (const { cells: { itemId, seal, firstSeen: seen } } of workbook.index.baseline.values()) {
    if (seen !== null && (firstSeen === null || seen < firstSeen)) firstSeen = seen;
    const now = counted.get(itemId) ?? NO_SUMS;
    const remembered = sealedSums(seal);
    // Nearly all items: what is counted is what was signed.
    if (saysJust(remembered, now)) continue;
    const signed = parsedSums(remembered).filter(({ month }) => isLocked(month));
    renewed.set(itemId, '');
    if (now.length === 0 && signed.length === 0) continue;
    const known = new Set(signed.map(({ month }) => month));
    unsealed.push({ itemId, signed, fresh: now.filter(({ month }) => !known.has(month)) });
    for (const key of known.size === 0 ? [] : new Set([...signed, ...now.filter(({ month }) => known.has(month))].map(keyOf))) {
      const was = signed.find((sum) => keyOf(sum) === key);
      const is = now.find((sum) => keyOf(sum) === key);
      const points = round((was?.points ?? 0) - (is?.points ?? 0));
      const coefficient = round((was?.coefficient ?? 0) - (is?.coefficient ?? 0));
      if (points === 0 && coefficient === 0) continue;
      const { month, unit } = (was ?? is)!;
      corrections.push({ month, unit, itemId, points, coefficient, open: false });
      const [before, after] = points === 0 ? [was?.coefficient ?? 0, is?.coefficient ?? 0] : [was?.points ?? 0, is?.points ?? 0];
      notes.push(`${itemId} 的考核计分(${unit},${month})签发时计 ${String(before)},现为 ${String(after)}:改动不作数,请改回;要更正请另起一行冲正`);
    }
  }
  for (const { cells: { itemId } } of workbook.index.items) if (!workbook.index.baseline.has(itemId)) unsealed.push({ itemId, signed: NO_SUMS, fresh: counted.get(itemId) ?? NO_SUMS });
  const disputed = new Set<string>();
  for (const { key, note, correction } of differencesToRanking(workbook, isLocked, firstSeen, corrections)) {
    disputed.add(key);
    corrections.push(correction);
    notes.push(note);
  }
  // A month is remembered as it was when it was first seen signed, and not while its unit counts other than what was ranked.
  for (const { itemId, signed, fresh } of unsealed) {
    renewed.set(itemId, sumsText([...signed, ...(disputed.size === 0 ? fresh : fresh.filter((sum) => !disputed.has(unitMonth(workbook, sum))))]));
  }
  return { sealOf: (itemId) => renewed.get(itemId) ?? sealedSums(workbook.index.baseline.get(itemId)?.cells.seal ?? ''), corrections, notes };
}

/** What signed months count now, by item; sums of nothing are left out. */
function countedNow(workbook: Workbook, isLocked: (month: string) => boolean): Pick<Lookup<readonly Sum[]>, 'get'> {
  const rows = new RowsByItem<ParsedRow<'scores'>>(workbook.index.places);
  for (const row of workbook.sheets.scores.rows) if (row.cells.itemId !== '' && isLocked(row.cells.month)) rows.add(row.cells.itemId, row);
  return { get: (id) => rows.get(id)?.reduce<Sum[]>(added, []).filter(isSomething) };
}

function added(sums: Sum[], { cells }: ParsedRow<'scores'>): Sum[] {
  const { month } = cells;
  const unit = MARKS.test(cells.unit) ? cells.unit.replaceAll(new RegExp(MARKS, 'g'), ' ') : cells.unit;
  const known = sums.findIndex((sum) => sum.month === month && sum.unit === unit);
  const before = sums[known] ?? { points: 0, coefficient: 0 };
  sums[known < 0 ? sums.length : known] = { month, unit, points: round(before.points + countedPoints(cells)), coefficient: round(before.coefficient + countedCoefficient(cells)) };
  return sums;
}

function isSomething({ points, coefficient }: Sum): boolean {
  return points !== 0 || coefficient !== 0;
}

/** Whether `sumsText` of the sums is this text; for one sum, as most items have, without making it. */
function saysJust(text: string, sums: readonly Sum[]): boolean {
  if (sums.length === 0) return text === '';
  if (sums.length > 1) return text === sumsText(sums);
  const { month, unit, points, coefficient } = sums[0]!;
  return text.startsWith(month) && text.charCodeAt(month.length) === COLON && text.startsWith(unit, month.length + 1)
    && text.slice(month.length + 1 + unit.length) === `:${String(points)}:${String(coefficient)}`;
}

function keyOf({ month, unit }: Pick<Sum, 'month' | 'unit'>): string {
  return `${month}/${unit}`;
}

/** `2026-03:征管科:-3:0;2026-04:…` */
function sumsText(sums: readonly Sum[]): string {
  if (sums.length === 0) return '';
  return (sums.length === 1 ? sums : [...sums].sort((a, b) => compareText(keyOf(a), keyOf(b))))
    .map(({ month, unit, points, coefficient }) => `${month}:${unit}:${String(points)}:${String(coefficient)}`).join(';');
}

function parsedSums(text: string): Sum[] {
  return text === '' ? [] : text.split(';').map((part) => {
    const [month = '', unit = '', points, coefficient] = part.split(':');
    return { month, unit, points: Number(points), coefficient: Number(coefficient) };
  });
}
