import { describe, expect, it } from 'vitest';
import { addDays, at, day, formatDay, moment } from '#core';
import { archiveName, archivesOf, outdatedArchives } from './rotation.ts';

const named = (date: string, time = '0900'): string => `台账.${date}T${time}.duban.zip`;
/** One archive a day, `count` days up to a day. */
const daily = (last: string, count: number): string[] => Array.from({ length: count }, (_, back) => named(formatDay(addDays(day(last), back - count + 1))));

it('an archive is named by workbook and minute', () => {
  expect(archiveName('台账.xlsx', moment('2026-03-16 09:05'))).toBe('台账.2026-03-16T0905.duban.zip');
  expect(archiveName('台账.XLSX', at(day('2026-12-31'), 0))).toBe('台账.2026-12-31T0000.duban.zip');
});

it('only files that the program named are archives of this workbook', () => {
  const others = ['台账.xlsx', '台账.duban.zip', '台账.2026-03-16.duban.zip', '台账.2026-03-16T0900.duban.zip.old', '台账2.2026-03-16T0900.duban.zip', '副本台账.2026-03-16T0900.duban.zip'];
  expect(archivesOf('台账.xlsx', [...others, named('2026-03-16')])).toEqual([named('2026-03-16')]);
  expect(outdatedArchives('台账.xlsx', others)).toEqual([]);
});

describe('what the rotation removes', () => {
  it.each<[string, string[], string[]]>([
    ['nothing where nothing is', [], []],
    ['nothing of thirty days', daily('2026-03-30', 30), []],
    ['of thirty-one days within one month the oldest', daily('2026-03-31', 31), [named('2026-03-01')]],
    ['no last day of a month, though older than thirty days', daily('2026-04-30', 31), []],
    ['of a day gone by all but its last', [named('2026-03-15', '0800'), named('2026-03-15', '1700'), named('2026-03-16')], [named('2026-03-15', '0800')]],
    ['nothing of the latest day', [named('2026-03-16', '0800'), named('2026-03-16', '0801')], []],
    ['nothing after an outage: days count where they have an archive', [named('2025-11-03'), named('2025-11-04'), named('2026-03-16')], []],
  ])('%s', (_, files, removed) => {
    expect(outdatedArchives('台账.xlsx', [...files].reverse())).toEqual(removed);
  });

  it('of ten years of days stay 30 days, 24 months and every year', () => {
    const files = daily('2026-03-16', 3700);
    const removed = new Set(outdatedArchives('台账.xlsx', files));
    const kept = files.filter((name) => !removed.has(name));
    expect(kept.slice(-30)).toEqual(daily('2026-03-16', 30));
    // 2024-04 to 2026-01 by their last days; February's and March's are among the thirty; years before by theirs.
    expect(kept.slice(0, -30)).toEqual([
      ...[2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023].map((year) => named(`${year}-12-31`)),
      ...Array.from({ length: 22 }, (_, index) => {
        const month = 3 + index;
        const firstOfNext = day(`${2024 + Math.floor((month + 1) / 12)}-${String(((month + 1) % 12) + 1).padStart(2, '0')}-01`);
        return named(formatDay(addDays(firstOfNext, -1)));
      }),
    ]);
  });
});
