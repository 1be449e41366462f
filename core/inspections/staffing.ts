import type { Workbook } from '../workbook/parse-workbook.ts';

/** Roles that fewer people fill than the regulation asks (expo 6, company 3, logistics 5): for 首页, never a stop. */
export function staffingGaps(workbook: Workbook): string[] {
  return (workbook.policy.staffing ?? []).flatMap(({ role, min, clause }) => {
    const count = workbook.directory.withRole(role).length;
    return count >= min ? [] : [`「人员」表中${role}应有 ${min} 人,现有 ${count} 人:请补登(${clause})`];
  });
}
