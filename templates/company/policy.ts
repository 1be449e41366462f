import { commonParameter, type Policy } from '#core';

const OFFICE = ['督办管理员', '督办专员', '办公室主任'] as const;

/** 公司督查督办制度 of a supervision group and an administration office: extensions before expiry, replies in two days. */
export const companyPolicy: Policy = {
  id: 'company',
  name: '公司督查组/行政管理部',
  version: '1',
  supervisingUnit: '行政管理部',
  categories: ['全局性部署/领导重要指示', '工作目标/会议决定', '工作计划列明事项', '合同/协议事项', '领导交办/批办/查办', '同级委托事项', '资金/资产清理', '其它/临时交办'],
  forms: ['重大', '紧急', '全年', '一般'],
  sourceTypes: [],
  statuses: ['拟立项', '待批示', '已下发', '办理中', '协调中', '待审核', '分管领导审核', '已退办', '已办结', '已归档', '不予立项', '已撤销'],
  hiddenColumns: ['sourceType', 'nodeType', 'projectPhase', 'dispatchOpinion'],
  assignableUnitTypes: [],
  parameters: [
    commonParameter('reviewWorkdays', { value: 3, clause: 'company-6.7d', inText: true, note: '收到办结材料后的审核期限' }),
    commonParameter('extensionCutoff', { value: 'before-deadline', clause: 'company-6.4a', inText: true, note: '期限届满前提出' }),
    commonParameter('extensionReplyWorkdays', { value: 2, clause: 'company-6.4d', inText: true, note: '自申请次日起' }),
    commonParameter('coordinationWorkdays', { value: 2, clause: 'company-6.3e', inText: true, note: '非本部门职责的,收到联系单后提出' }),
    commonParameter('bulletinCadence', { value: '每季度', clause: 'company-8b', inText: true, note: '督查通报每季度一期' }),
    { key: 'leaderRemarkWorkdays', label: '领导批办默认时限', type: { kind: 'integer', min: 1, max: 365 }, value: 5, unit: '工作日', clause: 'company-7.3.2', inText: true, note: '批示未定时限时' },
  ],
  deadlines: [
    { kind: 'default-limit', clause: 'company-7.3.2', text: '领导批办未定时限的按工作日', when: { categories: ['领导交办/批办/查办'] }, from: 'receivedAt', unit: 'workday', countKey: 'leaderRemarkWorkdays' },
  ],
  notices: [
    { kind: 'deadline-notice', clause: 'company-6.2', type: '立项下发', moment: { at: 'issue' }, when: {}, to: ['handler', 'unitHead'], channel: '邮件', ask: '请按联系单要求办理。' },
    { kind: 'deadline-notice', clause: 'company-6.3a', type: '到期提醒', moment: { at: 'lead', leadKey: 'warningLeadWorkdays', unit: 'workday' }, when: {}, to: ['handler'], channel: '摘要', ask: '时限将至;确需延期请在到期前申请。' },
    { kind: 'deadline-notice', clause: 'company-6.3a', type: '到期提醒', moment: { at: 'due' }, when: {}, to: ['handler'], channel: '摘要', ask: '今天到期,请反馈办理结果。' },
    { kind: 'deadline-notice', clause: 'company-6.5c', type: '催办通知', moment: { at: 'overdue' }, when: {}, to: ['handler', 'unitHead'], channel: '邮件', suppressible: true, ask: '已逾期,请立即办理并反馈。' },
  ],
  scores: [],
  approvals: [
    { type: '延期', clause: 'company-6.4c', when: {}, levels: [OFFICE], cutoffKey: 'extensionCutoff', maxKey: 'maxExtensions', replyWorkdaysKey: 'extensionReplyWorkdays' },
    { type: '协调', clause: 'company-6.5e', when: {}, levels: [OFFICE] },
    { type: '非职责退回', clause: 'company-6.3e', when: {}, levels: [OFFICE] },
  ],
  clauses: {
    intake: 'company-6.1', issue: 'company-6.2', handling: 'company-6.3a', lateness: 'company-7.3.0', rate: 'company-8a', ranking: 'company-8a',
    bulletin: 'company-8b', closing: 'company-6.7a', archive: 'company-6.8', effectiveFrom: 'company-9',
  },
  rankByUnitType: false,
};
