import { expect, it } from 'vitest';
import { sealOf } from './seal.ts';

it('the same values have the same seal', () => {
  expect(sealOf([1, null, 'a'])).toBe(sealOf([1, null, 'a']));
});

it.each<[(string | number | null)[], (string | number | null)[]]>([
  [[1, 2], [2, 1]], [[1, 2], [12]], [['ab', ''], ['a', 'b']], [[29_459_520], [29_459_521]], [[null, 1], [1, null]], [['a'], ['a', '']],
])('%j and %j have different seals', (a, b) => {
  expect(sealOf(a)).not.toBe(sealOf(b));
});

it('ten thousand neighbouring limits have as many seals', () => {
  expect(new Set(Array.from({ length: 10_000 }, (_, minute) => sealOf([29_459_520 + minute, null]))).size).toBe(10_000);
});
