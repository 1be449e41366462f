import type { ParameterDefinition, ParameterType } from '#core';
import { FEEDBACK_CADENCES } from '#core';

const CADENCE: ParameterType = { kind: 'choice', values: ['每月', '每季度', '每年', '不定期', '无'] };

/** How many working days before a reply, a review or a rectification is due its owner is reminded: not in any text. */
export function clockLead(clause: string): ParameterDefinition {
  return {
    key: 'clockLeadWorkdays', label: '批复审核提醒提前量', type: { kind: 'integer', min: 0, max: 30 }, value: 1, unit: '工作日',
    clause, inText: false, note: '制度未定;暂定期限前 1 个工作日提醒审批人、审核人',
  };
}

export function bulletinCadence(key: string, label: string, value: string, clause: string, inText: boolean, note: string): ParameterDefinition {
  return { key, label, type: CADENCE, value, unit: '', clause, inText, note };
}

export function feedbackCycle(key: string, label: string, value: string, clause: string, note: string): ParameterDefinition {
  return { key, label, type: { kind: 'choice', values: FEEDBACK_CADENCES }, value, unit: '', clause, inText: false, note };
}
