import { expect, it } from 'vitest';
import { day } from '../calendar/plain-date.ts';
import { assignIds } from './ids.ts';

it.each([
  ['the first of a year is 001', [], ['DB-2026-001', 'DB-2026-002']],
  ['after the largest, never into a gap', ['DB-2026-007', 'DB-2026-002'], ['DB-2026-008', 'DB-2026-009']],
  ['other years, prefixes and numbers of people do not count', ['DB-2025-099', 'SQ-2026-050', 'DB-2026-A9', '自编7'], ['DB-2026-001', 'DB-2026-002']],
  ['beyond 999 the number grows', ['DB-2026-999'], ['DB-2026-1000', 'DB-2026-1001']],
])('%s', (_name, used, expected) => {
  expect([...assignIds('DB', used, [5, 9], day('2026-03-02')).values()]).toEqual(expected);
});
