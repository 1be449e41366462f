import type { Book, Cells } from './book.ts';

/** The columns a run may write, from the contract; every other cell of these sheets is people's. */
const AUTOMATION: Readonly<Record<string, readonly string[]>> = {
  督办台账: [
    '灯号', '现行时限', '剩余天数', '状态', '提示', '最新反馈', '原定时限', '时限依据', '催办时限', '考核时限', '延期次数', '下发时间', '签收时间', '下次反馈', '审核期限',
    '办结日期', '是否按时', '超期天数', '催办次数', '累计扣分',
  ],
  申请审批: ['当前应批人', '下一步', '第几次', '批复期限', '结果', '依据条款', '提示'],
  进展反馈: ['提示'],
  督查记录: ['提示'],
  考核计分: ['建议分值', '系数调整', '计算过程', '状态', '单位'],
  单位: [],
  人员: [],
  回避: [],
  工作日历: [],
  制度参数: ['提示'],
  通报条目: ['提示'],
  归档案卷: ['备份指纹'],
};
/** Ids and stamps that a run may fill in where people left them blank. */
const FILLED_IN = new Set(['事项编号', '上报办结时间', '申请编号', '申请时间', '一级时间', '反馈编号', '反馈时间', '提报时间', '负责人审阅时间', '记录编号', '确认时间', '复核时间', '档号', '归档日期']);

/** Each people's cell that one run changed, as a sentence; rows stay where they are. */
export function changedByProgram(before: Book, after: Book): string[] {
  return Object.entries(AUTOMATION).flatMap(([sheet, automatic]) => {
    const now = new Map(after.rows(sheet).map(({ row, cells }) => [row, cells]));
    return before.rows(sheet).flatMap(({ row, cells }) => changesOf(cells, now.get(row) ?? {}, automatic).map((change) => `${sheet} row ${String(row)}: ${change}`));
  });
}

function changesOf(was: Cells, is: Cells, automatic: readonly string[]): string[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((header) => {
    const [old, now] = [was[header], is[header]];
    if (old === now || automatic.includes(header) || (old === undefined && FILLED_IN.has(header))) return [];
    return [`${header} was ${old ?? 'blank'} and is ${now ?? 'blank'}`];
  });
}
