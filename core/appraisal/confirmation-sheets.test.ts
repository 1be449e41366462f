import { describe, expect, it } from 'vitest';
import { day, endOfDay, moment } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { directoryOf } from '../workbook/directory-fixture.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { confirmationSheets, type ConfirmationSheet } from './confirmation-sheets.ts';
import { parsePeriod } from './periods.ts';
import type { RankingRow } from './rankings.ts';
import type { StandingPoints } from './score-rows.ts';

const SCORE = {
  scoreId: '', month: '2026-03', unit: '征管科', person: '', itemId: '', origin: '自动', reason: '迟办', proposed: null, coefficient: null, working: '', clause: 'x-1', status: '生效', confirmed: null,
};

function item(id: string, cells: object, more: Partial<ItemFacts> = {}): ItemFacts {
  return {
    id, unit: '征管科', status: '待审核', counted: true, dueBeforeGoLive: false, assessed: endOfDay(day('2026-03-20')), issuedAt: moment('2026-02-10 09:00'), closedAt: null,
    submittedAt: moment('2026-03-23 10:00'), onTime: '否', daysLate: 3, ...more, cells: { title: `事项${id}`, confidentiality: '', ...cells },
  } as unknown as ItemFacts;
}

const ITEMS = [
  item('T-2', {}, { submittedAt: null, daysLate: null, onTime: '' }), item('T-1', { confidentiality: '保密' }),
  item('T-3', {}, { assessed: endOfDay(day('2026-04-01')) }), item('T-4', {}, { unit: '法规科', assessed: moment('2026-03-31 15:00') }), item('T-5', {}, { assessed: null, closedAt: moment('2026-03-12 09:00'), unit: '旧征管科' }),
  item('T-6', {}, { counted: false }), item('T-7', {}, { status: '拟立项' }), item('T-8', {}, { issuedAt: moment('2026-03-31 09:00'), assessed: endOfDay(day('2026-04-10')) }),
];

/** What the units sign for 2026-03. */
function sheets(scores: readonly Partial<CellsOf<'scores'>>[], rows: readonly Partial<RankingRow>[] = [], denominator = 'due', corrections: readonly StandingPoints[] = []): ConfirmationSheet[] {
  const workbook = {
    directory: directoryOf(
      [{ name: '科长', unit: '征管科' }, { name: '前科长', leftOn: day('2026-03-02'), successor: '新科长' }],
      [{ name: '征管科', head: '科长', formerNames: '旧征管科' }, { name: '法规科', head: '前科长' }], day('2026-04-01'),
    ),
    sheets: { scores: { rows: scores.map((cells) => ({ cells: { ...SCORE, ...cells } })) } }, parameters: { text: () => denominator },
  } as unknown as Workbook;
  return confirmationSheets(workbook, new Map(ITEMS.map((facts) => [facts.id, facts])), { period: parsePeriod('2026-03')!, rows: rows as RankingRow[], counts: new Map(), before: { rate: null } }, corrections);
}

describe('考核确认表', () => {
  it('is one for each unit with scores of the month, in the order of the names; what was withdrawn or is of another month is left out', () => {
    const found = sheets([{ scoreId: 'b' }, { scoreId: 'a' }, { scoreId: 'c', unit: '法规科' }, { scoreId: 'd', status: '撤销' }, { scoreId: 'e', month: '2026-02' }, { scoreId: 'f', unit: '办税科', status: '撤销' }]);
    expect(found.map(({ unit, scores }) => [unit, scores.length])).toEqual([['征管科', 2], ['法规科', 1]]);
    expect(sheets([{ unit: '法规科' }, { unit: '征管科' }]).map(({ unit }) => unit)).toEqual(['征管科', '法规科']);
  });

  it('takes a unit by its former name, and one who answers in person by his unit', () => {
    expect(sheets([{ unit: '旧征管科' }, { unit: '', person: '科长' }]).map(({ unit, scores }) => [unit, scores.length])).toEqual([['征管科', 2]]);
    expect(sheets([{ unit: '', person: '生人' }]).map(({ unit, head }) => [unit, head])).toEqual([['', '']]);
  });

  it('names the head in office, and what the unit was ranked by', () => {
    const rows = [{ unit: '征管科', dueCount: 4, onTimeCount: 3, rate: 0.75 }];
    expect(sheets([{}, { unit: '法规科' }], rows)).toMatchObject([{ unit: '征管科', head: '科长', dueCount: 4, onTimeCount: 3, rate: 0.75 }, { unit: '法规科', head: '新科长', dueCount: 0, onTimeCount: 0, rate: null }]);
  });

  it('lists the items that were due, by number; a confidential one by number alone', () => {
    expect(sheets([{}])[0]!.items).toEqual([
      { itemId: 'T-1', title: '(保密事项)', limit: '2026-03-20', submitted: '2026-03-23 10:00', onTime: '否', daysLate: 3 },
      { itemId: 'T-2', title: '事项T-2', limit: '2026-03-20', submitted: '', onTime: '', daysLate: null },
    ]);
    expect(sheets([{ unit: '法规科' }])[0]!.items.map(({ itemId, limit }) => [itemId, limit])).toEqual([['T-4', '2026-03-31 15:00']]);
  });

  it('lists them by the denominator of the office', () => {
    expect(sheets([{}], [], 'closed-or-due')[0]!.items.map(({ itemId, limit }) => [itemId, limit])).toEqual([['T-1', '2026-03-20'], ['T-2', '2026-03-20'], ['T-5', '']]);
    expect(sheets([{}], [], 'issued')[0]!.items.map(({ itemId }) => itemId)).toEqual(['T-8']);
  });

  it('lists the scores by their ids with the title of their item, and sums points and coefficients apart', () => {
    const [sheet] = sheets([
      { scoreId: 'b', itemId: 'T-2', proposed: -0.1, person: '经办', working: '迟办' }, { scoreId: 'a', itemId: 'T-9', proposed: -0.2, confirmed: -0.3 },
      { scoreId: 'c', itemId: 'T-1', coefficient: -0.05, proposed: -9 }, { scoreId: 'd', proposed: -2, status: '建议' }, { scoreId: 'e' },
    ]);
    expect(sheet!.scores.map(({ itemId, title }) => [itemId, title])).toEqual([['T-9', ''], ['T-2', '事项T-2'], ['T-1', '(保密事项)'], ['', ''], ['', '']]);
    expect(sheet!.scores[1]).toEqual({ itemId: 'T-2', title: '事项T-2', person: '经办', reason: '迟办', working: '迟办', clause: 'x-1', proposed: -0.1, coefficient: null, confirmed: null, status: '生效' });
    expect([sheet!.proposed, sheet!.counted, sheet!.coefficient]).toEqual([-2.3, -0.4, -0.05]);
  });

  it('counts what was signed, and has a line for what was changed since', () => {
    const back = { month: '2026-03', unit: '旧征管科', itemId: 'T-2', points: -2, coefficient: 0, open: false };
    const [sheet] = sheets([{ scoreId: 'a', proposed: -1 }], [], 'due', [back, { ...back, month: '2026-02' }, { ...back, unit: '法规科' }, { ...back, itemId: '', points: 0, coefficient: -0.05 }]);
    expect(sheet).toMatchObject({ proposed: -1, counted: -3, coefficient: -0.05 });
    expect(sheet!.scores.slice(1)).toMatchObject([{ itemId: 'T-2', title: '事项T-2', reason: '签发后的改动不作数', coefficient: null, confirmed: -2 }, { itemId: '', coefficient: -0.05, confirmed: -0.05 }]);
  });
});
