import { describe, expect, it } from 'vitest';
import { dayOf, moment } from '../calendar/plain-date.ts';
import { createCalendar } from '../calendar/working-calendar.ts';
import type { ChangeList } from '../plan/change-list.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { RowIssue } from '../workbook/issue.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { parsePeriod } from './periods.ts';
import { planScores, sumPoints, type StandingPoints } from './score-rows.ts';
import type { Score } from './scores.ts';

type Cells = Partial<CellsOf<'scores'>>;

const NOW = moment('2026-04-03 09:00');
const CLOCK = { now: NOW, today: dayOf(NOW), stamp: NOW, digestsDue: true };
const BLANK = {
  scoreId: '', month: '2026-03', unit: '征管科', person: '', itemId: 'T-1', origin: '自动', reason: '迟办', proposed: null, coefficient: null, working: '', clause: 'x-1', status: '生效', confirmed: null,
  confirmedBy: '', confirmedAt: null, appealReason: '', appellant: '', appealResult: '', reviewer: '', reviewedAt: null, note: '',
};
const SCORE: Score = {
  scoreId: '2026-03/T-1/late-day', month: '2026-03', unit: '征管科', person: '', itemId: 'T-1', reason: '迟办', proposed: -3, working: '迟办3天', clause: 'x-1', status: '生效', range: null,
};
const STANDING: Cells = { scoreId: SCORE.scoreId, proposed: -3, working: '迟办3天' };

interface Planned {
  readonly standing: readonly StandingPoints[];
  /** What the run writes into the row, by column; of a second row `2.` stands before it. */
  readonly writes: Readonly<Record<string, unknown>>;
  readonly added: readonly Cells[];
  readonly hints: readonly string[];
}

/** Plans 考核计分 that holds some rows for what is desired, with months locked through `locked`. */
function planned(rows: readonly Cells[], desired: readonly Score[], { locked = null, accountedUnit = '征管科' }: { readonly locked?: string | null; readonly accountedUnit?: string } = {}): Planned {
  const parsed = rows.map((cells, ref) => ({ ref, cells: { ...BLANK, ...cells } }));
  const workbook = { sheets: { scores: { name: '考核计分', rows: parsed } }, policy: { clauses: { lateness: 'x-0' } }, parameters: { number: () => 5 }, calendar: createCalendar([]) } as unknown as Workbook;
  const writes: Record<string, unknown> = {};
  const added: Cells[] = [];
  const changes = {
    want: (_sheet: unknown, row: { ref: number; cells: Record<string, unknown> }, _id: unknown, column: string, value: unknown) => {
      if ((row.cells[column] ?? '') !== (value ?? '')) writes[`${row.ref === 0 ? '' : `${String(row.ref + 1)}.`}${column}`] = value;
    },
    append: (_sheet: unknown, values: Cells) => { added.push(values); },
  } as unknown as ChangeList;
  const issues: RowIssue[] = [];
  const through = locked === null ? null : parsePeriod(locked)!.last;
  const locks = { lockedThrough: through, isLocked: ({ last }: { readonly last: number }) => through !== null && last <= through };
  const facts = new Map([['T-1', { id: 'T-1', unit: '征管科', accountedUnit, requests: [], status: '办理中' }]]);
  const standing = planScores(workbook, desired, facts as never, locks, CLOCK, changes, issues);
  return { standing, writes, added, hints: issues.map(({ message }) => message) };
}

const points = ({ standing }: Planned): number[] => standing.map((row) => row.points);
const open = ({ standing }: Planned): boolean[] => standing.map((row) => row.open);

