import { addDays, type Day } from './days.ts';

/** A matter as the people of the office know it, whatever the table says. */
export interface Matter {
  readonly title: string;
  readonly unit: string;
  handler: string;
  /** Who handled it before he left. */
  formerHandler: string | null;
  readonly head: string;
  readonly issued: Day;
  limit: Day;
  /** The day of the run that saw it first. */
  firstSeen: Day | null;
  /** When its handler will hand it in; null: not within the fortnight. */
  readonly handsInOn: Day | null;
  submitted: Day | null;
  step: '办理中' | '待审核' | '分管领导审核' | '已办结';
  /** The day of its review by the office: the leader signs what a run has seen since. */
  reviewed: Day | null;
  defects: number;
  /** Its row stands in the table. */
  present: boolean;
  extension: { readonly asked: Day; readonly to: Day; approved: boolean } | null;
  inspected: boolean;
}

export const OFFICE = '督办专员';
export const UNITS = ['征管科', '税源科', '纳服科', '办公室'] as const;
export const headOf = (unit: string): string => (unit === '办公室' ? '办公室主任' : `${unit}科长`);

const TASKS = ['税源核查', '欠税清理', '走访整改', '数据报送', '发票检查', '信息公开', '专项辅导', '风险应对', '满意度提升', '制度修订'] as const;

/** Draws whole numbers from 0 up to `below`; the same seed gives the same fortnight. */
export type Dice = (below: number) => number;

export function diceFrom(seed: number): Dice {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** A matter that comes in today; an old one was issued weeks ago, and one in ten of those is late already. */
export function newMatter(number: number, today: Day, old: boolean, dice: Dice): Matter {
  const unit = UNITS[dice(UNITS.length)]!;
  const limit = old && dice(10) === 0 ? addDays(today, -1 - dice(9)) : addDays(today, dice(old ? 22 : 14));
  const handsIn = addDays(limit, dice(9) - 4);
  return {
    title: `第${String(number).padStart(3, '0')}件 ${TASKS[dice(TASKS.length)]!}`, unit, handler: `${unit}经办`, formerHandler: null, head: headOf(unit),
    issued: old ? addDays(today, -12 - dice(10)) : today, limit, firstSeen: null, handsInOn: dice(4) === 0 ? null : handsIn, submitted: null,
    step: '办理中', reviewed: null, defects: 0, present: true, extension: null, inspected: false,
  };
}
