import { describe, expect, it } from 'vitest';
import { COLOURS, columnsOf, HOME_KEYS, SHEET_KEYS, SHEETS, type PolicyId, type Sheet } from '#core';
import { POLICIES } from '#policies';
import type { Sim } from './fake/sim.ts';
import { addRows, office, placeOf, rowsOf } from './office.ts';
import { smallOffice } from './small-office.ts';

const letter = (key: Parameters<typeof placeOf>[0], column: string): string => {
  const place = placeOf(key, column);
  return (place >= 26 ? String.fromCharCode(64 + Math.floor(place / 26)) : '') + String.fromCharCode(65 + place % 26);
};

describe('初始化', () => {
  it.each(Object.keys(POLICIES) as PolicyId[])('makes every sheet of the contract under %s', (policy) => {
    const sim = office(policy);
    for (const key of SHEET_KEYS) {
      expect(sim.spreadsheet.grid(SHEETS[key].name)[0]).toEqual(columnsOf(key).map(({ header }) => header));
      expect(sim.spreadsheet.sheet(SHEETS[key].name).hidden).toBe((SHEETS[key] as Sheet).hidden === true);
    }
    expect(sim.spreadsheet.names()[0]).toBe('首页');
    const rows = rowsOf(sim, 'parameters');
    expect(rows.find((row) => row['key'] === 'policy')?.['value']).toBe(policy);
    expect(rows.find((row) => row['key'] === 'plannerHost')?.['value']).toBe('apps-script');
    expect(sim.world.book.namedRanges.map(({ name }) => name).sort()).toEqual(HOME_KEYS.map((key) => `duban_home_${key}`).sort());
    expect(sim.spreadsheet.sheet('首页').charts).toHaveLength(2);
  });

  it('repairs no workbook of a regulation that the pushed scripts don\'t hold', () => {
    const sim = office('tax');
    const row = rowsOf(sim, 'parameters').findIndex(({ key }) => key === 'policy') + 2;
    sim.spreadsheet.sheet('制度参数').write(row, placeOf('parameters', 'value') + 1, 'harbour');
    sim.call('setUpOrRepair');
    expect(sim.ui.alerts.at(-1)!.text).toMatch(/写的制度是「harbour」.*tax\(/);
    sim.call('showAbout');
    expect(sim.ui.alerts.at(-1)!.text).toContain('harbour');
  });

  it('refuses typing where automation writes, offers the contract\'s choices, and keeps typed text as text', () => {
    const sim = smallOffice();
    expect(sim.edit('督办台账', `${letter('items', 'light')}2`, '红')).toBe(false);
    expect(sim.edit('督办台账', `${letter('items', 'status')}2`, '不存在的状态')).toBe(false);
    expect(sim.edit('督办台账', `${letter('items', 'status')}2`, '待审核')).toBe(true);
    expect(sim.edit('督办台账', `${letter('items', 'leadUnit')}2`, '不在册单位')).toBe(true);
    sim.edit('督办台账', `${letter('items', 'remark')}2`, '=1+1');
    expect(sim.spreadsheet.value('督办台账', `${letter('items', 'remark')}2`)).toBe('=1+1');
    sim.edit('督办台账', `${letter('items', 'deadlineSet')}2`, '2026-03-05');
    expect(sim.spreadsheet.display('督办台账')[1]![placeOf('items', 'deadlineSet')]).toBe('2026-03-05');
  });

  it('colours lights, groups columns, freezes panes, warns before protected sheets', () => {
    const sim = office('tax');
    const items = sim.spreadsheet.sheet('督办台账');
    expect(items.conditionalRules.some(({ look }) => look.values[0] === '=$A2="红"' && look.background === `#${COLOURS.red.toLowerCase()}`)).toBe(true);
    expect([...items.columnGroups.entries()].some(({ value }) => value.collapsed)).toBe(true);
    expect([items.frozenRows, items.frozenColumns]).toEqual([1, placeOf('items', 'title') + 1]);
    expect(items.hiddenColumns.get(1, placeOf('items', 'sourceType') + 1)).toBe(true);
    expect(sim.world.book.protections.filter(({ warningOnly }) => warningOnly).length).toBe(SHEET_KEYS.filter((key) => (SHEETS[key] as Sheet).protected === true).length);
  });
});

describe('修复', () => {
  const looks = (sim: Sim): string => JSON.stringify([...sim.world.book.sheets].map((sheet) => [sheet.name, sheet.conditionalRules.map(({ look }) => look.values[0]), sheet.charts.length, sheet.maxColumns]));

  it('changes nothing where nothing is missing', () => {
    const sim = smallOffice();
    const before = [looks(sim), sim.world.book.metadata.length, sim.world.book.protections.length, sim.spreadsheet.cells('制度参数')];
    sim.call('setUpOrRepair');
    expect([looks(sim), sim.world.book.metadata.length, sim.world.book.protections.length, sim.spreadsheet.cells('制度参数')]).toEqual(before);
  });

  it('puts back a deleted sheet, column, parameter, name and protection, and leaves what people made', () => {
    const sim = smallOffice();
    const items = sim.spreadsheet.sheet('督办台账');
    sim.deleteColumn('督办台账', placeOf('items', 'remark') + 1);
    const remarks = items.maxColumns;
    sim.world.book.removeSheet(sim.spreadsheet.sheet('回避'));
    sim.world.book.protections = [];
    sim.world.book.namedRanges = sim.world.book.namedRanges.filter(({ name }) => name !== 'duban_home_notes');
    const rows = rowsOf(sim, 'parameters');
    sim.spreadsheet.sheet('制度参数').deleteRows(rows.findIndex((row) => row['key'] === 'editMode') + 2, 1);
    sim.call('setUpOrRepair');
    expect(sim.spreadsheet.names()).toContain('回避');
    expect(sim.spreadsheet.grid('督办台账')[0]!.indexOf('备注')).toBeGreaterThanOrEqual(remarks - 1);
    expect(sim.spreadsheet.grid('督办台账')[0]).toContain('本科室备注');
    expect(rowsOf(sim, 'parameters').map((row) => row['key'])).toContain('editMode');
    expect(sim.world.book.protections.length).toBeGreaterThan(0);
    expect(sim.world.book.namedRanges.some(({ name }) => name === 'duban_home_notes')).toBe(true);
    sim.call('runNow');
    expect(sim.ui.alerts.at(-1)!.text).toMatch(/^巡检完成/);
  });

  it('finds renamed sheets and headers, and moved columns, by their anchors', () => {
    const sim = smallOffice();
    sim.spreadsheet.sheet('督办台账').write(1, placeOf('items', 'title') + 1, '今年要办的事');
    sim.insertColumn('督办台账', 2);
    sim.renameSheet('督办台账', '局里的台账');
    sim.call('runNow');
    expect(sim.ui.alerts.at(-1)!.text).toMatch(/^巡检完成/);
    const grid = sim.spreadsheet.cells('局里的台账');
    expect(grid[1]![grid[0]!.indexOf('灯号')]).toBe('黄');
    expect(grid.find((row) => row.includes('新交办三'))![grid[0]!.indexOf('事项编号')]).toMatch(/^DB-2026-/);
  });
});

describe('odd tables', () => {
  it('a title above the header, merged cells and formulas of people stay', () => {
    const sim = smallOffice();
    const sheet = sim.spreadsheet.sheet('督办台账');
    sheet.insertRows(1, 1, 'after');
    sheet.write(1, 1, '某局督办台账');
    sim.spreadsheet.putFormula('督办台账', `${letter('items', 'title')}4`, '="交办"&1', '交办1');
    sheet.merge({ row: 3, rows: 2, column: placeOf('items', 'leadUnit') + 1, columns: 1 });
    sim.call('runNow');
    expect(sim.ui.alerts.at(-1)!.text).toMatch(/^巡检完成/);
    expect(sim.spreadsheet.cells('督办台账')[3]![placeOf('items', 'title')]).toEqual({ formula: '="交办"&1', value: '交办1' });
    sim.resetCalls();
    sim.call('runNow');
    expect(sim.calls.get('Sheets.Spreadsheets.batchUpdate') ?? 0).toBe(0);
  });

  it('a limit with an hour shows it, and none shows midnight', () => {
    const sim = smallOffice();
    addRows(sim, 'items', [{ itemId: 'T-9', title: '到点', leadUnit: '征管科', handler: '经办', deadlineSet: 46_090.75, status: '办理中' }]);
    sim.call('runNow');
    const shown = sim.spreadsheet.display('督办台账').find((row) => row.includes('T-9'))!;
    expect(shown[placeOf('items', 'deadlineCurrent')]).toBe('2026-03-09 18:00');
    expect(sim.spreadsheet.display('督办台账').find((row) => row.includes('T-1'))![placeOf('items', 'deadlineCurrent')]).toBe('2026-03-02');
  });
});
