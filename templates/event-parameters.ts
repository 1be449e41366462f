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

/** How a return for rework counts against the limit, where the text leaves it open. */
export function reworkClock(clause: string): ParameterDefinition {
  return {
    key: 'reworkRestartsClock', label: '退办后重新计时', type: { kind: 'choice', values: ['否', '是', '续计'] }, value: '否', unit: '', clause, inText: false,
    note: '条文未定;否 首次上报和退办期限都守时为按时;是 以退办期限为新时限;续计 退办即视为未办,迟办自原时限算到再次上报',
  };
}

export function bulletinCadence(key: string, label: string, value: string, clause: string, inText: boolean, note: string): ParameterDefinition {
  return { key, label, type: CADENCE, value, unit: '', clause, inText, note };
}

export function feedbackCycle(key: string, label: string, value: string, clause: string, note: string): ParameterDefinition {
  return { key, label, type: { kind: 'choice', values: FEEDBACK_CADENCES }, value, unit: '', clause, inText: false, note };
}
