import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, day, type Day } from '../calendar/plain-date.ts';
import { resolveParameters, type ParameterRow } from './resolve-parameters.ts';
import type { ParameterDefinition, ParameterType } from './schema.ts';

function definition(key: string, type: ParameterType, value: string | number, optional = false): ParameterDefinition {
  return { key, label: `标签${key}`, type, value, unit: '', clause: '', inText: false, note: '', optional };
}

const DEFINITIONS = [
  definition('points', { kind: 'integer', min: 0, max: 10 }, 1),
  definition('share', { kind: 'number', min: -1, max: 0 }, -0.05),
  definition('lead', { kind: 'integer', min: 0, max: 60 }, 3, true),
  definition('base', { kind: 'choice', values: ['current', 'original'] }, 'current'),
  definition('rolls', { kind: 'choice', values: ['是', '否'] }, '否'),
  definition('start', { kind: 'day' }, ''),
  definition('digest', { kind: 'time' }, '08:30'),
  definition('locked', { kind: 'period' }, ''),
];
const TODAY = day('2026-03-16');

function row(key: string, value: string, effectiveFrom: Day | null = null, ref = 2): ParameterRow {
  return { key, value, effectiveFrom, ref };
}

describe('resolveParameters', () => {
  test('a key without a row has its default on every day', () => {
    const { parameters, issues } = resolveParameters(DEFINITIONS, []);
    expect(parameters.number('points', TODAY)).toBe(1);
    expect(parameters.number('share', day('1990-01-01'))).toBe(-0.05);
    expect(parameters.text('base', TODAY)).toBe('current');
    expect(parameters.flag('rolls', TODAY)).toBe(false);
    expect(parameters.day('start', TODAY)).toBeNull();
    expect(issues).toEqual([]);
  });

  test('the latest row in force on the day wins, in whatever order the rows stand', () => {
    const rows = [row('points', '4', day('2026-05-01')), row('points', '2'), row('points', '3', day('2026-03-01'))];
    for (const order of [rows, [...rows].reverse()]) {
      const { parameters } = resolveParameters(DEFINITIONS, order);
      expect(['2026-02-28', '2026-03-01', '2026-04-30', '2026-05-01'].map((text) => parameters.number('points', day(text)))).toEqual([2, 3, 3, 4]);
    }
  });

  test('before the first dated row the default holds', () => {
    const { parameters } = resolveParameters(DEFINITIONS, [row('points', '5', day('2026-03-01'))]);
    expect(parameters.number('points', day('2026-02-28'))).toBe(1);
  });

  test.each([
    ['full-width digits', 'points', '７', '7'],
    ['surrounding spaces', 'points', ' 2　', '2'],
    ['a negative number', 'share', '-0.1', '-0.1'],
    ['a full-width minus', 'share', '－０．１', '-0.1'],
    ['other capitals', 'base', 'ORIGINAL', 'original'],
    ['a Chinese date', 'start', '2026年3月5日', '2026-03-05'],
    ['a date as serial number', 'start', '46086', '2026-03-05'],
    ['a time without leading zero', 'digest', '9:05', '09:05'],
    ['a full-width colon', 'digest', '９：０５', '09:05'],
    ['a time as a fraction of the day', 'digest', '0.375', '09:00'],
    ['a month', 'locked', '2026-02', '2026-02'],
    ['a month without leading zero', 'locked', '2026-2', '2026-02'],
    ['a month that a spreadsheet made a date', 'locked', '46054', '2026-02'],
    ['a quarter', 'locked', '2026q1', '2026Q1'],
    ['a year', 'locked', '2025', '2025'],
  ])('understands %s', (_name, key, typed, canonical) => {
    const { parameters, issues } = resolveParameters(DEFINITIONS, [row(key, typed)]);
    expect(issues).toEqual([]);
    expect(parameters.text(key, TODAY)).toBe(canonical);
  });

  test.each([
    ['text for a number', 'points', '三分'],
    ['a fraction for an integer', 'points', '1.5'],
    ['more than the maximum', 'points', '11'],
    ['less than the minimum', 'points', '-1'],
    ['a coefficient above nought', 'share', '0.05'],
    ['an unknown choice', 'base', 'latest'],
    ['an impossible date', 'start', '2026-02-30'],
    ['an impossible time', 'digest', '25:00'],
    ['a fifth quarter', 'locked', '2026Q5'],
    ['a thirteenth month', 'locked', '2026-13'],
    ['a blank where a value is needed', 'points', ' '],
  ])('refuses %s, says so with label and remedy, and keeps the previous value', (_name, key, typed) => {
    const before = resolveParameters(DEFINITIONS, []).parameters.text(key, TODAY);
    const { parameters, issues } = resolveParameters(DEFINITIONS, [row(key, typed, day('2026-03-01'), 9)]);
    expect(parameters.text(key, TODAY)).toBe(before);
    expect(issues).toMatchObject([{ ref: 9, key, value: typed, code: 'parameter-invalid' }]);
    expect(issues[0]!.message).toMatch(new RegExp(`^「标签${key}」不能.*仍按原值执行:请`));
  });

  test('a refused row leaves the dated row before it in force', () => {
    const { parameters } = resolveParameters(DEFINITIONS, [row('points', '2', day('2026-01-01')), row('points', '99', day('2026-03-01'))]);
    expect(parameters.number('points', TODAY)).toBe(2);
  });

  test('an optional parameter may be left blank, which means none', () => {
    const { parameters, issues } = resolveParameters(DEFINITIONS, [row('lead', '')]);
    expect(parameters.number('lead', TODAY)).toBeNull();
    expect(issues).toEqual([]);
  });

  test('an unknown key is reported, a row without key is not', () => {
    const { issues } = resolveParameters(DEFINITIONS, [row('pionts', '2', null, 7), row('', '2')]);
    expect(issues).toMatchObject([{ ref: 7, key: 'pionts', code: 'parameter-unknown' }]);
  });

  test('where the default is blank, a row may be too', () => {
    const { parameters, issues } = resolveParameters(DEFINITIONS, [row('start', '2026-03-01', day('2026-01-01')), row('start', '', day('2026-03-01'))]);
    expect(['2026-02-28', '2026-03-01'].map((on) => parameters.day('start', day(on)))).toEqual([day('2026-03-01'), null]);
    expect(issues).toEqual([]);
  });

  test('of two values from the same day the last as text counts, in whatever order they stand, and both rows are told', () => {
    const rows = [row('points', '4', day('2026-03-01'), 5), row('points', '7', day('2026-03-01'), 6), row('points', '2', day('2026-01-01'), 7)];
    for (const order of [rows, [...rows].reverse()]) {
      const { parameters, issues } = resolveParameters(DEFINITIONS, order);
      expect(['2026-02-28', '2026-03-01'].map((on) => parameters.number('points', day(on)))).toEqual([2, 7]);
      expect(issues.map(({ ref, code }) => [ref, code]).sort()).toEqual([[5, 'parameter-doubled'], [6, 'parameter-doubled']]);
      expect(issues[0]!.message).toMatch('同一生效日有 2 个不同的值,暂按「7」执行');
    }
  });

  test('the same value twice from one day is no doubt, nor is a row without a day over the default', () => {
    expect(resolveParameters(DEFINITIONS, [row('points', '4', day('2026-03-01')), row('points', '4', day('2026-03-01'))]).issues).toEqual([]);
    const { parameters, issues } = resolveParameters(DEFINITIONS, [row('points', '0')]);
    expect([parameters.number('points', TODAY), issues]).toEqual([0, []]);
  });

  test('是 is true, and a key that only other policies have is blank', () => {
    const { parameters } = resolveParameters(DEFINITIONS, [row('rolls', '是', day('2026-03-01'))]);
    expect(['2026-02-28', '2026-03-01'].map((on) => parameters.flag('rolls', day(on)))).toEqual([false, true]);
    expect([parameters.choice('rolls', TODAY), parameters.choice('nonsense', TODAY)]).toEqual(['是', '']);
  });

  test('a default that does not fit its type is a programming error', () => {
    expect(() => resolveParameters([definition('points', { kind: 'integer', min: 0, max: 10 }, 11)], [])).toThrow('default of points is invalid: 11');
  });

  test('asking for an undefined key is a programming error', () => {
    const { parameters } = resolveParameters(DEFINITIONS, []);
    expect(() => parameters.number('nonsense', TODAY)).toThrow(RangeError);
  });

  test('every key has exactly one value on every date, the value in force by the rule', () => {
    const dated = fc.record({
      value: fc.integer({ min: -3, max: 14 }).map(String),
      effectiveFrom: fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }),
    });
    fc.assert(fc.property(fc.uniqueArray(dated, { selector: (entry) => entry.effectiveFrom, maxLength: 12 }), fc.integer({ min: -2, max: 23 }), (entries, offset) => {
      const rows = entries.map(({ value, effectiveFrom }, index) => row('points', value, effectiveFrom === null ? null : addDays(TODAY, effectiveFrom), index));
      const on = addDays(TODAY, offset);
      const { parameters } = resolveParameters(DEFINITIONS, rows);
      const valid = entries.filter(({ value }) => Number(value) >= 0 && Number(value) <= 10)
        .filter(({ effectiveFrom }) => effectiveFrom === null || effectiveFrom <= offset)
        .sort((a, b) => (a.effectiveFrom ?? -1) - (b.effectiveFrom ?? -1));
      expect(parameters.number('points', on)).toBe(Number(valid.at(-1)?.value ?? 1));
      for (const { key } of DEFINITIONS) expect(typeof parameters.text(key, on)).toBe('string');
    }));
  });
});
