import type { Day } from '../calendar/plain-date.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/**
 * The edition of a regulation that an item is registered under: the policy's own version, and how many dated revisions of
 * 制度参数 were in force on the day (bus 16, logistics 22: whoever interprets the regulation amends it by a dated row).
 */
export function policyVersion(workbook: Workbook, on: Day): string {
  const { policy, sheets } = workbook;
  const revisions = sheets.parameters.rows.filter(({ cells }) => cells.effectiveFrom !== null && cells.effectiveFrom <= on).length;
  return `${policy.id}@${policy.version}${revisions === 0 ? '' : `.${revisions}`}`;
}
