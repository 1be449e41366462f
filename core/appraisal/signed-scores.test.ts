import { describe, expect, it } from 'vitest';
import { moment } from '../calendar/plain-date.ts';
import { sealText } from '../plan/seal.ts';
import { ItemPlaces } from '../workbook/by-item.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { directoryOf } from '../workbook/directory-fixture.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { parsePeriod } from './periods.ts';
import { signedScores, type SignedScores } from './signed-scores.ts';

const SCORE = { month: '2026-03', unit: '征管科', itemId: 'T-1', origin: '自动', reason: '迟办', status: '生效', proposed: null, confirmed: null, coefficient: null };
type Cells = Partial<CellsOf<'scores'>>;

/** What is signed through `locked` when 底账 remembers so much of T-1 (null: never seen) and 考核计分 and 排名 hold these rows. */
function signed(remembered: string | null, scores: readonly Cells[], rankings: readonly Partial<CellsOf<'rankings'>>[] = [], locked: string | null = '2026-03'): SignedScores {
  const through = locked === null ? null : parsePeriod(locked)!.last;
  const baseline = remembered === null ? [] : [{ cells: { itemId: 'T-1', firstSeen: moment('2026-04-01 09:00'), seal: sealText('1a2b', '征管科', false, remembered) } }];
  const workbook = {
    index: { places: new ItemPlaces(['T-1', 'T-2']), items: [{ cells: { itemId: 'T-1' } }], baseline: new Map(baseline.map((row) => [row.cells.itemId, row])) },
    sheets: { baseline: { rows: baseline }, scores: { rows: scores.map((cells) => ({ cells: { ...SCORE, ...cells } })) }, rankings: { rows: rankings.map((cells) => ({ cells: { coefficient: null, ...cells } })) } },
    directory: directoryOf([], [{ name: '征管科', formerNames: '旧征管科' }, { name: '法规科' }], null),
  } as unknown as Workbook;
  return signedScores(workbook, { lockedThrough: through, isLocked: ({ last }) => through !== null && last <= through });
}

describe('what 底账 remembers of signed months', () => {
  it.each<[string, string | null, readonly Cells[], string]>([
    ['is what they count when they are first seen signed', '', [{ proposed: -3 }], '2026-03:征管科:-3:0'],
    ['for an item never seen as well', null, [{ proposed: -3 }], '2026-03:征管科:-3:0'],
    ['is nothing where nothing counts', '', [{ status: '建议', proposed: -3 }, { month: '2026-04', proposed: -3 }], ''],
    ['is summed by month and unit, in their order', '', [{ proposed: -1 }, { unit: '法规科', proposed: -4 }, { month: '2026-02', proposed: -8 }, { proposed: -2.5 }, { coefficient: -0.05 }, { coefficient: -0.1 }],
      '2026-02:征管科:-8:0;2026-03:征管科:-3.5:-0.15;2026-03:法规科:-4:0'],
    ['leaves out a sum of nothing', '', [{ proposed: -1 }, { origin: '手动', proposed: 1 }, { unit: '法规科', proposed: -4 }], '2026-03:法规科:-4:0'],
    ['keeps a sum of coefficients alone', '', [{ coefficient: -0.05 }], '2026-03:征管科:0:-0.05'],
    ['keeps what it remembers, whatever the rows say now', '2026-03:征管科:-3:0', [{ proposed: -1 }], '2026-03:征管科:-3:0'],
    ['and where they are gone', '2026-03:征管科:-3:0', [], '2026-03:征管科:-3:0'],
    ['takes in a month that was signed since', '2026-02:征管科:-8:0', [{ month: '2026-02', proposed: -8 }, { proposed: -3 }], '2026-02:征管科:-8:0;2026-03:征管科:-3:0'],
    ['forgets a month that is open again', '2026-04:征管科:-8:0', [], ''],
    ['writes a unit without the marks that part one sum from the next', '', [{ unit: '甲:乙|丙', proposed: -3 }], '2026-03:甲 乙 丙:-3:0'],
    ['is read back as it was written', '2026-03:征管科:-3:-0.05', [{ proposed: -3 }, { coefficient: -0.05 }], '2026-03:征管科:-3:-0.05'],
  ])('%s', (_name, remembered, scores, expected) => {
    expect(signed(remembered, scores).sealOf('T-1')).toBe(expected);
  });

  it('is nothing while no month is signed, and for an item without scores', () => {
    expect(signed('2026-03:征管科:-3:0', [{ proposed: -1 }], [], null)).toMatchObject({ corrections: [], notes: [] });
    expect([signed('', [{ proposed: -3 }], [], null).sealOf('T-1'), signed('', [{ proposed: -3 }]).sealOf('T-2')]).toEqual(['', '']);
  });
});

