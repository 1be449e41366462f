import { columnsOf, dayOf, judgeEdit, type Moment, type SheetKey, type Workbook } from '#core';

/** What the judge of hand edits must say of an edit by somebody whom the host knows. */
export interface JudgeCheck {
  readonly 表: string;
  /** Id of the row; 制度参数 is looked up by 键. */
  readonly 编号: string;
  readonly 列: string;
  readonly 为: string | number;
  readonly 人: string;
  readonly 结论: '接受' | '拒绝' | '还原';
  /** What the sentence must hold. */
  readonly 含?: string;
}

const VERDICTS = { accept: '接受', refuse: '拒绝', restore: '还原' } as const;
const ID_OF: Readonly<Partial<Record<SheetKey, string>>> = { items: 'itemId', requests: 'requestId', parameters: 'key', notices: 'noticeId', scores: 'scoreId', feedback: 'feedbackId', inspections: 'inspectionId' };

/** Why a judgement is not as the scenario says; null where it is. */
export function judgeFault(workbook: Workbook, now: Moment, sheet: SheetKey, wanted: JudgeCheck): string | null {
  const column = columnsOf(sheet).find((candidate) => candidate.header === wanted.列);
  if (column === undefined) return `没有列「${wanted.列}」`;
  const rows = workbook.sheets[sheet].rows as readonly { readonly cells: object }[];
  const row = rows.find(({ cells }) => (cells as Record<string, unknown>)[ID_OF[sheet] ?? ''] === wanted.编号);
  if (row === undefined) return `「${wanted.表}」没有 ${wanted.编号}`;
  const known = sheet === 'items' || sheet === 'requests' ? row as Parameters<typeof judgeEdit>[1]['row'] : null;
  const before = sheet === 'items' && column.key === 'status' ? workbook.index.baseline.get(wanted.编号)?.cells.effectiveStatus : undefined;
  const cell = (row.cells as Record<string, string | number | null>)[column.key];
  const verdict = judgeEdit(workbook, {
    actor: wanted.人, sheet, row: known, column: column.key, before: before ?? String(cell ?? ''), after: String(wanted.为), on: dayOf(now),
  });
  const said = 'message' in verdict ? verdict.message : '';
  if (VERDICTS[verdict.verdict] === wanted.结论 && said.includes(wanted.含 ?? '')) return null;
  return `${wanted.人}改${wanted.表} ${wanted.编号}「${wanted.列}」为「${wanted.为}」应${wanted.结论}${wanted.含 ?? ''},实为${VERDICTS[verdict.verdict]}:${said}`;
}
