import { expect, test } from 'vitest';
import { CLAUSES } from '../templates/clauses.ts';
import { readScenarios } from './play-all.ts';

test('no scenario names a clause that is not in the register', () => {
  const known = new Set(Object.values(CLAUSES).flat().map(({ id }) => id));
  const named = readScenarios(import.meta.dirname).flatMap(({ scenarios }) => scenarios).flatMap((scenario) => scenario.条款);
  expect(named.filter((id) => !known.has(id))).toEqual([]);
});
