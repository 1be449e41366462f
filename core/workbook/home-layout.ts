/**
 * The named cells of 首页. Hosts with a grid give each key a defined name (`_duban.home.<key>`), so that people may move
 * the cells; core only says what each holds.
 */
export const HOME_CELLS = {
  dataAsOf: '数据截至',
  policy: '现行制度',
  toReview: '待审核',
  toApprove: '待批延期',
  toSign: '待签催办',
  toConfirm: '待确认扣分',
  hints: '提示',
  countGreen: '绿',
  countYellow: '黄',
  countRed: '红',
  countBlue: '蓝',
  countGrey: '灰',
  countDone: '完',
  monthRate: '本月按时办结率',
  monthRateBasis: '口径',
  lastMonthRate: '上月按时办结率',
  extensionRate: '延期率',
  forLeaders: '需领导决定',
  worst1: '逾期最久 1',
  worst2: '逾期最久 2',
  worst3: '逾期最久 3',
  worst4: '逾期最久 4',
  worst5: '逾期最久 5',
  coverage: '日历',
  notes: '需要处理',
} as const;

export type HomeKey = keyof typeof HOME_CELLS;
export const HOME_KEYS = Object.keys(HOME_CELLS) as HomeKey[];
