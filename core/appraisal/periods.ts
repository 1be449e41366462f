import { addDays, civilDate, dayFrom, type Day } from '../calendar/plain-date.ts';

export type PeriodKind = 'month' | 'quarter' | 'year';

/** A month, quarter or year as the contract writes it: `2026-03`, `2026Q1`, `2026`. */
export interface Period {
  readonly id: string;
  readonly kind: PeriodKind;
  readonly first: Day;
  readonly last: Day;
}

/** Reads `2026-03`, `2026Q1` or `2026`; null on anything else. */
export function parsePeriod(text: string): Period | null {
  const match = /^(\d{4})(?:-(0[1-9]|1[0-2])|Q([1-4]))?$/.exec(text.trim());
  if (match === null) return null;
  const year = Number(match[1]);
  if (match[2] !== undefined) return period('month', year, Number(match[2]));
  if (match[3] !== undefined) return period('quarter', year, Number(match[3]) * 3 - 2);
  return period('year', year, 1);
}

export function periodOf(kind: PeriodKind, value: Day): Period {
  const { year, month } = civilDate(value);
  switch (kind) {
    case 'month': return period(kind, year, month);
    case 'quarter': return period(kind, year, Math.floor((month - 1) / 3) * 3 + 1);
    case 'year': return period(kind, year, 1);
  }
}

export function periodBefore(value: Period): Period {
  return periodOf(value.kind, addDays(value.first, -1));
}

/** `2026-03`, for 考核月份. */
export function monthId(value: Day): string {
  const { year, month } = civilDate(value);
  return `${year}-${month < 10 ? '0' : ''}${month}`;
}

/** How people call a period: 2026年3月, 2026年第一季度, 2026年. */
export function periodName(value: Period): string {
  const { year, month } = civilDate(value.first);
  switch (value.kind) {
    case 'month': return `${year}年${month}月`;
    case 'quarter': return `${year}年第${['一', '二', '三', '四'][(month - 1) / 3]!}季度`;
    case 'year': return `${year}年`;
  }
}

function period(kind: PeriodKind, year: number, month: number): Period {
  const length = kind === 'month' ? 1 : kind === 'quarter' ? 3 : 12;
  const first = dayFrom(year, month, 1)!;
  const next = month + length > 12 ? dayFrom(year + 1, 1, 1)! : dayFrom(year, month + length, 1)!;
  const id = kind === 'month' ? monthId(first) : kind === 'quarter' ? `${year}Q${(month + 2) / 3}` : String(year);
  return { id, kind, first, last: addDays(next, -1) };
}
