import { describe, expect, it } from 'vitest';
import { day } from '../calendar/plain-date.ts';
import { expectedValue, readParameter } from './read-parameter.ts';
import type { ParameterDefinition, ParameterType } from './schema.ts';

const INTEGER: ParameterType = { kind: 'integer', min: 0, max: 60 };
const NUMBER: ParameterType = { kind: 'number', min: -1, max: 2.5 };
const TEXT: ParameterType = { kind: 'text', places: ['收件人'] };

describe('a value of 制度参数', () => {
  it.each<[ParameterType, string | number, string, number | null]>([
    [INTEGER, '0', '0', 0], [INTEGER, 60, '60', 60], [INTEGER, ' １２ ', '12', 12],
    [NUMBER, '-1', '-1', -1], [NUMBER, '2.5', '2.5', 2.5],
    [{ kind: 'choice', values: ['是', 'before-chase'] }, 'Before-Chase', 'before-chase', null],
    [{ kind: 'time' }, '8:30', '08:30', 510], [{ kind: 'time' }, '00:00', '00:00', 0], [{ kind: 'time' }, '23:59:00', '23:59', 1439],
    [{ kind: 'time' }, 0.354166667, '08:30', 510], [{ kind: 'time' }, '.75', '18:00', 1080],
    [{ kind: 'period' }, '2026-03', '2026-03', null], [{ kind: 'period' }, '2026.3', '2026-03', null], [{ kind: 'period' }, '2026/03/15', '2026-03', null],
    [{ kind: 'period' }, '2026q1', '2026Q1', null], [{ kind: 'period' }, '2026', '2026', null], [{ kind: 'period' }, 46082, '2026-03', null],
    [{ kind: 'words' }, '大概,可能、 也许', '大概、可能、也许', null],
    [TEXT, ' {收件人},您好: ', '{收件人},您好:', null], [TEXT, '好'.repeat(300), '好'.repeat(300), null],
    [INTEGER, '  ', '', null],
  ])('%j takes %j as %j', (type, value, text, number) => {
    expect(readParameter(type, value)).toEqual({ text, number, day: null });
  });

  it.each([['2026-03-02', '2026-03-02'], [46083, '2026-03-02'], ['46083.0', '2026-03-02'], ['2026年3月2日', '2026-03-02']])('a day is read from %j', (value, date) => {
    expect(readParameter({ kind: 'day' }, value)).toEqual({ text: date, number: null, day: day(date) });
  });

  it.each<[ParameterType, string | number]>([
    [INTEGER, '-1'], [INTEGER, '61'], [INTEGER, '1.5'], [INTEGER, '三天'], [NUMBER, '三成'], [NUMBER, '-1.01'], [NUMBER, '2.51'],
    [{ kind: 'choice', values: ['是', '否'] }, '对'],
    [{ kind: 'day' }, '2026-02-30'], [{ kind: 'day' }, '下周'],
    [{ kind: 'time' }, '24:00'], [{ kind: 'time' }, '8:60'], [{ kind: 'time' }, '8点半'], [{ kind: 'time' }, '上午8:30'], [{ kind: 'time' }, '1.5'], [{ kind: 'time' }, '8:30前'],
    [{ kind: 'period' }, '2026-13'], [{ kind: 'period' }, '2026Q5'], [{ kind: 'period' }, '报2026Q1'], [{ kind: 'period' }, '2026Q1起'], [{ kind: 'period' }, '三月'], [{ kind: 'period' }, '0026'], [{ kind: 'period' }, '自2026-03'], [{ kind: 'period' }, '2026-03起'],
    [TEXT, '{单位},您好'], [TEXT, '好'.repeat(301)],
  ])('%j refuses %j', (type, value) => {
    expect(readParameter(type, value)).toBeNull();
  });

  it.each<[ParameterType, string]>([
    [INTEGER, '请填 0 到 60 之间的整数'], [NUMBER, '请填 -1 到 2.5 之间的数'], [{ kind: 'choice', values: ['是', '否'] }, '请从 是、否 中选择'],
    [{ kind: 'day' }, '请填日期,如 2026-03-01'], [{ kind: 'time' }, '请填时刻,如 08:30'], [{ kind: 'period' }, '请填期间,如 2026-03、2026Q1 或 2026'],
    [{ kind: 'words' }, '请填词语,用、分隔'], [TEXT, '请写不超过 300 字的一段话,花括号里只能写 {收件人}'], [{ kind: 'text', places: [] }, '请写不超过 300 字的一段话,不用花括号'],
  ])('for %j the remedy is %j', (type, sentence) => {
    expect(expectedValue({ type } as ParameterDefinition)).toBe(sentence);
  });
});
