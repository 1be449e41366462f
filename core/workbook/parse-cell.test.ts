import { describe, expect, it, test } from 'vitest';
import { formatDay, formatLimit, formatMoment, serialOfDay, day } from '../calendar/plain-date.ts';
import { cleanHeader } from './half-width.ts';
import { choiceReader, readList, readName, readNumber, readPercent, readText, type Content } from './parse-cell.ts';
import { proposeDate } from './propose-date.ts';
import { readDay, readLimit, readMoment } from './read-date.ts';

const FIFTH = serialOfDay(day('2026-03-05'));

test.each<[string, Content, string]>([
  ['a serial number', FIFTH, '2026-03-05'],
  ['a serial number with an hour', FIFTH + 0.4, '2026-03-05'],
  ['a whole day that lost a little in arithmetic', FIFTH - 1e-9, '2026-03-05'],
  ['a serial number as text', String(FIFTH), '2026-03-05'],
  ['the canonical form', '2026-03-05', '2026-03-05'],
  ['slashes', '2026/3/5', '2026-03-05'],
  ['full stops', '2026.3.5', '2026-03-05'],
  ['Chinese units', '2026年3月5日', '2026-03-05'],
  ['Chinese units and an hour', '2026年3月5日 9:30', '2026-03-05'],
  ['Chinese units and the day of the week', '2026年3月5日（星期四）', '2026-03-05'],
  ['full-width digits', '２０２６－０３－０５', '2026-03-05'],
  ['spaces all over', ' 2026 - 3 - 5 ', '2026-03-05'],
  ['eight digits as text', '20260305', '2026-03-05'],
  ['eight digits as a number', 20_260_305, '2026-03-05'],
  ['the ISO form with an hour', '2026-3-5T09:30', '2026-03-05'],
  ['the leap day', '2028-02-29', '2028-02-29'],
])('a day is read from %s', (_name, value, expected) => {
  expect(formatDay(readDay(value)!)).toBe(expected);
});

test.each<[string, Content, string]>([
  ['a bare date runs to the end of its day', '2026-03-05', '2026-03-05'],
  ['a whole serial number runs to the end of its day', FIFTH, '2026-03-05'],
  ['midnight, as exports write a bare date, runs to the end of its day', '2026-03-05 00:00', '2026-03-05'],
  ['24:00 is the end of that day', '2026年3月5日24时', '2026-03-05'],
  ['an hour is kept', '2026-03-05 17:30', '2026-03-05 17:30'],
  ['an hour of a serial number is kept', FIFTH + 17.5 / 24, '2026-03-05 17:30'],
  ['an afternoon hour is understood', '2026年3月5日下午3点', '2026-03-05 15:00'],
  ['hours and minutes in Chinese are understood', '2026年3月5日9时30分', '2026-03-05 09:30'],
  ['seconds are rounded', '2026-03-05 09:29:45', '2026-03-05 09:30'],
  ['the zone of the product may be named', '2026-03-05T09:30:00+08:00', '2026-03-05 09:30'],
])('of a limit %s', (_name, value, expected) => {
  expect(formatLimit(readLimit(value)!)).toBe(expected);
});

test.each<[string, Content, string]>([
  ['a bare date is its first minute', '2026-03-05', '2026-03-05 00:00'],
  ['a whole serial number is its first minute', FIFTH, '2026-03-05 00:00'],
  ['an hour is kept', '2026年3月5日 9:30', '2026-03-05 09:30'],
  ['an hour of a serial number is kept', FIFTH + 9.5 / 24, '2026-03-05 09:30'],
  ['24:00 is the first minute of the next day', '2026-03-05 24:00', '2026-03-06 00:00'],
])('of a moment %s', (_name, value, expected) => {
  expect(formatMoment(readMoment(value)!)).toBe(expected);
});

test.each<Content>([
  '4月底前', '长期坚持', '2026-02-30', '2026-13-01', '2026-03-05 25:00', '2026-03-05 9:75', '26.3.5', '3月5日', '2026', 2026, 3.5, 0, -5,
  1e9, Number.NaN, Number.POSITIVE_INFINITY, true, '99999999', '2026-03-05 ab', '', '2026-03-0', '2026-0a-05',
])('no date is read from %s', (value) => {
  expect([readDay(value), readLimit(value), readMoment(value)]).toEqual([null, null, null]);
});

