import { describe, expect, it } from 'vitest';
import { formatLimit, formatMoment, moment } from '../calendar/plain-date.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { correctedLimit, correctedMoment, correctedText, correctedThing, correctionFault, correctionNote, corrections, freshCorrection, limitHint, submissionVoidUntil, type CorrectedThing } from './corrections.ts';
import type { RequestState } from './requests.ts';

/** A 更正 of 更正字段 to 更正为, approved at a moment (null: no time is known). */
function correction(correctedField: string, correctedTo: string, decidedAt: string | null = '2026-03-10 09:00', more: Partial<RequestState> = {}, cells: object = {}): RequestState {
  return {
    outcome: '已批准', decidedAt: decidedAt === null ? null : moment(decidedAt), fresh: false, clause: 'tax-4.1', ...more,
    row: { cells: { type: '更正', correctedField, correctedTo, ...cells } },
  } as unknown as RequestState;
}

const said = (requests: readonly RequestState[]): string[] => requests.map(({ row }) => row.cells.correctedTo);

describe('what 更正为 says', () => {
  it.each([
    ['2026-03-19', '2026-03-19'], ['2026年3月19日', '2026-03-19'], ['2026-03-19 15:00', '2026-03-19 15:00'],
    // What a spreadsheet makes of a typed date: days since 1899-12-30, and the hour as a part of one.
    ['46100', '2026-03-19'], ['46100.625', '2026-03-19 15:00'], ['46100.5', '2026-03-19 12:00'],
    ['146100', null], ['x46100', null], ['46100x', null], ['4610', null], ['月底前', null], ['', null],
  ])('as a limit: %s is %s', (text, limit) => {
    const read = correctedLimit(correction('要求时限', text));
    expect(read === null ? null : formatLimit(read)).toBe(limit);
  });

  it.each([['2026-03-19', '2026-03-19 00:00'], ['46100.625', '2026-03-19 15:00'], ['昨天', null]])('as a 办结日期: %s is %s', (text, at) => {
    const read = correctedMoment(correction('办结日期', text));
    expect(read === null ? null : formatMoment(read)).toBe(at);
  });

  it.each([
    ['要求时限', '46100', '2026-03-19'], ['批示时限', '46100.625', '2026-03-19 15:00'], ['办结日期', '46100', '2026-03-19'], ['办结日期', '46100.625', '2026-03-19 15:00'],
    ['督办事项', '46100', '46100'], ['牵头单位', '法规科', '法规科'], ['要求时限', '月底前', '月底前'],
  ])('as people read it: %s %s is %s', (field, text, shown) => {
    expect(correctedText(correction(field, text).row.cells)).toBe(shown);
  });

  it('is nothing for another kind of request, and for another column', () => {
    expect([correctedThing(correction('状态', '办理中').row.cells), correctedThing(correction('状态', '办理中', null, {}, { type: '延期' }).row.cells), correctedThing(correction('toString', 'x').row.cells)])
      .toEqual(['status', null, null]);
  });
});

describe('what keeps a 更正 from being decided', () => {
  const office = (units: readonly string[]): Workbook => ({
    directory: { units, unit: (name: string) => (units.includes(name) ? { type: '科室' } : null), person: () => null },
    policy: { assignableUnitTypes: [], statuses: ['拟立项', '办理中'] },
  }) as unknown as Workbook;
  it.each<[string, string, readonly string[], RegExp | null]>([
    ['办结日期', '昨天', [], /不是时间/], ['办结日期', '2026-03-19', [], null], ['要求时限', '月底前', [], /不是时限/], ['要求时限', '46100', [], null],
    ['牵头单位', '后勤科', ['征管科'], /没有「后勤科」/], ['牵头单位', '征管科', ['征管科'], null], ['牵头单位', '后勤科', [], null],
    ['状态', '办理中', [], null], ['状态', '拟立项', [], /不能更正为/], ['状态', '待分办', [], /没有状态/], ['督办事项', '新名称', [], null], ['备注', '写错', [], /请填要求时限/],
  ])('%s to %s with the units %j', (field, to, units, fault) => {
    const found = correctionFault(office(units), correction(field, to).row.cells);
    if (fault === null) expect(found).toBeNull();
    else expect(found).toMatch(fault);
  });
});

