import { describe, expect, it } from 'vitest';
import { parseSheet } from '../workbook/parse-sheet.ts';
import type { Cell, OutValue } from '../workbook/cell.ts';
import { ChangeList } from './change-list.ts';

const HEADER = ['事项编号', '督办事项', '提示'];

function planned(held: Cell, desired: string): OutValue | undefined {
  const sheet = parseSheet({
    name: '督办台账', anchor: null, columnAnchors: {},
    rows: [{ ref: 1, cells: HEADER }, { ref: 2, cells: ['DB-1', '事项', held] }],
  }, 'items', {}, []);
  const list = new ChangeList();
  list.want(sheet, sheet.rows[0]!, 'DB-1', 'hint', desired, 'test');
  return list.cells[0]?.after;
}

describe('text that a cell cannot hold as it is', () => {
  it.each([
    ['longer than a cell', '字'.repeat(40_000), `${'字'.repeat(32_766)}…`],
    ['cut between the halves of a character', `${'字'.repeat(32_765)}😀😀`, `${'字'.repeat(32_765)}\uFFFD…`],
    ['with half a character', 'a\uD83D', 'a\uFFFD'],
  ])('%s is planned as it will read back, and not again', (_, desired, kept) => {
    const first = planned(null, desired);
    expect(first).toBe(kept);
    expect(planned(first as string, desired)).toBeUndefined();
  });
  it('leaves what fits alone', () => {
    const text = `${'字'.repeat(32_765)}😀`;
    expect(planned(null, text)).toBe(text);
  });
});