test.each<[string, string | null]>([
  ['4月底前', '2026-04-30'],
  ['4月底', '2026-04-30'],
  ['２月底前', '2026-02-28'],
  ['4月', '2026-04-30'],
  ['5月中旬', '2026-05-20'],
  ['3月5日前', '2026-03-05'],
  ['3.5', '2026-03-05'],
  ['2027年1月底前', '2027-01-31'],
  ['年底', '2026-12-31'],
  ['2027年底前完成', '2027-12-31'],
  ['二季度末', '2026-06-30'],
  ['上半年', '2026-06-30'],
  ['26.3.5', '2026-03-05'],
  ['13月底', null],
  ['长期坚持', null],
  ['尽快', null],
  ['2026', null],
])('for %s the date proposed in 2026 is %s', (text, expected) => {
  expect(proposeDate(text, 2026)).toBe(expected);
});

it('proposes nothing where no year is known, unless the text names one', () => {
  expect([proposeDate('4月底前', null), proposeDate('2027年4月底前', null)]).toEqual([null, '2027-04-30']);
});

test.each<[Content, number | null]>([
  [3, 3], ['3', 3], [' ３ ', 3], ['-1.5', -1.5], ['1,234', 1234], ['1,234,567.5', 1_234_567.5], ['50%', 0.5], ['.5', 0.5],
  ['3天', null], ['约3', null], ['1,23', null], ['', null], [true, null], [Number.NaN, null], [Number.POSITIVE_INFINITY, null], ['1e5', null],
])('the number read from %s is %s', (value, expected) => {
  expect(readNumber(value)).toBe(expected);
});

test.each<[Content, number | null]>([
  ['80%', 0.8], ['８０％', 0.8], [0.8, 0.8], [80, 0.8], ['80', 0.8], [1, 1], [100, 1], ['100%', 1], ['0.5%', 0.005], [0, 0],
  [-0.1, null], [101, null], ['180%', null], ['大半', null],
])('the share read from %s is %s', (value, expected) => {
  expect(readPercent(value)).toBe(expected);
});

describe('names', () => {
  test.each<[string, Content, string]>([
    ['trailing spaces', '张三 ', '张三'],
    ['the padding of two-character names', '王　芳', '王芳'],
    ['full-width digits and letters', '第３营运Ａ队', '第3营运A队'],
    ['full-width brackets', '营运（分）公司', '营运(分)公司'],
    ['invisible characters', '\u200B张三\uFEFF', '张三'],
    ['a number as a name', 20_260_001, '20260001'],
  ])('are compared without %s', (_name, value, expected) => {
    expect(readName(value)).toBe(expected);
  });

  it('keep one space between Latin words', () => {
    expect(readName(' Ann  Lee ')).toBe('Ann Lee');
  });

  it('in a list are separated by 、 whatever was typed', () => {
    expect(readList('一队，二队；三队/四队\n五 队, ')).toBe('一队、二队、三队、四队、五队');
    expect(readList('一队、二队')).toBe('一队、二队');
  });
});

describe('text', () => {
  it('loses white space around it and keeps everything inside', () => {
    expect(readText(' 第一行：１\n第二行　完 \n')).toBe('第一行：１\n第二行　完');
  });

  it('of a number is what a spreadsheet shows', () => {
    expect([readText(0.1 + 0.2), readText(13_800_000_000), readText(true)]).toEqual(['0.3', '13800000000', 'TRUE']);
  });
});

describe('a choice', () => {
  const yesNo = choiceReader(['是', '否']);
  test.each<[Content, string | null]>([
    ['是', '是'], ['否', '否'], [' 是 ', '是'], ['√', '是'], ['×', '否'], [true, '是'], [false, '否'], ['TRUE', '是'], ['Ｙ', '是'],
    ['n', '否'], [1, '是'], [0, '否'], ['', ''], ['也许', null],
  ])('of yes or no read from %s is %s', (value, expected) => {
    expect(yesNo(value)).toBe(expected);
    expect(yesNo(value)).toBe(expected);
  });

  it('of a lone 是 takes a no as blank', () => {
    expect([choiceReader(['是'])('√'), choiceReader(['是'])('×'), choiceReader(['是'])('否')]).toEqual(['是', '', '']);
  });

  it('comes back as the contract writes it', () => {
    const types = choiceReader(['分(子)公司', '其它/临时交办']);
    expect([types('分（子）公司'), types(' 其它／临时交办'), types('√')]).toEqual(['分(子)公司', '其它/临时交办', null]);
  });
});

it('a header is compared without spaces, line breaks, width and the mark of required columns', () => {
  expect(['要求\n时限', ' 要求 时限* ', '＊要求时限：', '要求时限:'].map(cleanHeader)).toEqual(Array(4).fill('要求时限'));
});
