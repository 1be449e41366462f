import type { Moment } from '../calendar/plain-date.ts';
import { readLimit } from '../workbook/read-date.ts';
import type { RequestState } from './requests.ts';

const LIMIT_FIELDS = ['要求时限', '批示时限', '原定时限'];

/** What the latest approved 更正 says that one of the fields should read; null where none does. */
function correctedTo(requests: readonly RequestState[], fields: readonly string[]): string | null {
  const found = requests.filter(({ outcome, row }) => outcome === '已批准' && row.cells.type === '更正' && fields.includes(row.cells.correctedField));
  return found.at(-1)?.row.cells.correctedTo || null;
}

/** The limit that was meant when a wrong one was issued: it takes the place of 原定时限 and counts neither as 延期 nor 退办. */
export function correctedLimit(requests: readonly RequestState[]): Moment | null {
  const text = correctedTo(requests, LIMIT_FIELDS);
  return text === null ? null : readLimit(text);
}

/** The unit that was meant when another was named. */
export function correctedUnit(requests: readonly RequestState[]): string | null {
  return correctedTo(requests, ['牵头单位']);
}
