import { dayOf, type Moment } from '../calendar/plain-date.ts';
import type { ApprovalRule } from '../policy/schema.ts';
import { headerOf, type CellsOf } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { RequestResult, Role } from '../workbook/values.ts';
import { askedOn, holdersOf, mayDecide } from './approvers.ts';
import { recusalClause, withoutRecused } from './recusal.ts';

const LEVEL_NAMES = ['一', '二', '三'] as const;

/** What the levels of a request have decided so far. */
export interface ChainState {
  readonly outcome: RequestResult;
  readonly approverNow: string;
  readonly nextStep: string;
  readonly hint: string;
  /** When the last level decided; null while pending. */
  readonly decidedAt: Moment | null;
  /** When the level before the one that is asked now decided; null at the first. */
  readonly reachedAt: Moment | null;
  /** How many levels have agreed or forwarded. */
  readonly passed: number;
  readonly granted: Moment | null;
}

const OPEN: ChainState = { outcome: '审批中', approverNow: '', nextStep: '', hint: '', decidedAt: null, reachedAt: null, passed: 0, granted: null };

/**
 * Reads the levels one after the other: 同意 goes on, 不同意 ends, 转报 asks the next level or the one that the rule
 * forwards to (company 6.4). A decision counts only by one who may take it, or that person's substitute; a blank
 * 审批人 is taken for the one who was asked. Who is in 回避 against the item's unit or people gives way to his 代理人.
 */
export function readChain(workbook: Workbook, item: CellsOf<'items'>, rule: ApprovalRule, cells: CellsOf<'requests'>, stamp: Moment | null): ChainState {
  const steps = [
    { by: cells.approver1, decision: cells.decision1, opinion: cells.opinion1, at: cells.decidedAt1 },
    { by: cells.approver2, decision: cells.decision2, opinion: cells.opinion2, at: cells.decidedAt2 },
    { by: cells.approver3, decision: cells.decision3, opinion: cells.opinion3, at: cells.decidedAt3 },
  ];
  const levels: (readonly Role[])[] = [...rule.levels];
  const settled = cells.outcome === '已批准';
  let reachedAt: Moment | null = null;
  let forwarded = false;
  for (let level = 0; level < levels.length && level < steps.length; level += 1) {
    const { by, decision, opinion, at } = steps[level]!;
    const on = at ?? stamp;
    const holders = holdersOf(workbook, item, levels[level]!, rule.answeredByOther === true ? cells.otherUnit : '');
    const names = withoutRecused(workbook, item, holders, on === null ? null : dayOf(on));
    const allRecused = names.length === 0 && holders.length > 0;
    const step = `${LEVEL_NAMES[level]!}级`;
    const wait = (hint: string): ChainState => {
      const asked = askedOn(workbook, names, stamp === null ? null : dayOf(stamp));
      const who = asked.length > 0 ? asked.join('、') : levels[level]!.join('、');
      return { ...OPEN, approverNow: who, nextStep: `请${who}填写${step}结论`, hint, reachedAt, passed: level };
    };
    const lacking = forwarded && !settled ? (rule.forwardRequires ?? []).find((column) => isBlank(cells[column])) : undefined;
    if (lacking !== undefined) return { ...wait(`转报须填「${headerOf('requests', lacking)}」(${rule.forwardClause ?? rule.clause})`), nextStep: '补全申请' };
    if (allRecused && !settled) return wait(`${holders.join('、')}应回避,又无代理人:请在「人员」表登记「代理人」(${recusalClause(workbook)})`);
    const answered = decision !== '' || (rule.answeredByOther === true && opinion !== '');
    if (!answered) return wait('');
    const entitled = askedOn(workbook, names, on === null ? null : dayOf(on));
    if (!settled && by !== '' && entitled.length > 0 && !mayDecide(workbook, names, by, on === null ? null : dayOf(on))) {
      return wait(`${step}审批人「${by}」无权批复,应由${entitled.join('、')}批复(${rule.clause})`);
    }
    if (decision === '不同意') return { ...OPEN, outcome: '已驳回', decidedAt: on, reachedAt, passed: level };
    reachedAt = on;
    if (decision === '转报') {
      forwarded = true;
      if (level === levels.length - 1) levels.push(rule.forwardTo ?? levels[level]!);
    }
  }
  if (rule.grantRequired === true && cells.grantedLimit === null && !settled) {
    return { ...OPEN, approverNow: steps[Math.min(levels.length, 3) - 1]!.by, nextStep: '请填写「批准时限」', hint: `批准须写明具体时限:请填「批准时限」(${rule.clause})`, reachedAt, passed: levels.length };
  }
  return { ...OPEN, outcome: '已批准', decidedAt: reachedAt, passed: levels.length, granted: cells.grantedLimit ?? cells.requestedLimit };
}

function isBlank(value: string | number | null): boolean {
  return value === '' || value === null;
}
