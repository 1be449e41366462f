import { describe, expect, it } from 'vitest';
import { day, endOfDay, formatDay, formatLimit, moment, type Day, type Moment } from '../calendar/plain-date.ts';
import { createCalendar } from '../calendar/working-calendar.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { directoryOf } from '../workbook/directory-fixture.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { movedLimits } from './moved-limits.ts';
import type { RequestState } from './requests.ts';

const STAMP = moment('2026-03-31 09:00');
const ORIGINAL = endOfDay(day('2026-03-20'));

/** A request of the item that was approved at a moment (null: no time is known). */
function approved(type: string, decidedAt: string | null, granted: string | null = null, appliedAt = '2026-03-02 09:00', correctedTo = ''): RequestState {
  return {
    outcome: '已批准', decidedAt: decidedAt === null ? null : moment(decidedAt), granted: granted === null ? null : endOfDay(day(granted)), appliedAt: moment(appliedAt), clause: `x-${type}`, fresh: false,
    row: { cells: { type, correctedField: correctedTo === '' ? '' : '要求时限', correctedTo } },
  } as unknown as RequestState;
}

const REQUEST = {
  requestId: 'Q-1', itemId: 'P-1', type: '延期', appliedAt: moment('2026-03-02 09:00'), reason: '雨', requestedLimit: null, otherUnit: '', outcome: '', nextStep: '', overrideReason: '', approver1: '分管',
  decision1: '同意', opinion1: '', decidedAt1: moment('2026-03-10 09:00'), approver2: '', decision2: '', decidedAt2: null, approver3: '', decision3: '', decidedAt3: null, grantedLimit: null,
};
const PARENT_CELLS = { itemId: 'P-1', deadlineSet: null, remarkDeadline: null, issuedAt: null, receivedAt: null, category: '', form: '', urgency: '', rowType: '', nodeType: '', leadUnit: '', leaderInCharge: '' };

interface Office {
  /** Until which day latenessBase is `original`; from then on `current`. */
  readonly originalUntil?: string;
  /** Of the 上级事项 P-1: what its 延期 grants, its 原定时限 in 底账, and the one typed. */
  readonly parent?: { readonly grants: string; readonly decidedAt?: string; readonly recorded?: string; readonly typed?: string; readonly isGone?: boolean };
  readonly shiftChildren?: '是' | '否';
}

function office({ originalUntil, parent, shiftChildren = '是' }: Office): Workbook {
  const request = parent === undefined ? null : { cells: { ...REQUEST, grantedLimit: endOfDay(day(parent.grants)), decidedAt1: moment(parent.decidedAt ?? '2026-03-10 09:00') } };
  const typed = parent?.typed === undefined ? null : endOfDay(day(parent.typed));
  return {
    policy: { clauses: { handling: 'x-0' }, approvals: [{ type: '延期', clause: 'x-9', when: {}, levels: [['分管领导']] }], deadlines: [] }, calendar: createCalendar([]),
    parameters: {
      number: () => null, choice: (key: string) => (key === 'shiftChildren' ? shiftChildren : '时间'),
      text: (key: string, on: Day) => (key === 'latenessBase' && originalUntil !== undefined && formatDay(on) <= originalUntil ? 'original' : null),
    },
    directory: directoryOf([{ name: '分管', roles: '分管领导' }], [], day('2026-03-10')), sheets: { recusals: { rows: [] } },
    index: {
      requestsOf: new Map(request === null ? [] : [['P-1', [request]]]), item: new Map(parent === undefined || parent.isGone === true ? [] : [['P-1', { cells: { ...PARENT_CELLS, deadlineSet: typed } }]]),
      baseline: new Map(parent?.recorded === undefined ? [] : [['P-1', { cells: { deadlineOriginal: endOfDay(day(parent.recorded)) } }]]), feedbackOf: new Map(),
    },
  } as unknown as Workbook;
}

