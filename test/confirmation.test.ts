import { TemplateHandler } from 'easy-template-x';
import { expect, test } from 'vitest';
import {
  at, columnsOf, day, dayOf, isEndOfDay, parsePeriod, parseWorkbook, planReport, planRun, serialOfDay, serialOfMoment, SHEET_KEYS,
  type ColumnType, type ConfirmationSheet, type Day, type Moment, type Workbook,
} from '#core';
import { POLICIES, SAMPLES } from '#templates';
import { confirmationDocx } from '../sync-service/documents/confirmation-docx.ts';
import { MemoryWorkbook } from './support/memory-workbook.ts';

const NOW = at(day('2026-03-16'), 9);

function serial(type: ColumnType, value: number): number {
  if (type === 'day') return serialOfDay(value as Day);
  if (type === 'limit' && isEndOfDay(value as Moment)) return serialOfDay(dayOf(value as Moment));
  return type === 'limit' || type === 'moment' ? serialOfMoment(value as Moment) : value;
}

/** The tax sample after its run. */
function sample(): MemoryWorkbook {
  const workbook = new MemoryWorkbook();
  for (const key of SHEET_KEYS) {
    const types = new Map(columnsOf(key).map((column) => [column.key, column.type]));
    for (const row of SAMPLES.tax.rows[key] ?? []) {
      workbook.add(key, Object.fromEntries(Object.entries(row).map(([column, value]) => [column, typeof value === 'number' ? serial(types.get(column)!, value) : value])));
    }
  }
  workbook.add('parameters', { key: 'policy', value: 'tax' });
  workbook.apply(planRun(parsed(workbook), NOW).changes);
  return workbook;
}

function parsed(workbook: MemoryWorkbook): Workbook {
  return parseWorkbook(workbook.snapshot(), POLICIES).workbook!;
}

function sheetsOf(workbook: MemoryWorkbook, period = '2026-03'): readonly ConfirmationSheet[] {
  return planReport(parsed(workbook), parsePeriod(period)!, NOW).confirmations;
}

test('each unit with scores of the month has a sheet whose counts, items and sums agree with 排名 and 考核计分', () => {
  const workbook = sample();
  const report = planReport(parsed(workbook), parsePeriod('2026-03')!, NOW);
  const rows = parsed(workbook).sheets.scores.rows.filter(({ cells }) => cells.month === '2026-03' && cells.status !== '撤销');
  expect(rows.length).toBeGreaterThan(2);
  expect(report.confirmations.map(({ unit }) => unit).sort()).toEqual([...new Set(rows.map(({ cells }) => cells.unit))].sort());
  for (const sheet of report.confirmations) {
    const ranking = report.ranked.rows.find(({ unit }) => unit === sheet.unit)!;
    expect(sheet).toMatchObject({ dueCount: ranking.dueCount, onTimeCount: ranking.onTimeCount, rate: ranking.rate, counted: ranking.points });
    expect(sheet.items).toHaveLength(sheet.dueCount);
    expect(sheet.items.filter(({ onTime }) => onTime === '是')).toHaveLength(sheet.onTimeCount);
    expect(sheet.scores.map(({ working }) => working).sort()).toEqual(rows.filter(({ cells }) => cells.unit === sheet.unit).map(({ cells }) => cells.working).sort());
  }
});

test('withdrawn scores and those of other months are left out, one of a person goes to the unit of that person', () => {
  const workbook = sample();
  const person = parsed(workbook).sheets.people.rows.find(({ cells }) => cells.unit === '纳服科')!.cells.name;
  const before = sheetsOf(workbook).find(({ unit }) => unit === '纳服科')!;
  workbook.add('scores', { scoreId: 'X1', month: '2026-03', unit: '纳服科', origin: '手动', reason: '甲', proposed: -9, status: '撤销' });
  workbook.add('scores', { scoreId: 'X2', month: '2026-02', unit: '纳服科', origin: '手动', reason: '乙', proposed: -9, status: '生效' });
  workbook.add('scores', { scoreId: 'X3', month: '2026-03', person, origin: '手动', reason: '丙', proposed: -2, status: '生效' });
  const after = sheetsOf(workbook).find(({ unit }) => unit === '纳服科')!;
  expect(after.scores.filter((score) => !before.scores.some(({ reason, working }) => reason === score.reason && working === score.working)).map(({ reason }) => reason)).toEqual(['丙']);
  expect([after.proposed, after.counted]).toEqual([before.proposed - 2, before.counted - 2]);
});

test('a quarter is not confirmed, its months are', () => {
  expect(sheetsOf(sample(), '2026Q1')).toEqual([]);
});

test('the report of a month lists no item as overdue whose limit passed before 启用日', () => {
  const lateOf = (workbook: MemoryWorkbook): { id: string; due: Day }[] =>
    planReport(parsed(workbook), parsePeriod('2026-03')!, NOW).late.map(({ id, assessed }) => ({ id, due: dayOf(assessed!) }));
  const workbook = sample();
  const before = lateOf(workbook);
  const last = Math.max(...before.map(({ due }) => due)) as Day;
  workbook.add('parameters', { key: 'goLive', value: serialOfDay(last) });
  const after = lateOf(workbook);
  expect(after).toEqual(before.filter(({ due }) => due >= last));
  expect(after.length).toBeLessThan(before.length);
});

test('the document holds every unit, item, working and article, leaves 确认分值 to be written, and never a confidential title', async () => {
  const workbook = sample();
  const { policy } = parsed(workbook);
  const sheets = sheetsOf(workbook);
  const first = sheets[0]!;
  const open = { ...first.scores[0]!, status: '建议', proposed: -5, working: '按条款待确认' };
  const docx = await confirmationDocx({
    period: parsePeriod('2026-03')!, policyName: policy.name, supervisingUnit: policy.supervisingUnit, appealWorkdays: 5,
    articleOf: (clause) => `〔${clause}〕`,
    sheets: [...sheets, { ...first, unit: '甲科', scores: [open, { ...open, confirmed: -4, status: '生效' }, { ...open, status: '申诉中' }, { ...open, proposed: null, coefficient: -0.05 }] }],
  });
  const text = await new TemplateHandler().getText(Buffer.from(docx));
  for (const sheet of sheets) {
    for (const part of [sheet.unit, sheet.head, ...sheet.items.map(({ itemId }) => itemId), ...sheet.scores.flatMap(({ working, clause }) => [working, `〔${clause}〕`])]) expect(text).toContain(part);
  }
  expect(text).toContain('5 个工作日内');
  expect(text).toContain('单位负责人：');
  expect(text).toContain('督办部门：');
  expect(text.match(/（签字）/g)).toHaveLength(2 * (sheets.length + 1));
  const cells = text.slice(text.indexOf('甲科'));
  expect(cells).toMatch(/按条款待确认〔[^〕]+〕-52/);
  expect(cells).toMatch(/按条款待确认〔[^〕]+〕-5-43/);
  expect(cells).toMatch(/按条款待确认〔[^〕]+〕-5申诉中4/);
  expect(cells).toContain('系数 -0.05');
  const confidential = parsed(workbook).sheets.items.rows.filter(({ cells: item }) => item.confidentiality === '保密').map(({ cells: item }) => item.title);
  expect(confidential.length).toBeGreaterThan(0);
  for (const title of confidential) expect(text).not.toContain(title);
  expect(text).not.toMatch(/[{}]/);
});
