import { describe, expect, it } from 'vitest';
import type { CellsOf } from '../workbook/columns.ts';
import { countedCoefficient, countedPoints, REVERSAL } from './scores.ts';

type Row = Pick<CellsOf<'scores'>, 'origin' | 'status' | 'proposed' | 'confirmed' | 'coefficient' | 'reason'>;
const AUTOMATIC: Row = { origin: '自动', status: '生效', proposed: -3, confirmed: null, coefficient: null, reason: '迟办' };
const COEFFICIENT: Row = { ...AUTOMATIC, proposed: null, coefficient: -0.05 };

describe('what a row of 考核计分 counts', () => {
  it.each<[string, Partial<Row>, number]>([
    ['what was proposed', {}, -3], ['what was confirmed in its place', { confirmed: -2 }, -2], ['a deduction, though it was confirmed as a plain number', { confirmed: 2 }, -2], ['nothing confirmed as nothing', { confirmed: 0 }, -0],
    ['nothing while it is 建议', { status: '建议' }, 0], ['nothing once it is 撤销', { status: '撤销', confirmed: -2 }, 0], ['nothing where nothing was proposed', { proposed: null }, 0], ['nothing where it moves a coefficient', { coefficient: -0.05 }, 0],
    ['what people wrote themselves, plus or minus', { origin: '手动', proposed: null, confirmed: 2 }, 2], ['what the regulation makes of that', { origin: '手动', proposed: -2, confirmed: 2 }, -2],
    ['what is taken back, once it is confirmed', { reason: REVERSAL, proposed: 3, confirmed: 2 }, 2], ['nothing taken back before', { reason: REVERSAL, proposed: 3 }, 0],
  ])('in points: %s', (_name, row, points) => {
    expect(countedPoints({ ...AUTOMATIC, ...row })).toBe(points);
  });

  it.each<[string, Partial<Row>, number]>([
    ['what was proposed', {}, -0.05], ['what was confirmed in its place', { confirmed: -0.02 }, -0.02], ['a deduction, though it was confirmed as a plain number', { confirmed: 0.02 }, -0.02], ['nothing while it is 建议', { status: '建议' }, 0],
    ['nothing where it is of points', { coefficient: null, proposed: -3 }, 0], ['what is taken back, once it is confirmed', { reason: REVERSAL, coefficient: 0.05, confirmed: 0.03 }, 0.03], ['nothing taken back before', { reason: REVERSAL, coefficient: 0.05 }, 0],
  ])('in coefficients: %s', (_name, row, coefficient) => {
    expect(countedCoefficient({ ...COEFFICIENT, ...row })).toBe(coefficient);
  });
});
