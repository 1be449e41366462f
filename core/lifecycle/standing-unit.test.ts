import { describe, expect, it } from 'vitest';
import { moment } from '../calendar/plain-date.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { directoryOf } from '../workbook/directory-fixture.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Status } from '../workbook/values.ts';
import type { RequestState } from './requests.ts';
import { standingUnit } from './standing-unit.ts';

const WORKBOOK = {
  directory: directoryOf([], [{ name: '甲科', formerNames: '旧甲科' }, { name: '乙科' }], null), policy: { clauses: { reassignment: 'x-1' } },
} as unknown as Workbook;

/** An approved 更正 of 牵头单位. */
function correctedTo(unit: string, decidedAt: string | null, fresh = false): RequestState {
  return { outcome: '已批准', fresh, clause: 'x-2', decidedAt: decidedAt === null ? null : moment(decidedAt), row: { cells: { type: '更正', correctedField: '牵头单位', correctedTo: unit } } } as unknown as RequestState;
}

interface Case {
  readonly typed: string;
  readonly remembered?: string;
  readonly requests?: readonly RequestState[];
  readonly status?: Status;
  readonly changedFrom?: Status | null;
  readonly isFirstSight?: boolean;
}

/** An item that has had its status since 2026-03-10 09:00, and the one before since 2026-03-05 09:00. */
function unitOf({ typed, remembered = '甲科', requests = [], status = '办理中', changedFrom = null, isFirstSight = false }: Case): readonly [string, string, string] {
  const { lead, accounted, hint } = standingUnit(
    WORKBOOK, { leadUnit: typed } as CellsOf<'items'>, remembered, requests, { status, at: moment('2026-03-10 09:00'), changedFrom }, moment('2026-03-05 09:00'), isFirstSight,
  );
  return [lead, accounted, hint];
}

describe('the lead unit that the program stands by', () => {
  it.each<[string, Case, readonly [string, string, string | RegExp]]>([
    ['is the typed one before 下发, and nothing is accounted for', { typed: '乙科', status: '待批示' }, ['乙科', '', '']],
    ['is the typed one when it is issued', { typed: '甲科', remembered: '' }, ['甲科', '甲科', '']],
    ['is the one that was issued', { typed: '甲科' }, ['甲科', '甲科', '']],
    ['may be written by its former name', { typed: '旧甲科' }, ['旧甲科', '旧甲科', '']],
    ['a changed one counts, and is told', { typed: '乙科' }, ['乙科', '甲科', /下发时的牵头单位是「甲科」,现为「乙科」/]],
    ['so does one that is not registered', { typed: '丙科' }, ['丙科', '甲科', /现为「丙科」/]],
    ['an emptied one does not', { typed: '' }, ['甲科', '甲科', /被清空,仍按「甲科」办理/]],
    ['one that was corrected stands, whatever the cell says', { typed: '甲科', requests: [correctedTo('乙科', '2026-03-11 09:00', true)] }, ['乙科', '乙科', /已更正为「乙科」:请把「牵头单位」也改为「乙科」\(x-2\)/]],
    ['and remains where it was taken in', { typed: '甲科', remembered: '乙科', requests: [correctedTo('乙科', '2026-03-11 09:00')] }, ['乙科', '乙科', /已更正为「乙科」/]],
    ['a correction that is recorded moves it no more', { typed: '甲科', requests: [correctedTo('乙科', '2026-03-11 09:00')] }, ['甲科', '甲科', '']],
    ['at first sight every correction is new', { typed: '甲科', remembered: '', requests: [correctedTo('乙科', '2026-03-11 09:00')], isFirstSight: true }, ['乙科', '乙科', /已更正为/]],
    ['may change freely while duties are settled', { typed: '乙科', status: '协调中' }, ['乙科', '乙科', '']],
    ['and on the way out of that', { typed: '乙科', changedFrom: '协调中' }, ['乙科', '乙科', '']],
    ['and when it goes back to be dispatched anew', { typed: '乙科', changedFrom: '待分办' }, ['乙科', '乙科', '']],
    ['but not by a change from any other status', { typed: '乙科', changedFrom: '已下发' }, ['乙科', '甲科', /现为「乙科」/]],
    ['a decision since then stands all the same', { typed: '甲科', status: '协调中', requests: [correctedTo('乙科', '2026-03-10 09:00')] }, ['乙科', '乙科', /已更正为/]],
    ['one before does not', { typed: '甲科', status: '协调中', requests: [correctedTo('乙科', '2026-03-10 08:59')] }, ['甲科', '甲科', '']],
    ['one of no known time does', { typed: '甲科', status: '协调中', requests: [correctedTo('乙科', null)] }, ['乙科', '乙科', /已更正为/]],
    ['on the way out the settling counts from its own beginning', { typed: '甲科', changedFrom: '协调中', requests: [correctedTo('乙科', '2026-03-05 09:00')] }, ['乙科', '乙科', /已更正为/]],
    ['and a decision before that does not count', { typed: '甲科', changedFrom: '协调中', requests: [correctedTo('乙科', '2026-03-05 08:59')] }, ['甲科', '甲科', '']],
  ])('%s', (_name, given, [lead, accounted, hint]) => {
    const found = unitOf(given);
    expect(found.slice(0, 2)).toEqual([lead, accounted]);
    expect(found[2]).toEqual(typeof hint === 'string' ? hint : expect.stringMatching(hint));
  });
});
