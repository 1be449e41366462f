import { describe, expect, it } from 'vitest';
import { formatMoment, moment, type Moment } from '../calendar/plain-date.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Status } from '../workbook/values.ts';
import { measureOf, redoneAt } from './rework.ts';

const NOW = moment('2026-03-31 09:00');
const CLOCK = { now: NOW, today: 0 as never, stamp: NOW, digestsDue: true };
const FIRST = moment('2026-03-12 09:00');
const REDONE = moment('2026-03-24 09:00');
const LIMIT = moment('2026-03-10 18:00');
const DUE = moment('2026-03-25 18:00');
const HANDLED_AT = moment('2026-03-20 09:00');

interface Case {
  readonly status?: Status;
  /** What 上报办结时间 says by now. */
  readonly typed?: Moment | null;
  readonly first?: Moment | null;
  readonly reason?: string;
  readonly due?: Moment | null;
}

function cellsOf({ typed = FIRST, reason = '不全', due = DUE }: Case): CellsOf<'items'> {
  return { submittedAt: typed, returnReason: reason, returnDue: due } as CellsOf<'items'>;
}
const firstOf = ({ first }: Case): Moment | null => (first === undefined ? FIRST : first);
const shown = (at: Moment | null): string | null => (at === null ? null : formatMoment(at));

describe('a redo came in', () => {
  it.each<[string, Case, Moment | null]>([
    ['not yet while the item is sent back', { status: '已退办' }, NOW],
    ['not yet while it is worked on again', { status: '办理中', typed: REDONE }, NOW],
    ['when 上报办结时间 says so', { status: '待审核', typed: REDONE }, REDONE],
    ['also in a later step of the review', { status: '分管领导审核', typed: REDONE }, REDONE],
    ['when it went to review, where nobody typed a time', { status: '待审核', typed: null }, HANDLED_AT],
    ['or where the time is still that of the first submission', { status: '待审核', typed: FIRST }, HANDLED_AT],
    ['or where no first submission is known', { status: '待审核', typed: REDONE, first: null }, HANDLED_AT],
    ['at a time that nobody knows any more, in a later step', { status: '分管领导审核', typed: FIRST }, null],
  ])('%s', (_name, given, at) => {
    expect(shown(redoneAt(cellsOf(given), given.status!, HANDLED_AT, firstOf(given), CLOCK))).toBe(shown(at));
  });
});

describe('an item is measured', () => {
  it.each<[string, '否' | '是' | '续计', Case, readonly [Moment, Moment | null]]>([
    ['by its first submission', '否', { status: '已退办' }, [LIMIT, FIRST]],
    ['by now, while nothing was handed in', '否', { status: '办理中', typed: null, first: null, reason: '' }, [LIMIT, NOW]],
    ['by 退办期限 in the place of its limit', '是', { status: '待审核', typed: REDONE }, [DUE, REDONE]],
    ['by its first submission where no 退办期限 was set', '是', { status: '待审核', typed: REDONE, due: null }, [LIMIT, FIRST]],
    ['by its redo, the days running on', '续计', { status: '待审核', typed: REDONE }, [LIMIT, REDONE]],
    ['by its redo, though a 退办期限 was set', '续计', { status: '已退办' }, [LIMIT, NOW]],
    ['by its first submission where it was never sent back: 是', '是', { status: '分管领导审核', reason: '' }, [LIMIT, FIRST]],
    ['by its first submission where it was never sent back: 续计', '续计', { status: '分管领导审核', reason: '' }, [LIMIT, FIRST]],
    ['by now where a reason stands and nothing was handed in', '续计', { status: '办理中', typed: null, first: null }, [LIMIT, NOW]],
    ['by nothing where it is under review since nobody knows when', '否', { status: '待审核', typed: null, first: null, reason: '' }, [LIMIT, null]],
  ])('%s (%s)', (_name, reading, given, [assessed, done]) => {
    const workbook = { parameters: { choice: () => reading } } as unknown as Workbook;
    const measure = measureOf(workbook, cellsOf(given), given.status!, HANDLED_AT, firstOf(given), LIMIT, CLOCK);
    expect([shown(measure.assessed), shown(measure.done)]).toEqual([shown(assessed), shown(done)]);
  });
});
