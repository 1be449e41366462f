import { HOME_CELLS, type HomeKey } from './home-layout.ts';
import { SHEETS } from './columns.ts';
import type { Policy } from '../policy/schema.ts';
import { LIGHT_COLOURS } from './looks.ts';
import { SECRECY_NOTICE } from './secrecy.ts';

/** Where each named cell stands on a new 首页 (people may move it: its name goes along). */
export const HOME_PLACES: Readonly<Record<HomeKey, string>> = {
  policy: 'B2', dataAsOf: 'E2',
  toReview: 'A6', toApprove: 'B6', toSign: 'C6', toConfirm: 'D6', forLeaders: 'E6', hints: 'F6',
  countGreen: 'A10', countYellow: 'B10', countRed: 'C10', countBlue: 'D10', countGrey: 'E10', countDone: 'F10',
  monthRate: 'A14', lastMonthRate: 'C14', extensionRate: 'E14', monthRateBasis: 'B15',
  worst1: 'B18', worst2: 'B19', worst3: 'B20', worst4: 'B21', worst5: 'B22',
  coverage: 'B24', notes: 'B25',
};
/** The cells that the chart draws: the lights' names and their counts. */
export const HOME_CHART = { categories: 'A9:F9', values: 'A10:F10', title: '在册事项灯号分布' } as const;
export const HOME_YEAR_CELL = 'F28';
export const HOME_YEARS = ['2025', '2026', '2027', '2028', '2029', '2030'] as const;
const FIRST_MONTH_ROW = 30;
const MONTHS = 12;

/** How a piece of 首页 looks; hosts turn each into their own style. */
export type HomeLook = 'title' | 'section' | 'label' | 'line-label' | 'tile' | 'rate' | 'line' | 'notice' | 'day' | 'year' | 'cell' | `light-${number}` | `count-${number}`;

export interface HomePiece {
  readonly range: string;
  readonly value: string | number | { readonly formula: string } | null;
  readonly look: HomeLook;
}

/** 首页 as a list of pieces, six equal columns wide; `letter` gives the letters of a column of 督办台账. */
export function homePieces(policy: Policy, letter: (columnKey: string) => string): HomePiece[] {
  const pieces: HomePiece[] = [];
  const put = (range: string, value: HomePiece['value'], look: HomeLook): void => { pieces.push({ range, value, look }); };
  const columns = ['A', 'B', 'C', 'D', 'E', 'F'];
  put('A1:F1', '督办一页', 'title');
  put('A2', HOME_CELLS.policy, 'label');
  put('B2:C2', `${policy.name}(${policy.id})`, 'line');
  put('D2', HOME_CELLS.dataAsOf, 'label');
  put('E2:F2', null, 'day');
  put('A3:F3', SECRECY_NOTICE, 'notice');
  put('A4:F4', '今日要办', 'section');
  const today: readonly HomeKey[] = ['toReview', 'toApprove', 'toSign', 'toConfirm', 'forLeaders', 'hints'];
  today.forEach((key, index) => {
    put(`${columns[index]!}5`, HOME_CELLS[key], 'label');
    put(`${columns[index]!}6`, null, 'tile');
  });
  put('A8:F8', '在册事项(按灯号)', 'section');
  LIGHT_COLOURS.forEach(([light], index) => {
    put(`${columns[index]!}9`, light, `light-${index}`);
    put(`${columns[index]!}10`, null, `count-${index}`);
  });
  put('A12:F12', '办结率', 'section');
  const rates: readonly HomeKey[] = ['monthRate', 'lastMonthRate', 'extensionRate'];
  rates.forEach((key, index) => {
    const [from, to] = [columns[index * 2]!, columns[index * 2 + 1]!];
    put(`${from}13:${to}13`, HOME_CELLS[key], 'label');
    put(`${from}14:${to}14`, null, 'rate');
  });
  put('A15', HOME_CELLS.monthRateBasis, 'line-label');
  put('B15:F15', null, 'line');
  put('A17:F17', '逾期最久的五件', 'section');
  for (let place = 1; place <= 5; place += 1) {
    put(`A${17 + place}`, place, 'label');
    put(`B${17 + place}:F${17 + place}`, null, 'line');
  }
  put('A24', HOME_CELLS.coverage, 'line-label');
  put('B24:F24', null, 'line');
  put('A25', HOME_CELLS.notes, 'line-label');
  put('B25:F25', firstSteps(policy), 'line');
  put('A27:F27', '灯号分布与全年进度', 'section');
  put('D28:E28', '年度(点右格选择)', 'label');
  put(HOME_YEAR_CELL, { formula: 'YEAR(TODAY())' }, 'year');
  ['月份', '下发件数', '办结件数'].forEach((text, index) => put(`${columns[index + 3]!}29`, text, 'label'));
  for (let month = 1; month <= MONTHS; month += 1) {
    const row = FIRST_MONTH_ROW + month - 1;
    put(`D${row}`, `${month}月`, 'cell');
    put(`E${row}`, { formula: monthCount(letter('issuedAt'), letter('rowType'), month) }, 'cell');
    put(`F${row}`, { formula: monthCount(letter('closedAt'), letter('rowType'), month) }, 'cell');
  }
  return pieces;
}

/** Heights in points of the rows that are not plain. */
export const HOME_ROW_HEIGHTS: Readonly<Record<number, number>> = {
  1: 40, 2: 24, 3: 22, 4: 24, 6: 42, 7: 9, 8: 24, 10: 42, 11: 9, 12: 24, 14: 42, 16: 9, 17: 24, 23: 9, 25: 66, 26: 9, 27: 24,
};
export const HOME_ROW_HEIGHT = 23;

/** Colours of 首页 where a formula holds: what waits, what is late, data that are old. */
export const HOME_COLOUR_RULES = [
  { range: 'E2:F2', formula: 'AND(LEN($E$2)>0,IFERROR(IF(ISNUMBER($E$2),INT($E$2),DATEVALUE(LEFT($E$2,10)))<WORKDAY(TODAY(),-1),FALSE))', tone: 'red', bold: true },
  { range: 'A6:F6', formula: 'AND(ISNUMBER(A6),A6>0)', tone: 'yellow', bold: true },
  { range: 'B18:F22', formula: 'LEN($B18)>0', tone: 'red', bold: false },
] as const;

/** What an office does first; the first run puts its own findings here. */
function firstSteps(policy: Policy): string {
  return [
    `① 在「${SHEETS.units.name}」「${SHEETS.people.name}」登记单位、人员和角色。`,
    `② 在「${SHEETS.parameters.name}」核对${policy.name}的数值,浅黄底的是原文没有写明的约定。`,
    `③ 在「${SHEETS.items.name}」登记事项;灰底由程序填写,其余照常填。`,
  ].join('\n');
}

/** Rows of 督办台账 whose column falls in a month; legs and nodes (行类型) are parts of an item and not counted. */
function monthCount(dates: string, types: string, month: number): string {
  const column = (letters: string): string => `'${SHEETS.items.name}'!$${letters}:$${letters}`;
  const year = `$${HOME_YEAR_CELL.replace(/\d+/, (row) => `$${row}`)}`;
  return `COUNTIFS(${column(dates)},">="&DATE(${year},${month},1),${column(dates)},"<"&DATE(${year},${month + 1},1),`
    + `${column(types)},"<>分解",${column(types)},"<>节点",${column(types)},"<>环节")`;
}
