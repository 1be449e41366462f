import type { TemplateData } from 'easy-template-x';
import { periodName, type ConfirmationSheet, type ConfirmedItem, type ConfirmedScore, type Period, type Workbook } from '#core';
import { articlesOf } from './articles.ts';
import { fillTemplate, type DocumentTemplate } from './docx-template.ts';
import { percentText, plainText } from './document-text.ts';

export const CONFIRMATION_TEMPLATE: DocumentTemplate = { name: '考核确认表', policy: null, needs: '表', tags: new Set([
  '表', '单位', '期间', '制度', '督办部门', '单位负责人', '应办数', '按时办结数', '办结率', '事项', '编号', '名称', '考核时限', '上报办结', '是否按时', '超期天数',
  '扣分', '序号', '扣分事项', '扣分原因', '计算过程', '依据条款', '建议分值', '确认分值', '建议合计', '生效合计', '有申诉', '申诉说明',
]) };

export interface ConfirmationData {
  readonly period: Period;
  readonly policyName: string;
  readonly supervisingUnit: string;
  /** Working days for an appeal; null where the regulation knows none. */
  readonly appealWorkdays: number | null;
  /** How people call a clause: 第十五条2. */
  readonly articleOf: (clause: string) => string;
  readonly sheets: readonly ConfirmationSheet[];
}

export function confirmationData({ policy, parameters }: Workbook, period: Period, sheets: readonly ConfirmationSheet[]): ConfirmationData {
  return { period, policyName: policy.name, supervisingUnit: policy.supervisingUnit, appealWorkdays: parameters.number('appealWorkdays', period.last), articleOf: articlesOf(policy.id), sheets };
}

/** 考核确认表 of a month as a .docx: one part a unit, each on a new page, with the two signatures. */
export function confirmationDocx(data: ConfirmationData, template?: Uint8Array): Promise<Uint8Array> {
  return fillTemplate(CONFIRMATION_TEMPLATE, { 表: data.sheets.map((sheet) => sheetCells(sheet, data)) }, template);
}

function sheetCells(sheet: ConfirmationSheet, data: ConfirmationData): TemplateData {
  const appeal = data.appealWorkdays;
  return {
    单位: plainText(sheet.unit === '' ? '（未填单位）' : sheet.unit), 期间: periodName(data.period), 制度: plainText(data.policyName), 督办部门: plainText(data.supervisingUnit),
    单位负责人: plainText(sheet.head), 应办数: String(sheet.dueCount), 按时办结数: String(sheet.onTimeCount), 办结率: percentText(sheet.rate),
    事项: sheet.items.map(itemCells), 扣分: sheet.scores.map((score, index) => scoreCells(score, index, data)),
    建议合计: String(sheet.proposed), 生效合计: [`${String(sheet.counted)} 分`, ...(sheet.coefficient === 0 ? [] : [`系数 ${String(sheet.coefficient)}`])].join('，'),
    有申诉: appeal !== null && appeal > 0,
    申诉说明: `对扣分有异议的，请在确认之日（未确认的，自月末）起 ${String(appeal ?? 0)} 个工作日内书面提出；复核期间，有异议的扣分暂不计。`,
  };
}

function itemCells({ itemId, title, limit, submitted, onTime, daysLate }: ConfirmedItem): TemplateData {
  return {
    编号: plainText(itemId), 名称: plainText(title), 考核时限: limit, 上报办结: submitted === '' ? '未上报' : submitted, 是否按时: onTime === '' ? '—' : onTime,
    超期天数: daysLate === null ? '—' : String(daysLate),
  };
}

function scoreCells(score: ConfirmedScore, index: number, { articleOf }: ConfirmationData): TemplateData {
  return {
    序号: String(index + 1), 扣分事项: plainText([score.itemId, score.title, score.person].filter((part) => part !== '').join(' ')) || '—',
    扣分原因: plainText(score.reason), 计算过程: plainText(score.working), 依据条款: plainText(articleOf(score.clause)),
    建议分值: score.coefficient === null ? String(score.proposed ?? '待定') : `系数 ${String(score.coefficient)}`, 确认分值: confirmedText(score),
  };
}

/** What stands confirmed; blank where a person still has to write it. */
function confirmedText({ confirmed, status }: ConfirmedScore): string {
  if (status === '申诉中') return '申诉中';
  if (confirmed !== null) return String(confirmed);
  return status === '生效' ? '按建议' : '';
}
