import type { Stored } from './stored-cell.ts';
import { DateSerial, resultOf } from './stored-cell.ts';

/** Sheets' order: numbers and dates, then text, then booleans; blanks last in either direction. */
export function compareForSort(a: Stored, b: Stored, ascending: boolean): number {
  const [left, right] = [keyOf(a), keyOf(b)];
  if (left.rank === BLANK || right.rank === BLANK) return left.rank - right.rank;
  const difference = left.rank - right.rank || (left.value < right.value ? -1 : left.value > right.value ? 1 : 0);
  return ascending ? difference : -difference;
}

const BLANK = 3;

function keyOf(stored: Stored): { rank: number; value: number | string } {
  const value = resultOf(stored);
  if (value === null) return { rank: BLANK, value: 0 };
  if (value instanceof DateSerial) return { rank: 0, value: value.serial };
  if (typeof value === 'number') return { rank: 0, value };
  return typeof value === 'string' ? { rank: 1, value } : { rank: 2, value: Number(value) };
}
