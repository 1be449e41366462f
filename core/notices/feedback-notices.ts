import { addDays, dayOf } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import { matchesCondition } from '../policy/match-item.ts';
import type { Lookup } from '../workbook/by-item.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { addressed, isNews, type DueNotice } from './due-notice.ts';
import { feedbackFaults, feedbackType, type StandingFeedback } from './feedback-rows.ts';
import { titleFor } from './recipients.ts';
import { rulesByEvent } from './rules-by-event.ts';
import { askOf } from './words.ts';

/** Who is told of feedback, for the rows of the last weeks; incomplete rows are told to nobody. */
export function feedbackNotices(
  workbook: Workbook, facts: Lookup<ItemFacts>, rows: readonly StandingFeedback[], clock: RunClock,
): DueNotice[] {
  const rules = rulesByEvent(workbook.policy).feedback;
  if (rules.length === 0) return [];
  return rows.flatMap((row) => {
    const item = facts.get(row.itemId);
    if (item === undefined || feedbackFaults(workbook, row.cells).length > 0) return [];
    const type = feedbackType(workbook, item, row.cells);
    return rules.flatMap((rule) => {
      const { stage, types } = rule.moment;
      if (!matchesCondition(rule.when, item.cells) || (types !== undefined && !types.includes(type))) return [];
      const submitted = row.cells.submission !== '' ? row.cells.submittedAt ?? clock.stamp : null;
      const at = stage === 'submitted' ? submitted : row.at;
      if (!isNews(item, at, clock)) return [];
      if (stage === 'unreported' && (row.cells.reportedAt !== null || clock.today < workbook.calendar.nextWorkingDay(addDays(dayOf(row.at), 1)))) return [];
      return addressed(workbook, rule, item, `${stage}/${row.id}`, {
        line: lineFor(item, row, type, stage === 'submitted', `${askOf(workbook, rule, clock.today)}(${rule.clause})`),
      }).filter((notice) => notice.recipient !== row.cells.by);
    });
  });
}

function lineFor(facts: ItemFacts, { cells }: StandingFeedback, type: string, submitted: boolean, ask: string): string {
  const head = `${facts.id} ${titleFor(facts)}(${facts.unit})`;
  if (facts.cells.confidentiality === '保密') return `${head}:有新的反馈。${ask}`;
  const said = submitted ? [cells.submission] : [
    cells.progress, cells.nextPlan === '' ? '' : `下步计划:${cells.nextPlan}`, cells.problems === '' ? '' : `存在问题:${cells.problems}`,
    cells.solutions === '' ? '' : `解决方案:${cells.solutions}`,
  ];
  const by = submitted ? cells.submittedBy : cells.by;
  return `${head}:${by === '' ? '' : `${by} `}${submitted ? '提报' : type === '进展' ? '反馈' : type} ${said.filter((part) => part !== '').join(';').replace(/\s+/g, ' ')}。${ask}`;
}
