import { describe, expect, it } from 'vitest';
import { day } from '../calendar/plain-date.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { Status } from '../workbook/values.ts';
import type { ItemFacts } from './item-facts.ts';
import { rollUpHints } from './roll-up.ts';

type Child = readonly [status: Status, percent: number | null];

interface Case {
  readonly formula?: string;
  readonly percent?: number | null;
  readonly status?: Status;
  readonly children: readonly Child[];
  readonly clause?: string;
}

function hintsOf({ formula = '平均进度', percent = null, status = '办理中', children, clause }: Case): readonly string[] {
  const childFacts = children.map(([own, part], index) => ({ id: `X-1.${String(index)}`, status: own, cells: { percent: part } }) as unknown as ItemFacts);
  // One child that the run knows nothing of: it has no number yet.
  const rows = [...childFacts.map(({ id }) => ({ cells: { itemId: id } })), { cells: { itemId: '' } }];
  const workbook = {
    policy: { clauses: { rollUp: clause } }, parameters: { choice: () => formula }, index: { childrenOf: new Map(children.length === 0 ? [] : [['X-1', rows]]) },
  } as unknown as Workbook;
  const facts = new Map(childFacts.map((child) => [child.id, child]));
  return rollUpHints(workbook, { id: 'X-1', cells: { percent }, status } as unknown as ItemFacts, facts, day('2026-03-16'));
}

describe('the progress of an item that has children', () => {
  const HALF: readonly Child[] = [['办理中', 0.2], ['已办结', 0.8]];
  const tells = (words: string): readonly string[] => [`下级事项${words},与本行「进度」不同:请核对(x-1)`];
  it.each<[string, Case, readonly string[]]>([
    ['is the mean of theirs', { children: HALF }, tells('平均进度 50%')],
    ['is no matter where it says the same', { children: HALF, percent: 0.5 }, []],
    ['nor where they differ by less than can be shown', { children: HALF, percent: 0.5004 }, []],
    ['but where they differ by as much', { children: HALF, percent: 0.501 }, tells('平均进度 50%')],
    ['in either direction', { children: HALF, percent: 0.499 }, tells('平均进度 50%')],
    ['is the least of theirs', { children: HALF, formula: '最低进度' }, tells('最低进度 20%')],
    ['is how many of them are closed', { children: [...HALF, ['办理中', 1], ['已归档', null]], formula: '办结比例' }, tells('办结比例 50%')],
    ['counts a blank one as nothing', { children: [['办理中', null], ['办理中', 0.5]] }, tells('平均进度 25%')],
    ['differs, where it is blank, from theirs at nothing', { children: [['办理中', 0]] }, tells('平均进度 0%')],
    ['leaves out those that were struck out', { children: [...HALF, ['已撤销', 0]], percent: 0.5 }, []],
    ['is nothing to compare where all were struck out', { children: [['已撤销', 0]] }, []],
    ['is not compared before it is issued', { children: HALF, status: '拟立项' }, []],
    ['nor once it is closed', { children: HALF, status: '已办结' }, []],
    ['nor where it has none', { children: [] }, []],
  ])('%s', (_name, given, hints) => {
    expect(hintsOf({ clause: 'x-1', ...given })).toEqual(hints);
  });

  it('is no matter of a regulation that does not speak of it', () => {
    expect(hintsOf({ children: HALF })).toEqual([]);
  });
});
