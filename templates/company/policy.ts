import { commonParameter, type Policy } from '#core';
import { bulletinCadence, clockLead } from '../event-parameters.ts';
import { eventNotices } from '../event-notices.ts';
import { companyAppraisal } from './appraisal.ts';
import { companyApprovals } from './approvals.ts';
import { companyGuards } from './guards.ts';

/** 公司督查督办制度 of a supervision group and an administration office: extensions before expiry, replies in two days. */
export const companyPolicy: Policy = {
  id: 'company',
  name: '公司督查组/行政管理部',
  version: '1',
  supervisingUnit: '行政管理部',
  categories: ['全局性部署/领导重要指示', '工作目标/会议决定', '工作计划列明事项', '合同/协议事项', '领导交办/批办/查办', '同级委托事项', '资金/资产清理', '其它/临时交办'],
  forms: ['重大', '紧急', '全年', '一般'],
  sourceTypes: [],
  choiceClauses: { category: 'company-2.8', form: 'company-6.5d' },
  issueDocuments: [{ clause: 'company-5', when: {}, names: ['督查、督办工作联系单'] }],
  defaults: [
    { clause: 'company-6.2', when: {}, column: 'requirement', value: '按督办事项所列内容办理' },
    { clause: 'company-6.2', when: {}, column: 'initiatorUnit', value: '行政管理部' },
  ],
  statuses: ['拟立项', '待批示', '已下发', '办理中', '协调中', '待审核', '分管领导审核', '已退办', '已办结', '已归档', '不予立项', '已撤销'],
  hiddenColumns: ['sourceType', 'nodeType', 'projectPhase', 'dispatchOpinion'],
  assignableUnitTypes: [],
  parameters: [
    commonParameter('reviewWorkdays', { value: 3, clause: 'company-6.7d', inText: true, note: '收到办结材料后的审核期限' }),
    commonParameter('extensionCutoff', { value: 'before-deadline', clause: 'company-6.4a', inText: true, note: '期限届满前提出' }),
    commonParameter('extensionReplyWorkdays', { value: 2, clause: 'company-6.4d', inText: true, note: '自申请次日起' }),
    commonParameter('coordinationWorkdays', { value: 2, clause: 'company-6.3e', inText: true, note: '非本部门职责的,收到联系单后提出' }),
    commonParameter('bulletinCadence', { value: '每季度', clause: 'company-8b', inText: true, note: '督查通报每季度一期' }),
    clockLead('company-6.4d'),
    bulletinCadence('meetingCadence', '行政办公会通报周期', '每月', 'company-8a', true, '按月在行政办公会上通报'),
    bulletinCadence('feedbackSummaryCadence', '反馈汇总周期', '每月', 'company-6.6b', false, '制度只写定期;暂按每月'),
    { key: 'overdueReportWorkdays', label: '逾期说明期限', type: { kind: 'integer', min: 1, max: 30 }, value: 1, unit: '工作日', clause: 'company-6.3d', inText: false, note: '制度只写及时;自时限届满次日起' },
    { key: 'reportLeadWorkdays', label: '报告期限提醒提前量', type: { kind: 'integer', min: 0, max: 30 }, value: 1, unit: '工作日', clause: 'company-7.3.1', inText: false, note: '制度未定提前几天' },
    { key: 'leaderRemarkWorkdays', label: '领导批办默认时限', type: { kind: 'integer', min: 1, max: 365 }, value: 5, unit: '工作日', clause: 'company-7.3.2', inText: true, note: '批示未定时限时' },
    { key: 'quarterNodes', label: '全年事项起草季度节点', type: { kind: 'choice', values: ['是', '否'] }, value: '是', unit: '', clause: 'company-6.5d', inText: false, note: '制度只写分阶段;暂按季度,立项时自动起草' },
    {
      key: 'lateClaim', label: '逾期提出协调或退回', type: { kind: 'choice', values: ['照办并注明', '视为已接受'] }, value: '视为已接受', unit: '',
      clause: 'company-6.3e', inText: false, note: '条文未写逾期后果;照办并注明或视为已接受',
    },
    {
      key: 'reviewClock', label: '审核期限范围', type: { kind: 'choice', values: ['督办部门', '全程'] }, value: '全程', unit: '',
      clause: 'company-6.7d', inText: false, note: '条文写分管领导或行政管理部;按全程计算',
    },
    {
      key: 'replyClock', label: '批复期限范围', type: { kind: 'choice', values: ['全程', '每级'] }, value: '全程', unit: '',
      clause: 'company-6.4d', inText: false, note: '全程共两个工作日;每级则各计两个工作日',
    },
    {
      key: 'officeMayClose', label: '行政管理部可办结', type: { kind: 'choice', values: ['一般', '全部'] }, value: '一般', unit: '',
      clause: 'company-6.7a', inText: false, note: '条文写根据权限;暂定一般事项可由行政管理部办结',
    },
  ],
  nodeTemplates: [
    { clause: 'company-6.5d', when: { forms: ['全年'] }, nodes: { kind: 'quarters', switchKey: 'quarterNodes' }, nodeType: '常规节点', lastNodeType: '最终节点' },
  ],
  deadlines: [
    { kind: 'default-limit', clause: 'company-7.3.2', text: '领导批办未定时限的按工作日', when: { categories: ['领导交办/批办/查办'] }, unit: 'workday', countKey: 'leaderRemarkWorkdays' },
  ],
  notices: [
    { kind: 'deadline-notice', clause: 'company-6.2', type: '立项下发', moment: { at: 'issue' }, when: {}, to: ['handler', 'unitHead'], channel: '邮件', ask: '请按联系单要求办理。' },
    { kind: 'deadline-notice', clause: 'company-6.3a', type: '到期提醒', moment: { at: 'lead', leadKey: 'warningLeadWorkdays', unit: 'workday' }, when: {}, to: ['handler'], channel: '摘要', ask: '时限将至;确需延期请在到期前申请。' },
    { kind: 'deadline-notice', clause: 'company-6.3a', type: '到期提醒', moment: { at: 'due' }, when: {}, to: ['handler'], channel: '摘要', ask: '今天到期,请反馈办理结果。' },
    { kind: 'deadline-notice', clause: 'company-6.5c', type: '催办通知', moment: { at: 'overdue' }, when: {}, to: ['handler', 'unitHead'], channel: '邮件', suppressible: true, ask: '已逾期,请立即办理并反馈。' },
    { kind: 'deadline-notice', clause: 'company-6.3d', type: '逾期说明', moment: { at: 'overdue' }, when: {}, to: ['handler', 'leadUnit'], channel: '摘要', answerWorkdaysKey: 'overdueReportWorkdays', ask: '请报告未能如期办结的原因和进展情况(类型填逾期说明)。' },
    { kind: 'deadline-notice', clause: 'company-7.3.1', type: '反馈提醒', moment: { at: 'report', stage: 'lead', leadKey: 'reportLeadWorkdays' }, when: {}, to: ['handler'], channel: '摘要', ask: '报告期限将至,请按要求的内容报告。' },
    { kind: 'deadline-notice', clause: 'company-7.3.1', type: '反馈提醒', moment: { at: 'report', stage: 'overdue' }, when: {}, to: ['handler', 'leadUnit', 'office'], channel: '摘要', ask: '报告期限已过,请立即报告。' },
    { kind: 'deadline-notice', clause: 'company-6.6a', type: '反馈抄送', moment: { at: 'feedback', stage: 'given' }, when: {}, to: ['office'], channel: '摘要', ask: '请审阅反馈。' },
    { kind: 'deadline-notice', clause: 'company-7.3.4', type: '批复提醒', moment: { at: 'request', stage: 'waiting', types: ['延期'] }, when: {}, to: ['office', 'leaderInCharge'], channel: '邮件', ask: '承办部门已书面提出延期,请知悉原因和进展,并由行政管理部批复。' },
    ...eventNotices({
      request: 'company-6.4c', coordination: 'company-6.5e', returned: 'company-6.7c', review: 'company-6.7d', feedbackDue: 'company-6.6a',
      reviewers: { 分管领导审核: 'leaderInCharge' },
    }),
  ],
  feedbackCycles: [],
  feedback: [
    { kind: 'required-field', clause: 'company-6.3b', field: 'rectification', when: 'needsRectification', ask: '需整改的请填「整改措施」' },
  ],
  bulletins: {
    drafts: [
      { type: '行政办公会', clause: 'company-8a', cadenceKey: 'meetingCadence', sections: ['units', 'late', 'problems'], to: 'leaders' },
      { type: '督查通报', clause: 'company-8b', cadenceKey: 'bulletinCadence', sections: ['units', 'late'], to: 'units' },
      { type: '反馈汇总', clause: 'company-6.6b', cadenceKey: 'feedbackSummaryCadence', sections: ['feedback'], to: 'leaders' },
    ],
    overdue: 'company-8b', adhoc: 'company-8b',
  },
  ...companyAppraisal,
  approvals: companyApprovals,
  ...companyGuards,
  clauses: {
    intake: 'company-6.1', issue: 'company-6.2', handling: 'company-6.3a', lateness: 'company-7.3.0', rate: 'company-8a', ranking: 'company-8a',
    bulletin: 'company-8b', closing: 'company-6.7a', archive: 'company-6.8', effectiveFrom: 'company-9',
    supervision: 'company-6.5a', registration: 'company-6.1', interpretation: 'company-6.5a', assignment: 'company-6.3e', reassignment: 'company-6.3e',
    dutyPerson: 'company-4',
  },
  rankByUnitType: false,
};
