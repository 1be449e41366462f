import { expect, it } from 'vitest';
import { FIELD_TYPE } from './field-types.ts';
import { OwnWrites } from './own-writes.ts';

const FIELD = { id: 'fld1', name: '提示', type: FIELD_TYPE.text, property: null, description: '' };
const AFTER = new Map([['fld1', '"甲"']]);

it('what was written longest ago is forgotten first, and no note looks at all the others', () => {
  const own = new OwnWrites(() => 0);
  const note = (record: number): void => { own.note('tbl', `rec${record}`, [FIELD], { 提示: '甲' }); };
  const isKnown = (record: number): boolean => own.isEcho('tbl', `rec${record}`, AFTER);
  for (let record = 0; record < 50_000; record += 1) note(record);
  note(0);
  // A note that sweeps what it holds would take a minute over these.
  for (let record = 50_000; record < 80_000; record += 1) note(record);
  expect([0, 1, 29_999, 30_000, 30_001, 79_999].map(isKnown)).toEqual([true, false, false, false, true, true]);
});

it('a read is behind that misses what was made within half a minute, unless it was taken out again', () => {
  let now = 0;
  const own = new OwnWrites(() => now);
  own.noteMade('tbl', ['rec1', 'rec2', 'rec3']);
  const behind = (found: string[], read: 'whole' | 'end' = 'whole'): boolean => own.isBehind('tbl', new Set(found), read);
  expect([behind(['rec1', 'rec2']), behind(['rec1', 'rec2', 'rec3']), behind(['rec3'], 'end'), behind(['rec1'], 'end'), own.isBehind('other', new Set(), 'whole')]).toEqual([true, false, false, true, false]);
  own.noteGone('tbl', ['rec3']);
  expect(behind(['rec1', 'rec2'])).toBe(false);
  now = 30_001;
  expect(behind([])).toBe(false);
});

it('is forgotten after ten minutes, when the value may be a person\'s', () => {
  let now = 0;
  const own = new OwnWrites(() => now);
  own.note('tbl', 'rec1', [FIELD], { 提示: '甲' });
  now = 600_000;
  expect(own.isEcho('tbl', 'rec1', AFTER)).toBe(true);
  now = 600_001;
  expect(own.isEcho('tbl', 'rec1', AFTER)).toBe(false);
});
