import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Scenario } from './scenario.ts';

/** Every clause of the two regulations that fixes a limit, a calendar, a reminder, a score or a ranking. */
const MUST_BE_SHOWN = [
  'bus-6', 'bus-10.3', 'bus-11.2a', 'bus-11.3', 'bus-11.4', 'bus-12.1a', 'bus-12.1b', 'bus-12.1c', 'bus-12.1d', 'bus-12.1e', 'bus-12.2',
  'bus-13', 'bus-14.2', 'bus-14.3b', 'bus-14.3c', 'bus-15.2a', 'bus-15.2b', 'bus-15.2c', 'bus-17',
  'tax-3.0', 'tax-3.1a', 'tax-3.1b', 'tax-3.2', 'tax-3.3a', 'tax-3.3b', 'tax-4.2b', 'tax-4.4d', 'tax-4.5a', 'tax-4.5c', 'tax-4.6a',
  'tax-5.0b', 'tax-5.1a', 'tax-5.1b', 'tax-5.1c', 'tax-5.2a', 'tax-5.2b', 'tax-5.2c', 'tax-6',
];
/** Clauses of other kinds that a scenario shows on its way. */
const MAY_BE_SHOWN = [
  'logistics-18a', 'logistics-18b', 'logistics-18c','bus-11.1a', 'bus-11.6', 'bus-11.7', 'tax-4.1', 'tax-4.2c', 'tax-4.3a', 'tax-4.7a'];

const shown = new Set(readdirSync(import.meta.dirname).filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as Scenario[])
  .flatMap((scenario) => scenario.条款));

test('every clause that must be shown is named by a scenario', () => {
  expect(MUST_BE_SHOWN.filter((id) => !shown.has(id))).toEqual([]);
});

test('no scenario names an unknown clause', () => {
  const known = new Set([...MUST_BE_SHOWN, ...MAY_BE_SHOWN]);
  expect([...shown].filter((id) => !known.has(id))).toEqual([]);
});