describe('several corrections of one thing', () => {
  const early = correction('要求时限', '2026-03-20', '2026-03-10 09:00');
  const late = correction('原定时限', '2026-03-27', '2026-03-12 09:00');
  const untimed = correction('要求时限', '2026-03-30', null);
  const refused = correction('要求时限', '2026-04-30', '2026-03-13 09:00', { outcome: '已驳回' });

  it('stand in the order of their decisions, those of no known time last; what was refused or is of another thing is none', () => {
    expect(said(corrections([untimed, late, refused, correction('状态', '办理中'), early], 'limit'))).toEqual(['2026-03-20', '2026-03-27', '2026-03-30']);
  });

  it.each<[string, readonly RequestState[], boolean, string | null]>([
    ['the last is taken in where one of them is new', [{ ...early, fresh: true }, late], false, '2026-03-27'],
    ['none where all are recorded', [early, late], false, null],
    ['the last at first sight', [late, early], true, '2026-03-27'],
    ['none where none was approved', [{ ...refused, fresh: true }], true, null],
    ['none where nothing was asked for', [], true, null],
  ])('%s', (_name, requests, isFirstSight, expected) => {
    expect(freshCorrection(requests, 'limit', isFirstSight)?.row.cells.correctedTo ?? null).toBe(expected);
  });

  it('ask to bring the typed limit in line only where it is the last of them that stands', () => {
    const standing = correctedLimit(late)!;
    expect(limitHint([early, late], 'deadlineSet', standing)).toBe('时限已更正为 2026-03-27:请把「要求时限」也改为 2026-03-27(tax-4.1)');
    expect(limitHint([late], 'remarkDeadline', standing)).toContain('请把「批示时限」也改为');
    expect([limitHint([early, late], 'deadlineSet', correctedLimit(early)!), limitHint([], 'deadlineSet', standing)]).toEqual([null, null]);
  });

  it('are told in 计算过程 one for each thing, the last of it', () => {
    expect(correctionNote([early, late, correction('牵头单位', '法规科'), correction('督办事项', '新名称')])).toBe('「原定时限」经更正为2026-03-27;「牵头单位」经更正为法规科');
    expect(correctionNote([])).toBe('');
  });
});

describe('a 上报办结时间 is void', () => {
  it.each<[string, readonly RequestState[], string | null]>([
    ['up to when a 更正 said that work goes on', [correction('状态', '办理中', '2026-03-10 09:00')], '2026-03-10 09:00'],
    ['up to when a 更正 said that it is paused', [correction('状态', '已暂停', '2026-03-10 09:00')], '2026-03-10 09:00'],
    ['up to the last of two', [correction('状态', '协调中', '2026-03-12 09:00'), correction('状态', '办理中', '2026-03-10 09:00')], '2026-03-12 09:00'],
    ['not by one that says how far its review is', [correction('状态', '待审核')], null],
    ['not by one that says nothing known', [correction('状态', '快了')], null],
    ['not by one of another thing', [correction('督办事项', '办理中')], null],
  ])('%s', (_name, requests, until) => {
    const found = submissionVoidUntil(requests);
    expect(found === null ? null : formatMoment(found)).toBe(until);
  });
});

describe('更正字段', () => {
  it.each<[string, CorrectedThing]>([['要求时限', 'limit'], ['批示时限', 'limit'], ['原定时限', 'limit'], ['牵头单位', 'unit'], ['状态', 'status'], ['办结日期', 'closing'], ['督办事项', 'title']])('%s is the %s', (field, thing) => {
    expect(correctedThing({ type: '更正', correctedField: field } as CellsOf<'requests'>)).toBe(thing);
  });
});