describe('an edit of what is signed', () => {
  const of = (remembered: string, scores: readonly Cells[]): unknown => {
    const { corrections, notes } = signed(remembered, scores);
    return [corrections, notes.map((note) => note.replace(/:改动.*/, ''))];
  };
  const correction = (unit: string, points: number, coefficient = 0, month = '2026-03'): object => ({ month, unit, itemId: 'T-1', points, coefficient, open: false });
  it.each<[string, string, readonly Cells[], readonly object[], readonly string[]]>([
    ['counts for nothing, and is told', '2026-03:征管科:-3:0', [{ proposed: -1 }], [correction('征管科', -2)], ['T-1 的考核计分(征管科,2026-03)签发时计 -3,现为 -1']],
    ['that took the row away as well', '2026-03:征管科:-3:0', [], [correction('征管科', -3)], ['T-1 的考核计分(征管科,2026-03)签发时计 -3,现为 0']],
    ['that added a row to a signed month as well', '2026-03:征管科:-3:0', [{ proposed: -3 }, { unit: '法规科', proposed: -2 }], [correction('法规科', 2)], ['T-1 的考核计分(法规科,2026-03)签发时计 0,现为 -2']],
    ['that gave it to another unit as well', '2026-03:征管科:-3:0', [{ unit: '法规科', proposed: -3 }], [correction('征管科', -3), correction('法规科', 3)],
      ['T-1 的考核计分(征管科,2026-03)签发时计 -3,现为 0', 'T-1 的考核计分(法规科,2026-03)签发时计 0,现为 -3']],
    ['that gave it to another month as well', '2026-02:征管科:-3:0', [{ proposed: -3 }], [correction('征管科', -3, 0, '2026-02')], ['T-1 的考核计分(征管科,2026-02)签发时计 -3,现为 0']],
    ['of a coefficient as well', '2026-03:征管科:-3:-0.05', [{ proposed: -3 }, { coefficient: -0.1 }], [correction('征管科', 0, 0.05)], ['T-1 的考核计分(征管科,2026-03)签发时计 -0.05,现为 -0.1']],
    ['of a coefficient that is gone', '2026-03:征管科:-3:-0.05', [{ proposed: -3 }], [correction('征管科', 0, -0.05)], ['T-1 的考核计分(征管科,2026-03)签发时计 -0.05,现为 0']],
    ['of a coefficient that came', '2026-03:征管科:-3:0', [{ proposed: -3 }, { unit: '法规科', coefficient: -0.1 }], [correction('法规科', 0, 0.1)], ['T-1 的考核计分(法规科,2026-03)签发时计 0,现为 -0.1']],
    ['is none where the sums are the same', '2026-03:征管科:-3:0;2026-02:征管科:-1:0', [{ proposed: -3 }, { month: '2026-02', proposed: -1 }], [], []],
    ['is none in a month signed since', '2026-02:征管科:-8:0', [{ month: '2026-02', proposed: -8 }, { proposed: -3 }], [], []],
    ['is none in a month that is open', '2026-04:征管科:-8:0', [{ month: '2026-04', proposed: -1 }], [], []],
  ])('%s', (_name, remembered, scores, corrections, notes) => {
    expect(of(remembered, scores)).toEqual([corrections, notes]);
  });
});

