import { describe, expect, test } from 'vitest';
import type { Cell } from '#core';
import { createRowFitter, heightFor, shownTexts } from './row-heights.ts';

const HEAD = '<sheetFormatPr defaultRowHeight="20"/><cols><col min="1" max="1" width="21"/><col min="2" max="3" width="11" hidden="1"/><col min="5" max="16384" width="31"/></cols>';
const fitter = (letters: number[] = []) => createRowFitter(HEAD, '<row'.length, new Set(letters));
const long = '督'.repeat(25);

describe('the height of a row', () => {
  test.each([
    ['nothing to show', [], { points: 20, cut: false }],
    ['one line', [{ column: 0, text: '督办事项督办事项督办' }], { points: 20, cut: false }],
    ['one Chinese sign more than a line holds', [{ column: 0, text: '督办事项督办事项督办事' }], { points: 36, cut: false }],
    ['letters are half as wide', [{ column: 0, text: 'abcdefghijklmnopqrst' }], { points: 20, cut: false }],
    ['line breaks count, blank lines too', [{ column: 0, text: '甲\n\n乙' }], { points: 51, cut: false }],
    ['the highest text decides', [{ column: 0, text: '甲' }, { column: 1, text: '甲\n乙' }], { points: 36, cut: false }],
    ['a text longer than eight lines is cut', [{ column: 0, text: '甲\n'.repeat(9) }], { points: 126, cut: true }],
    ['a letter is cut after four', [{ column: 2, text: '您好\n\n请办理\n此致\n敬礼' }], { points: 66, cut: true }],
    ['a hidden column needs no room', [{ column: 3, text: '甲\n乙\n丙' }], { points: 20, cut: false }],
  ])('%s', (_, texts, height) => {
    expect(heightFor(texts, (column) => (column === 3 ? 0 : 21), new Set([2]))).toEqual(height);
  });
});

describe('rows of a file', () => {
  test.each([
    ['a column of its own width', 0, ' ht="51"'],
    ['a hidden column', 2, ' ht="20"'],
    ['a column of which the sheet says nothing', 3, ' ht="111"'],
    ['a column far right', 40, ' ht="36"'],
    ['a column of letters', 1000, ' ht="36"'],
  ])('a new row by %s', (_, column, attributes) => {
    expect(fitter([1000]).attributes([{ column, text: long }])).toBe(attributes);
  });

  test('a text that finds no room is cut off, not painted over its neighbours', () => {
    expect(fitter().attributes([{ column: 0, text: '甲\n'.repeat(20) }])).toBe(' ht="126" customHeight="1"');
  });

  test.each([
    ['a low row stays low', '<row r="2"', 'a', false],
    ['a low row grows', '<row r="2"', long, true],
    ['a high row may shrink', '<row r="2" ht="51"', 'a', true],
    ['a height set by hand stays', '<row r="2" ht="20" customHeight="1"', long, false],
    ['so does one of LibreOffice', "<row r='2' ht='20' customHeight='true'", long, false],
  ])('%s', (_, tag, text, expected) => {
    expect(fitter().mayChange(tag, [{ column: 0, text }])).toBe(expected);
  });

  test.each([
    ['the height is put in', '<row r="2" spans="1:3"', '<row ht="51" r="2" spans="1:3"'],
    ['the height is replaced', '<row r="2" ht="21.75" spans="1:3"', '<row r="2" ht="51" spans="1:3"'],
  ])('%s', (_, tag, expected) => {
    const { from, to, text } = fitter().heightInTag(tag, [{ column: 0, text: long }]);
    expect(tag.slice(0, from) + text + tag.slice(to)).toBe(expected);
  });

  test('only texts of wrapping columns count, a formula by its result', () => {
    const cells: [number, Cell][] = [[0, 'a'], [1, 'b'], [2, 3], [3, { formula: 'X', value: 'd' }]];
    expect(shownTexts(cells, (column) => column !== 1)).toEqual([{ column: 0, text: 'a' }, { column: 3, text: 'd' }]);
  });
});