describe('an automatic score', () => {
  it('is added where it stands nowhere, with all it says', () => {
    const found = planned([], [SCORE, { ...SCORE, scoreId: '2026-03/T-1/x', status: '建议', coefficient: -0.05, proposed: null, person: '甲' }]);
    expect(found.added).toEqual([
      { scoreId: '2026-03/T-1/late-day', month: '2026-03', unit: '征管科', person: '', itemId: 'T-1', origin: '自动', reason: '迟办', proposed: -3, coefficient: null, working: '迟办3天', clause: 'x-1', status: '生效' },
      { scoreId: '2026-03/T-1/x', month: '2026-03', unit: '征管科', person: '甲', itemId: 'T-1', origin: '自动', reason: '迟办', proposed: null, coefficient: -0.05, working: '迟办3天', clause: 'x-1', status: '建议' },
    ]);
    expect([points(found), open(found)]).toEqual([[-3, 0], [false, true]]);
  });

  it('is left alone where it stands as it should', () => {
    expect(planned([STANDING], [SCORE])).toMatchObject({ writes: {}, added: [], hints: [] });
  });

  it.each<[string, Cells, Partial<Score>, Readonly<Record<string, unknown>>, number, boolean]>([
    ['grows in place', { proposed: -2, working: '迟办2天' }, {}, { proposed: -3, working: '迟办3天' }, -3, false],
    ['takes the clause of its rule', { clause: '旧' }, {}, { clause: 'x-1' }, -3, false],
    ['takes the coefficient of its rule', {}, { coefficient: -0.05 }, { coefficient: -0.05 }, 0, false],
    ['that was confirmed keeps what it said, and its time is written', { proposed: -2, confirmed: 1 }, {}, { confirmedAt: NOW }, -1, false],
    ['keeps the time that people wrote', { confirmed: 1, confirmedAt: moment('2026-04-02 09:00') }, {}, {}, -1, false],
    ['that was reviewed keeps what it said, and its time is written', { proposed: -2, working: '迟办2天', appealReason: '停电', appealResult: '维持' }, {}, { reviewedAt: NOW }, -2, false],
    ['keeps the time of its review', { appealReason: '停电', appealResult: '维持', reviewedAt: moment('2026-04-02 09:00') }, {}, {}, -3, false],
    ['that rests on an inferred time stays open, and keeps its words', { status: '待认定', working: '(待认定)' }, {}, {}, 0, true],
    ['of an inferred time takes another value all the same', { status: '待认定', proposed: -2, working: '(待认定)' }, {}, { proposed: -3, working: '迟办3天' }, 0, true],
    ['of an inferred time is in force once confirmed', { status: '待认定', confirmed: 2, confirmedAt: NOW }, {}, { status: '生效' }, -2, false],
    ['waits for people where its rule says so', { status: '建议' }, { status: '建议', range: { min: 1, max: 5 } }, {}, 0, true],
    ['is in force once confirmed within the range', { status: '建议', confirmed: 5, confirmedAt: NOW }, { status: '建议', range: { min: 1, max: 5 } }, { status: '生效' }, -5, false],
    ['is in force at the low end of the range', { status: '建议', confirmed: -1, confirmedAt: NOW }, { status: '建议', range: { min: 1, max: 5 } }, { status: '生效' }, -1, false],
  ])('%s', (_name, cells, more, writes, counted, isOpen) => {
    const found = planned([{ ...STANDING, ...cells }], [{ ...SCORE, ...more }]);
    expect([found.writes, points(found), open(found), found.hints]).toEqual([writes, [counted], [isOpen], []]);
  });

  it.each([[0], [6]])('confirmed with %d, out of its range, stays a proposal and says so', (confirmed) => {
    const found = planned([{ ...STANDING, status: '建议', confirmed, confirmedAt: NOW }], [{ ...SCORE, status: '建议', range: { min: 1, max: 5 } }]);
    expect([points(found), open(found), found.hints]).toEqual([[0], [true], [`确认分值 ${String(confirmed)} 不在 1-5 分内,未生效:请改填(x-1)`]]);
  });

  it.each<[string, Cells, boolean]>([
    ['with name and time', { confirmedBy: '会议', confirmedAt: moment('2026-04-02 09:00') }, true], ['without a name', { confirmedAt: moment('2026-04-02 09:00') }, false], ['without a time', { confirmedBy: '会议' }, false],
  ])('that a meeting has to pass is in force only %s, and nobody else writes that time', (_name, cells, isInForce) => {
    const found = planned([{ ...STANDING, status: '建议', confirmed: 2, ...cells }], [{ ...SCORE, status: '建议', afterMeeting: true }]);
    expect([open(found), found.writes, found.hints.length]).toEqual([[!isInForce], isInForce ? { status: '生效' } : {}, isInForce ? 0 : 1]);
  });

  it('follows its item to the unit that a 更正 named, and not to one typed over it', () => {
    expect(planned([STANDING], [{ ...SCORE, unit: '法规科' }], { accountedUnit: '法规科' })).toMatchObject({ writes: { unit: '法规科' }, standing: [{ unit: '法规科' }] });
    expect(planned([STANDING], [{ ...SCORE, unit: '法规科' }], { accountedUnit: '征管科' })).toMatchObject({ writes: {}, standing: [{ unit: '征管科' }] });
  });

  it('that holds no more is withdrawn, once, and counts nothing', () => {
    const found = planned([STANDING], []);
    expect([found.writes, found.standing]).toEqual([{ status: '撤销', working: '迟办3天;现已不符合扣分条件,撤销' }, []]);
    expect(planned([{ ...STANDING, status: '撤销' }], [])).toMatchObject({ writes: {}, standing: [] });
  });

  it('of a locked month stands as it was signed', () => {
    expect(planned([{ ...STANDING, proposed: -2 }], [], { locked: '2026-03' })).toMatchObject({ writes: {}, standing: [{ points: -2 }] });
    expect(planned([{ ...STANDING, proposed: -2 }], [SCORE], { locked: '2026-03' })).toMatchObject({ writes: {}, standing: [{ points: -2 }] });
    expect(planned([{ ...STANDING, appealReason: '停电' }], [], { locked: '2026-03' }).hints).toEqual([expect.stringContaining('2026-03 已锁定')]);
    expect(planned([{ ...STANDING, appealReason: '停电', appealResult: '维持' }], [SCORE]).hints).toEqual([]);
  });

  it('that stands twice: the last row is the program’s own, the other is left as it is', () => {
    const found = planned([{ ...STANDING, proposed: -1 }, { ...STANDING, proposed: -2 }], [SCORE]);
    expect([found.writes, points(found), found.added]).toEqual([{ '2.proposed': -3 }, [-1, -3], []]);
  });

  it('is only what says that it is automatic and bears an id', () => {
    expect(planned([{ ...STANDING, origin: '' }], [])).toMatchObject({ writes: {}, standing: [{ points: -3 }] });
    expect(planned([{ ...STANDING, scoreId: '' }], [])).toMatchObject({ writes: {}, standing: [{ points: -3 }] });
  });
});

describe('what counts', () => {
  const row = (unit: string, counts: number, coefficient = 0): StandingPoints => ({ month: '2026-03', unit, itemId: '', points: counts, coefficient, open: false });

  it('is summed by a key, to two decimals; rows without one, or that count nothing, are left out', () => {
    const rows = [row('甲', -0.1), row('甲', -0.2), row('', -5), row('乙', 0, -0.05)];
    expect([...sumPoints(rows, ({ unit }) => unit, new Map<string, number>())]).toEqual([['甲', -0.3]]);
    expect([...sumPoints(rows, ({ unit }) => unit, new Map<string, number>(), 'coefficient')]).toEqual([['乙', -0.05]]);
  });
});
