import { expect, it } from 'vitest';
import { chainBreaks, day, moment, parseWorkbook, planRun, runRecord, serialOfDay, type Change, type RunPlan } from '#core';
import { POLICIES } from '#policies';
import { MemoryWorkbook } from './support/memory-workbook.ts';

function office(): MemoryWorkbook {
  const workbook = new MemoryWorkbook();
  workbook.add('parameters', { key: 'policy', value: 'tax' });
  workbook.add('units', { name: '征管科', head: '征管科科长' });
  workbook.add('items', { itemId: 'DB-1', title: '甲', leadUnit: '征管科', form: '一般', category: '局领导交办', status: '已下发', deadlineSet: serialOfDay(day('2026-03-04')) });
  return workbook;
}

function planOf(workbook: MemoryWorkbook, at = '2026-03-02 09:00'): RunPlan {
  return planRun(parseWorkbook(workbook.snapshot(), POLICIES).workbook!, moment(at));
}

const isRecord = (change: Change): boolean => change.kind === 'append' && change.sheet === 'history';

it('what a run recorded before it was cut off is not recorded again, and the chain stays whole', () => {
  const workbook = office();
  const records = planOf(workbook).changes.filter(isRecord);
  expect(records.length).toBeGreaterThan(2);
  workbook.apply(records.slice(0, 2));
  const next = planOf(workbook).changes.filter(isRecord);
  expect(next.map((change) => change.kind === 'append' && change.values['field'])).toEqual(records.slice(2).map((change) => change.kind === 'append' && change.values['field']));
  workbook.apply(planOf(workbook).changes);
  expect(workbook.sheets.get('history')!.rows).toHaveLength(records.length);
  expect(chainBreaks(parseWorkbook(workbook.snapshot(), POLICIES).workbook!)).toEqual([]);
});

it('what a finished run recorded is recorded again when it happens again', () => {
  const workbook = office();
  const before = parseWorkbook(workbook.snapshot(), POLICIES).workbook!;
  const plan = planOf(workbook);
  workbook.apply([...plan.changes, runRecord(before, plan, { version: 'test', writes: 0, notices: 0, conflicts: 0, ms: 1 })]);
  const recorded = workbook.sheets.get('history')!.rows.length;
  workbook.edit('items', 'DB-1', 'deadlineOriginal', null);
  workbook.apply(planOf(workbook, '2026-03-02 10:00').changes);
  expect(workbook.sheets.get('history')!.rows).toHaveLength(recorded + 1);
});