describe('what was ranked before it was signed', () => {
  const noItem: Cells = { itemId: '', proposed: -3 };
  const ranked = (points: number | null, unit = '征管科', period = '2026-03'): Partial<CellsOf<'rankings'>> => ({ period, unit, points });
  const told = (scores: readonly Cells[], rankings: readonly Partial<CellsOf<'rankings'>>[], remembered = ''): unknown => {
    const { corrections, notes } = signed(remembered, scores, rankings);
    return corrections.filter(({ itemId }) => itemId === '').map(({ month, unit, points, coefficient, open }, index) => [month, unit, points, coefficient, open, notes.at(index - corrections.length)!.replace(/:以签发的.*/, '')]);
  };

  it('is what the sum of a unit’s rows without an item is held against', () => {
    const expected = [['2026-03', '征管科', -1, 0, false, '「征管科」2026-03 的考核计分合计 -3,签发的排名是 -4']];
    expect(told([noItem], [ranked(-4)])).toEqual(expected);
    expect(told([{ ...noItem, unit: '旧征管科' }], [ranked(-4)])).toEqual(expected);
    expect(told([{ ...noItem, proposed: -1 }, { proposed: -2 }], [ranked(-4)])).toEqual(expected);
  });

  it.each<[string, readonly Cells[], readonly Partial<CellsOf<'rankings'>>[]]>([
    ['nothing is told where it is the same', [noItem], [ranked(-3)]], ['nor where it was not ranked', [noItem], [ranked(null)]], ['nor of a unit that has nothing', [noItem], [ranked(-3), ranked(0, '法规科')]],
    ['nor of a month before those that the program ranked', [{ ...noItem, month: '2026-02' }], [ranked(-9, '征管科', '2026-02')]],
    ['nor of a quarter', [noItem], [ranked(-3), ranked(-9, '征管科', '2026Q1')]], ['nor of a month that is open', [{ ...noItem, month: '2026-04' }], [ranked(-9, '征管科', '2026-04')]],
    ['nor where it names no unit', [{ ...noItem, unit: '' }], [ranked(-9, '')]],
  ])('%s', (_name, scores, rankings) => {
    expect(told(scores, rankings)).toEqual([]);
  });

  it.each<[string, readonly Cells[], readonly Partial<CellsOf<'rankings'>>[], readonly (string | number)[]]>([
    ['so is an item’s that 底账 doesn’t remember yet', [{ proposed: -1 }], [ranked(-3)], [-2, 0, '合计 -1,签发的排名是 -3']],
    ['and a row that is gone', [], [ranked(-3)], [-3, 0, '合计 0,签发的排名是 -3']], ['and one that is not in force any more', [{ ...noItem, status: '建议' }], [ranked(-3)], [-3, 0, '合计 0,签发的排名是 -3']],
    ['and a coefficient', [{ coefficient: -0.05 }], [{ ...ranked(0), coefficient: 0.9 }], [0, -0.05, '系数调整合计 -0.05,签发的排名是 -0.1']],
    ['and units merged since, all together', [{ proposed: -1 }, { unit: '旧征管科', proposed: -1 }], [ranked(-2), ranked(-3, '旧征管科')], [-3, 0, '合计 -2,签发的排名是 -5']],
  ])('%s', (_name, scores, rankings, [points, coefficient, words]) => {
    const found = signed('', scores, rankings);
    expect([found.corrections, found.notes]).toEqual([[{ month: '2026-03', unit: '征管科', itemId: '', points, coefficient, open: false }], [expect.stringContaining(`「征管科」2026-03 的考核计分${String(words)}:`)]]);
    // What was not signed is not remembered as signed.
    expect(found.sealOf('T-1')).toBe('');
  });

  it('what an item’s own correction brings back is not told twice', () => {
    expect(told([noItem, { proposed: -1 }], [ranked(-5)], '2026-03:征管科:-2:0')).toEqual([]);
    expect(signed('2026-03:征管科:-2:0', [noItem, { proposed: -1 }], [ranked(-5)]).corrections).toEqual([{ month: '2026-03', unit: '征管科', itemId: 'T-1', points: -1, coefficient: 0, open: false }]);
  });
});
