import { describe, expect, it } from 'vitest';
import { day, dayOf, endOfDay, formatDay, moment } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { RequestState } from '../lifecycle/requests.ts';
import type { EventCondition } from '../policy/appraisal-rules.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { isVeryLate, occurrenceOf } from './lapse-events.ts';

interface Office { readonly goLive?: string; readonly sanctionOn?: string; readonly serious?: number | null }

const NOW = moment('2026-03-25 09:00');
const CLOCK = { now: NOW, today: dayOf(NOW), stamp: NOW, digestsDue: true };
const LIMIT = endOfDay(day('2026-03-20'));

function office({ goLive, sanctionOn = 'applied', serious = 10 }: Office): Workbook {
  return {
    parameters: { day: () => (goLive === undefined ? null : day(goLive)), text: () => sanctionOn, number: () => serious },
  } as unknown as Workbook;
}

function item(more: object, cells: object = {}): ItemFacts {
  return {
    counted: true, unit: '征管科', status: '办理中', requests: [], extensionCount: 0, late: false, assessed: LIMIT, submittedAt: null, daysLate: null, chase: null, ...more,
    cells: { category: '', form: '', urgency: '', rowType: '', nodeType: '', badConsequence: '', defectCount: null, ...cells },
  } as unknown as ItemFacts;
}

function extension(ordinal: number, appliedAt: string | null, more: object = {}, cells: object = {}): RequestState {
  return {
    ordinal, outcome: '审批中', appliedAt: appliedAt === null ? null : moment(appliedAt), decidedAt: null, ...more,
    row: { cells: { type: '延期', reason: '雨', requestedLimit: moment('2026-03-31 23:59'), ...cells } },
  } as unknown as RequestState;
}

/** The day of the event and its words; null where there was none. */
function event(on: EventCondition['on'], facts: ItemFacts, { basisKey, ...settings }: Office & { readonly basisKey?: string } = {}): string | null {
  const found = occurrenceOf(office(settings), facts, { on, when: {}, basisKey, thresholdKey: 'seriousLateDays' } as EventCondition, CLOCK);
  return found === null ? null : `${formatDay(found.on)} ${found.detail}`;
}

describe('lateness', () => {
  const late = { late: true, daysLate: 5 };
  it.each([
    ['in time', {}, null],
    ['not handed in', late, '2026-03-20 时限2026-03-20,尚未上报'],
    ['handed in late', { ...late, submittedAt: moment('2026-03-24 10:00') }, '2026-03-20 时限2026-03-20,2026-03-24 10:00上报'],
    ['while an extension is being decided', { ...late, requests: [extension(1, '2026-03-19 09:00')] }, null],
    ['after an extension was refused', { ...late, requests: [extension(1, '2026-03-19 09:00', { outcome: '已驳回' })] }, '2026-03-20 时限2026-03-20,尚未上报'],
    ['while another request is being decided', { ...late, requests: [extension(1, '2026-03-19 09:00', {}, { type: '协调' })] }, '2026-03-20 时限2026-03-20,尚未上报'],
    ['shown but not counted', { ...late, counted: false }, null],
    ['of nobody', { ...late, unit: '' }, null],
    ['extended once', { ...late, extensionCount: 1 }, '2026-03-20 时限2026-03-20,尚未上报'],
    ['extended twice is a case of its own', { ...late, extensionCount: 2 }, null],
  ])('%s', (_name, facts, expected) => {
    expect(event('unfinished', item(facts))).toBe(expected);
  });

  it('after two extensions', () => {
    expect(event('unfinished-twice-extended', item({ ...late, extensionCount: 1 }))).toBeNull();
    expect(event('unfinished-twice-extended', item({ ...late, extensionCount: 2 }))).toBe('2026-03-20 时限2026-03-20,尚未上报');
  });

  it.each([['2026-03-20', '2026-03-20 时限2026-03-20,尚未上报'], ['2026-03-21', null]])('with 启用日 %s', (goLive, expected) => {
    expect(event('unfinished', item(late), { goLive })).toBe(expected);
  });

  it('or, in time, what was not up to the mark', () => {
    const handedIn = { submittedAt: moment('2026-03-19 10:00') };
    expect(event('late-or-poor', item(handedIn, { defectCount: 2 }))).toBe('2026-03-19 不符合要求2处');
    expect(event('late-or-poor', item(handedIn, { defectCount: 0 }))).toBeNull();
    expect(event('late-or-poor', item({}, { defectCount: 2 }))).toBeNull();
  });
});

