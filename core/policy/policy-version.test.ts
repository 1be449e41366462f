import { expect, test } from 'vitest';
import { day } from '../calendar/plain-date.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { policyVersion } from './policy-version.ts';

const ROWS = ['2026-03-01', null, '2026-04-01'].map((from) => ({ cells: { effectiveFrom: from === null ? null : day(from) } }));
const WORKBOOK = { policy: { id: 'tax', version: '2024' }, sheets: { parameters: { rows: ROWS } } } as unknown as Workbook;

test.each([['2026-02-28', 'tax@2024'], ['2026-03-01', 'tax@2024.1'], ['2026-03-31', 'tax@2024.1'], ['2026-04-01', 'tax@2024.2']])('the edition in force on %s is %s', (on, version) => {
  expect(policyVersion(WORKBOOK, day(on))).toBe(version);
});
