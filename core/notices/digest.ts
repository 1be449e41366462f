import { civilDate, type Day } from '../calendar/plain-date.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { NOTICE_TYPES, type NoticeType } from '../workbook/values.ts';

export interface DigestLine { readonly key: string; readonly type: NoticeType; readonly line: string }

/**
 * The words of a person's digest: a greeting, the items by kind of notice, what to do next. Item lines begin with
 * 【light】, headings with `## `; the host turns them into a coloured mail.
 */
export function digestBody(workbook: Workbook, recipient: string, today: Day, lines: readonly DigestLine[]): { subject: string; body: string } {
  const { month, date } = civilDate(today);
  const sections: string[] = [];
  for (const type of NOTICE_TYPES) {
    const own = lines.filter((line) => line.type === type);
    if (own.length > 0) sections.push(`## ${type}(${own.length} 件)`, ...own.map((line) => line.line), '');
  }
  return {
    subject: `督办每日摘要 ${month}月${date}日:${lines.length} 件待办`,
    body: [
      `${recipient},您好:`, '',
      `截至 ${month}月${date}日,以下 ${lines.length} 件督办事项需要您处理。`, '',
      ...sections,
      `请在台账中更新「进展情况」;已办完的填写「办理结果」并把「状态」改为「待审核」。`, '',
      workbook.policy.supervisingUnit,
    ].join('\n'),
  };
}