function moved(requests: readonly RequestState[], more: Office & { readonly original?: Moment | null; readonly submittedAt?: string; readonly parentId?: string } = {}): string {
  const submittedAt = more.submittedAt === undefined ? null : moment(more.submittedAt);
  const found = movedLimits(office(more), { parentId: more.parentId ?? '' } as CellsOf<'items'>, more.original === undefined ? ORIGINAL : more.original, requests, submittedAt, STAMP);
  const shown = (limit: Moment | null): string => (limit === null ? '-' : formatLimit(limit).slice(5));
  return `${shown(found.current)} ${shown(found.chase)} ${shown(found.assessed)} ${String(found.count)} ${String(found.paused)} ${found.clause}`;
}

const PAUSED = [approved('暂停', '2026-03-10 09:00'), approved('恢复', '2026-03-12 09:00')];

describe('the limits of an item', () => {
  it.each<[string, readonly RequestState[], Parameters<typeof moved>[1], string]>([
    ['stand where nothing was asked for', [], {}, '03-20 - 03-20 0 0 x-0'],
    ['are those of its extension', [approved('延期', '2026-03-10 09:00', '2026-03-27')], {}, '03-27 - 03-27 1 0 x-延期'],
    ['are those of the extension decided last, whichever was applied for first', [approved('延期', '2026-03-12 09:00', '2026-03-30'), approved('延期', '2026-03-10 09:00', '2026-03-27')], {}, '03-30 - 03-30 2 0 x-延期'],
    ['move on by as long as it was paused', PAUSED, {}, '03-22 - 03-22 0 2880 x-0'],
    ['are set by an extension after the pause', [...PAUSED, approved('延期', '2026-03-13 09:00', '2026-03-27')], {}, '03-27 - 03-27 1 2880 x-延期'],
    ['move on from an extension before the pause', [...PAUSED, approved('延期', '2026-03-09 09:00', '2026-03-27')], {}, '03-29 - 03-29 1 2880 x-0'],
    ['are chased by another date, and assessed by their own', [approved('重定时限', '2026-03-10 09:00', '2026-03-27')], {}, '03-20 03-27 03-20 0 0 x-0'],
    ['are untouched by what grants nothing', [approved('延期', '2026-03-10 09:00'), approved('协调', '2026-03-10 09:00', '2026-03-27')], {}, '03-20 - 03-20 0 0 x-0'],
    ['are none of an item that has none, paused or not', PAUSED, { original: null }, '- - - 0 2880 x-0'],
    ['are assessed without an extension that was applied for after the submission', [approved('延期', '2026-03-25 09:00', '2026-03-27', '2026-03-24 09:01')], { submittedAt: '2026-03-24 09:00' }, '03-27 - 03-20 1 0 x-延期'],
    ['are assessed with one that was applied for at that very moment', [approved('延期', '2026-03-25 09:00', '2026-03-27', '2026-03-24 09:00')], { submittedAt: '2026-03-24 09:00' }, '03-27 - 03-27 1 0 x-延期'],
  ])('%s', (_name, requests, more, expected) => {
    expect(moved(requests, more)).toBe(expected);
  });

  it.each<[string, readonly RequestState[], string]>([
    ['by one granted against the wrong limit are never shortened', [approved('更正', '2026-03-12 09:00', null, '2026-03-11 09:00', '2026-03-20'), approved('延期', '2026-03-10 09:00', '2026-03-18')], '03-20'],
    ['nor by one decided at the moment of the 更正', [approved('更正', '2026-03-12 09:00', null, '2026-03-11 09:00', '2026-03-20'), approved('延期', '2026-03-12 09:00', '2026-03-18')], '03-20'],
    ['but may be lengthened', [approved('更正', '2026-03-12 09:00', null, '2026-03-11 09:00', '2026-03-20'), approved('延期', '2026-03-10 09:00', '2026-03-25')], '03-25'],
    ['and by one granted since are what it says', [approved('更正', '2026-03-12 09:00', null, '2026-03-11 09:00', '2026-03-20'), approved('延期', '2026-03-13 09:00', '2026-03-18')], '03-18'],
    ['as by one where nothing was corrected', [approved('延期', '2026-03-10 09:00', '2026-03-18')], '03-18'],
  ])('%s', (_name, requests, current) => {
    expect(moved(requests).slice(0, 5)).toBe(current);
  });

  describe('under latenessBase original', () => {
    it.each<[string, readonly RequestState[], Parameters<typeof moved>[1], string]>([
      ['are assessed without extensions, and with pauses', [...PAUSED, approved('延期', '2026-03-13 09:00', '2026-03-27')], { originalUntil: '2026-12-31' }, '03-27 - 03-22 1 2880 x-延期'],
      ['by what is in force on the day of the submission', [approved('延期', '2026-03-13 09:00', '2026-03-27')], { originalUntil: '2026-03-24', submittedAt: '2026-03-24 09:00' }, '03-27 - 03-20 1 0 x-延期'],
      ['by what is in force now while nothing was handed in', [approved('延期', '2026-03-13 09:00', '2026-03-27')], { originalUntil: '2026-03-24' }, '03-27 - 03-27 1 0 x-延期'],
      ['are none of an item that has none', PAUSED, { original: null, originalUntil: '2026-12-31' }, '- - - 0 2880 x-0'],
    ])('%s', (_name, requests, more, expected) => {
      expect(moved(requests, more)).toBe(expected);
    });
  });
});