describe('an extension', () => {
  const decided = { outcome: '已批准', decidedAt: moment('2026-03-12 10:00') };
  it.each([
    ['from the day it was applied for', [extension(1, '2026-03-10 09:00')], undefined, '2026-03-10 2026-03-10 09:00第一次延期申请'],
    ['not the second', [extension(2, '2026-03-10 09:00')], undefined, null],
    ['refused admission', [extension(1, '2026-03-10 09:00', { outcome: '不予受理' })], undefined, null],
    ['without a time', [extension(1, null)], undefined, null],
    ['without a reason', [extension(1, '2026-03-10 09:00', {}, { reason: '' })], undefined, null],
    ['without a new limit', [extension(1, '2026-03-10 09:00', {}, { requestedLimit: null })], undefined, null],
    ['another kind of request', [extension(1, '2026-03-10 09:00', {}, { type: '暂停' })], undefined, null],
    ['undecided, where only the approved count', [extension(1, '2026-03-10 09:00')], 'approved', null],
    ['approved, where only the approved count: from the decision', [extension(1, '2026-03-10 09:00', decided)], 'approved', '2026-03-12 2026-03-12 10:00第一次延期获批'],
    ['approved without a time, where only the approved count', [extension(1, '2026-03-10 09:00', { outcome: '已批准' })], 'approved', null],
  ])('%s', (_name, requests, sanctionOn, expected) => {
    expect(event('first-extension', item({ requests }), sanctionOn === undefined ? { basisKey: 'sanctionOn' } : { basisKey: 'sanctionOn', sanctionOn })).toBe(expected);
  });

  it('a regulation without the choice counts it from the application', () => {
    expect(event('second-extension', item({ requests: [extension(2, '2026-03-10 09:00')] }), { sanctionOn: 'approved' })).toBe('2026-03-10 2026-03-10 09:00第二次延期申请');
  });
});

describe('a chase', () => {
  const chase = moment('2026-03-24 09:00');
  it.each([
    ['none', {}, null],
    ['past it', { chase }, '2026-03-24 未按催办时限2026-03-24 09:00办结'],
    ['handed in on the minute', { chase, submittedAt: chase }, null],
    ['handed in a minute later', { chase, submittedAt: moment('2026-03-24 09:01') }, '2026-03-24 未按催办时限2026-03-24 09:00办结'],
    ['of what was never issued', { chase, status: '拟立项' }, null],
  ])('%s', (_name, facts, expected) => {
    expect(event('chase-missed', item(facts))).toBe(expected);
  });
});

describe('a consequence', () => {
  const marked = { badConsequence: '是' };
  it('is what the office marked', () => {
    expect(event('consequence', item({}, marked))).toBe('2026-03-25 认定造成不良后果');
    expect(event('consequence', item({}, { badConsequence: '否' }))).toBeNull();
  });

  it.each([
    ['ten days late', 10, marked, {}, '2026-03-25 迟办10天,认定情节较重'],
    ['nine days late', 9, marked, {}, null],
    ['in time', null, marked, {}, null],
    ['not marked', 10, {}, {}, null],
    ['no suggested line', 10, marked, { serious: null }, null],
    ['due on 启用日', 10, marked, { goLive: '2026-03-20' }, '2026-03-25 迟办10天,认定情节较重'],
    ['due before 启用日', 10, marked, { goLive: '2026-03-21' }, null],
  ])('is serious, too: %s', (_name, daysLate, cells, settings, expected) => {
    expect(event('serious', item({ daysLate, late: daysLate !== null }, cells), settings)).toBe(expected);
  });

  it('a rule without a line finds nothing serious', () => {
    expect(isVeryLate(office({}), item({ daysLate: 100 }), { on: 'serious', when: {} }, CLOCK)).toBe(false);
  });
});
