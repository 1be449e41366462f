import { describe, expect, it } from 'vitest';
import { columnsOf } from '#core';
import { placeOf, rowsOf } from './office.ts';
import type { Sim } from './fake/sim.ts';
import { smallOffice } from './small-office.ts';

const LEDGER = '督办台账';

function opened(): Sim {
  const sim = smallOffice();
  sim.call('runNow');
  return sim;
}

const notes = (sim: Sim): string => String(sim.spreadsheet.value('首页', 'B25'));

function writesNothing(sim: Sim): void {
  sim.resetCalls();
  sim.call('runNow');
  expect(sim.calls.get('Sheets.Spreadsheets.batchUpdate') ?? 0).toBe(0);
}

describe('what people do to the table by mistake', () => {
  it('a deleted column of automation\'s comes back at the right, even where the grid ends, and 首页 tells', () => {
    const sim = opened();
    const sheet = sim.spreadsheet.sheet(LEDGER);
    const before = rowsOf(sim, 'items').map((row) => [row['light'], row['deadlineCurrent']]);
    sim.deleteColumn(LEDGER, placeOf('items', 'deadlineCurrent') + 1);
    sim.deleteColumn(LEDGER, placeOf('items', 'light') + 1);
    const width = sheet.maxColumns;
    sim.call('runNow');
    expect(sheet.maxColumns).toBe(width + 2);
    expect(sim.spreadsheet.grid(LEDGER)[0]!.slice(width)).toEqual(['灯号', '现行时限']);
    expect(rowsOf(sim, 'items').map((row) => [row['light'], row['deadlineCurrent']])).toEqual(before);
    expect(notes(sim)).toContain('「灯号」列不见了,程序已在末尾重建');
    writesNothing(sim);
  });

  it('a column that came back is known as well as any other: people may rename it and move it', () => {
    const sim = opened();
    const sheet = sim.spreadsheet.sheet(LEDGER);
    const before = rowsOf(sim, 'items').map((row) => row['light']);
    sim.deleteColumn(LEDGER, placeOf('items', 'light') + 1);
    sim.call('runNow');
    const place = sim.spreadsheet.grid(LEDGER)[0]!.indexOf('灯号') + 1;
    sheet.write(1, place, '亮灯');
    sheet.insertColumns(1, 1, 'before');
    writesNothing(sim);
    expect(sim.spreadsheet.grid(LEDGER)[0]).not.toContain('灯号');
    expect(sim.spreadsheet.cells(LEDGER).slice(1).map((row) => row[place] ?? '')).toEqual(before);
  });

  it('a column that people moved is written where it is now', () => {
    const sim = opened();
    const sheet = sim.spreadsheet.sheet(LEDGER);
    const [from, to] = [placeOf('items', 'hint') + 1, sheet.maxColumns + 1];
    sheet.insertColumns(to, 1, 'before');
    for (let row = 1; row <= sheet.lastRow(); row += 1) sheet.write(row, to, sheet.read(row, from));
    sim.deleteColumn(LEDGER, from);
    sim.call('runNow');
    expect(sim.spreadsheet.grid(LEDGER)[0]).toHaveLength(to - 1);
    writesNothing(sim);
  });

  it('a value of automation\'s that people wrote over is put back and told until the next working day is over', () => {
    const sim = opened();
    sim.spreadsheet.sheet(LEDGER).write(2, placeOf('items', 'deadlineCurrent') + 1, 46_200);
    sim.call('runNow');
    expect(notes(sim)).toContain('「现行时限」被改动,程序已恢复');
    writesNothing(sim);
    sim.moveTo('2026-03-03T09:05:00+08:00');
    sim.call('runNow');
    expect(notes(sim)).toContain('程序已恢复');
    sim.moveTo('2026-03-04T09:05:00+08:00');
    sim.call('runNow');
    expect(notes(sim)).not.toContain('程序已恢复');
  });

  it('a merge over automation\'s cells is hinted, and nothing is written under it', () => {
    const sim = opened();
    const hint = columnsOf('items').find(({ key }) => key === 'hint')!;
    const sheet = sim.spreadsheet.sheet(LEDGER);
    sheet.merge({ row: 2, rows: 2, column: placeOf('items', 'light') + 1, columns: 1 });
    sim.moveTo('2026-03-03T09:05:00+08:00');
    sim.call('runNow');
    expect(String(sim.spreadsheet.value(LEDGER, `${String.fromCharCode(65 + placeOf('items', hint.key))}3`))).toContain('合并');
    expect(sim.ui.alerts.at(-1)!.text).not.toContain('刚被人改动');
    writesNothing(sim);
  });
});