describe('the limits of a node', () => {
  const PARENT = { grants: '2026-04-03', recorded: '2026-03-27' };
  it.each<[string, Parameters<typeof moved>[1], string]>([
    ['follow the extension of its 上级事项 by the same span', { parent: PARENT }, '03-27 - 03-27 0 0 x-9'],
    ['by the span from what was typed there, where 底账 knows nothing', { parent: { grants: '2026-04-03', typed: '2026-03-31' } }, '03-23 - 03-23 0 0 x-9'],
    ['stand where that one has no limit', { parent: { grants: '2026-04-03' } }, '03-20 - 03-20 0 0 x-0'],
    ['stand where that one is gone', { parent: { grants: '2026-04-03', isGone: true } }, '03-20 - 03-20 0 0 x-0'],
    ['stand where the regulation moves no nodes', { parent: PARENT, shiftChildren: '否' }, '03-20 - 03-20 0 0 x-0'],
    ['stand where the extension shortened it', { parent: { grants: '2026-03-26', recorded: '2026-03-27' } }, '03-20 - 03-20 0 0 x-0'],
    ['stand where it granted what stood', { parent: { grants: '2026-03-27', recorded: '2026-03-27' } }, '03-20 - 03-20 0 0 x-0'],
    ['stand where the node was handed in before the decision', { parent: PARENT, submittedAt: '2026-03-10 08:59' }, '03-20 - 03-20 0 0 x-0'],
    ['stand where it was handed in at that moment', { parent: PARENT, submittedAt: '2026-03-10 09:00' }, '03-20 - 03-20 0 0 x-0'],
    ['follow where it was handed in after', { parent: PARENT, submittedAt: '2026-03-10 09:01' }, '03-27 - 03-27 0 0 x-9'],
    ['stand where the node was due before the decision', { parent: { ...PARENT, decidedAt: '2026-03-23 09:00' } }, '03-20 - 03-20 0 0 x-9'],
    ['follow where it was due at that moment', { parent: { ...PARENT, decidedAt: '2026-03-16 15:00' }, original: moment('2026-03-16 15:00') }, '03-23 15:00 - 03-23 15:00 0 0 x-9'],
  ])('%s', (_name, more, expected) => {
    expect(moved([], { parentId: 'P-1', ...more })).toBe(expected);
  });

  it('have nothing to follow where nothing was asked for there', () => {
    expect(moved([], { parentId: 'P-1' })).toBe('03-20 - 03-20 0 0 x-0');
  });
});
