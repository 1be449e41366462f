import { describe, expect, it } from 'vitest';
import type { CellsOf } from '../workbook/columns.ts';
import { directoryOf } from '../workbook/directory-fixture.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { issueHints, reviewHints } from './item-hints.ts';

const UNITS = [{ name: '工程部' }, { name: '采购部', head: '采购经理', dutyPerson: '采购主管' }, { name: '财务部', head: '财务经理' }];

/** A regulation that wants both, or with no clause for either; with feedback as `type by`. */
function office(feedback: readonly string[] = [], clauses: object = { dutyPerson: 'x-1', coOpinion: 'x-2' }): Workbook {
  const rows = feedback.map((row) => ({ cells: { type: row.split(' ')[0], by: row.split(' ')[1] } }));
  return {
    policy: { clauses }, directory: directoryOf([{ name: '采购经理' }, { name: '财务员', unit: '财务部' }, { name: '闲人' }], UNITS, null),
    index: { feedbackOf: new Map(rows.length === 0 ? [] : [['X-1', rows]]) },
  } as unknown as Workbook;
}

function item(cells: Partial<CellsOf<'items'>>): CellsOf<'items'> {
  return { itemId: 'X-1', leadUnit: '工程部', dutyPerson: '', coUnits: '', handling: '', ...cells } as CellsOf<'items'>;
}

describe('an issued item', () => {
  it.each<[string, Partial<CellsOf<'items'>>, readonly string[]]>([
    ['wants a 责任人 where neither it nor its unit names one', {}, ['「工程部」没有明确责任人:请在「单位」填「责任人」(x-1)']],
    ['and where its unit is not registered', { leadUnit: '后勤部' }, ['「后勤部」没有明确责任人:请在「单位」填「责任人」(x-1)']],
    ['has one by its unit', { leadUnit: '采购部' }, []],
    ['or by its own cell', { dutyPerson: '工程主管' }, []],
  ])('%s', (_name, cells, hints) => {
    expect(issueHints(office(), item(cells))).toEqual(hints);
  });

  it('wants none where the regulation asks for none', () => {
    expect(issueHints(office([], {}), item({}))).toEqual([]);
  });
});

describe('an item that is handed in', () => {
  const missing = (units: string): readonly string[] => [`缺协办意见:${units},请在「进展反馈」补填(x-2)`];
  it.each<[string, Partial<CellsOf<'items'>>, readonly string[], readonly string[]]>([
    ['lacks the opinion of each assisting unit', { coUnits: '采购部、财务部' }, [], missing('采购部、财务部')],
    ['has that of a unit whose name stands on it', { coUnits: '后勤部、财务部' }, ['协办意见 后勤部'], missing('财务部')],
    ['and of a unit whose head wrote it', { coUnits: '采购部、财务部' }, ['协办意见 采购经理'], missing('财务部')],
    ['and of a unit one of whose people wrote it', { coUnits: '采购部、财务部' }, ['协办意见 财务员', '协办意见 采购部'], []],
    ['not by another kind of feedback', { coUnits: '采购部' }, ['进展 采购经理'], missing('采购部')],
    ['not by the opinion of somebody else, or of a stranger', { coUnits: '采购部' }, ['协办意见 闲人', '协办意见 生人'], missing('采购部')],
    ['lacks none where nobody assists', {}, [], []],
    ['nor where it went from unit to unit', { coUnits: '采购部', handling: '依次传办' }, [], []],
  ])('%s', (_name, cells, feedback, hints) => {
    expect(reviewHints(office(feedback), item(cells))).toEqual(hints);
  });

  it('lacks none where the regulation asks for none', () => {
    expect(reviewHints(office([], {}), item({ coUnits: '采购部' }))).toEqual([]);
  });
});
