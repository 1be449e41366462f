import type { Moment } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { splitNames } from '../workbook/names.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** A row of 进展反馈 as it stands once this run is applied. */
export interface StandingFeedback {
  readonly id: string;
  readonly itemId: string;
  readonly at: Moment;
  readonly cells: Readonly<Omit<CellsOf<'feedback'>, 'feedbackId' | 'itemId' | 'at'>>;
}

type FeedbackCells = StandingFeedback['cells'];

const NONE: readonly string[] = [];

/** What a row lacks by the regulation, one sentence each. An incomplete row counts for nothing yet (platform 2a, bus 10.5). */
export function feedbackFaults(workbook: Workbook, cells: FeedbackCells): string[] {
  const faults: string[] = [];
  for (const rule of workbook.policy.feedback) {
    if (rule.kind !== 'required-field' || cells[rule.field] !== '') continue;
    const applies = rule.when === 'progress' ? cells.progress !== '' && cells.submission === '' && (cells.type === '' || cells.type === '进展')
      : rule.when === 'problems' ? cells.problems !== '' : cells.needsRectification === '是';
    if (applies) faults.push(`${rule.ask}(${rule.clause})`);
  }
  return faults;
}

/** A result filed by a unit that only assists: the clause by which it counts as 协办意见 (tax 4.6b); null otherwise. */
export function assistingResult(workbook: Workbook, facts: ItemFacts, cells: Pick<FeedbackCells, 'type' | 'by'>): string | null {
  if (cells.type !== '结果') return null;
  const rule = workbook.policy.feedback.find((candidate) => candidate.kind === 'lead-consolidates');
  if (rule === undefined || facts.cells.handling === '依次传办') return null;
  const assisting = splitNames(facts.cells.coUnits);
  const unit = unitOf(workbook, cells.by, [facts.cells.leadUnit, ...assisting]);
  return unit !== facts.cells.leadUnit && assisting.includes(unit) ? rule.clause : null;
}

/** The unit of a person: the one registered, else the one among `candidates` that the person heads or answers for. */
function unitOf(workbook: Workbook, name: string, candidates: readonly string[]): string {
  const registered = workbook.directory.person(name)?.unit ?? '';
  if (registered !== '') return registered;
  if (candidates.includes(name)) return name;
  return candidates.find((candidate) => {
    const unit = workbook.directory.unit(candidate);
    return name !== '' && (unit?.head === name || unit?.dutyPerson === name);
  }) ?? '';
}

/** The type a row counts as. */
export function feedbackType(workbook: Workbook, facts: ItemFacts, cells: FeedbackCells): '进展' | '结果' | '逾期说明' | '协办意见' {
  if (assistingResult(workbook, facts, cells) !== null) return '协办意见';
  return cells.type === '结果' || cells.type === '逾期说明' || cells.type === '协办意见' ? cells.type : '进展';
}

/** Hints for a row of an item: what it lacks, and that an assisting unit's result is taken as its opinion. */
export function feedbackHints(workbook: Workbook, facts: ItemFacts, cells: FeedbackCells): readonly string[] {
  if (workbook.policy.feedback.length === 0) return NONE;
  const hints = feedbackFaults(workbook, cells);
  const clause = assistingResult(workbook, facts, cells);
  if (clause !== null) hints.push(`协办单位的结果按协办意见对待:由主办单位「${facts.cells.leadUnit}」汇总各单位意见后反馈(${clause})`);
  return hints;
}
