import { commonParameter, type Policy } from '#core';
import { bulletinCadence, clockLead, feedbackCycle, reworkClock } from '../event-parameters.ts';
import { eventNotices } from '../event-notices.ts';
import { expoAppraisal, expoAppraisalParameters } from './appraisal.ts';
import { expoApprovals } from './approvals.ts';
import { expoGuards } from './guards.ts';

/** 会展酒店督办工作办法: three forms of supervision, two extensions at most, chasers that a leader signs. */
export const expoPolicy: Policy = {
  id: 'expo',
  name: '会展酒店',
  version: '1',
  supervisingUnit: '总经理工作部',
  categories: ['全局性部署/领导重要指示', '工作目标/会议决定', '工作计划列明事项', '合同/协议事项', '领导交办/批办/查办', '同级委托事项', '其他/临时交办'],
  forms: ['总经理督办', '挂牌督办', '日常督办'],
  sourceTypes: [],
  choiceClauses: { category: 'expo-9.1b', form: 'expo-8.0' },
  issueDocuments: [
    { clause: 'expo-7', when: { forms: ['总经理督办'] }, names: ['总经理督办通知单'] },
    { clause: 'expo-7', when: { forms: ['挂牌督办', '日常督办'] }, names: ['督办事项跟踪表'] },
  ],
  statuses: ['拟立项', '征求意见', '待批示', '已下发', '办理中', '协调中', '待审核', '分管领导审核', '总经理批示', '已退办', '已办结', '已归档', '不予立项', '已撤销'],
  hiddenColumns: ['sourceType', 'nodeType', 'projectPhase', 'dispatchOpinion'],
  assignableUnitTypes: [],
  parameters: [
    ...expoAppraisalParameters,
    commonParameter('reviewWorkdays', { value: 3, clause: 'expo-9.8.4', inText: true, note: '收到办结材料后的审核期限' }),
    commonParameter('maxExtensions', { value: 2, clause: 'expo-9.5b', inText: true, note: '第二次由总经理批,不再受理第三次' }),
    commonParameter('extensionCutoff', { value: 'before-chase', clause: 'expo-9.5a', note: '到期前后均可申请,催办通知单发出后不再受理' }),
    commonParameter('coordinationWorkdays', { value: 2, clause: 'expo-9.3c', inText: true, note: '不能协调的,接到通知后提出' }),
    commonParameter('coefficientFirstExtension', { value: -0.05, clause: 'expo-12.2b', inText: true, note: '首次延期当月系数' }),
    commonParameter('coefficientSecondExtension', { value: -0.1, clause: 'expo-12.2c', inText: true, note: '二次延期当月系数' }),
    commonParameter('coefficientUnfinished', { value: -0.5, clause: 'expo-12.2d', inText: true, note: '延期后仍未办结当月系数' }),
    clockLead('expo-9.8.4'),
    reworkClock('expo-9.9'),
    commonParameter('chaseSuppressedBy', { clause: 'expo-9.6', note: 'result-or-request 已上报结果或已申请延期;any-feedback 有任何反馈即不催办' }),
    commonParameter('bulletinCadence', { value: '每月', clause: 'expo-9.4d', inText: true, note: '每月小结' }),
    bulletinCadence('meetingCadence', '行政办公会通报周期', '每月', 'expo-11a', true, '按月在行政办公会上通报'),
    bulletinCadence('gazetteCadence', '督查通报周期', '每季度', 'expo-11b', false, '办法只写定期;暂按每季度'),
    bulletinCadence('feedbackSummaryCadence', '反馈汇总周期', '每月', 'expo-9.7b', false, '办法只写定期;暂按每月'),
    feedbackCycle('generalManagerCycle', '总经理督办反馈周期', '每两个工作日', 'expo-9.4c', '重点跟踪,周期为暂定'),
    feedbackCycle('listedCycle', '挂牌督办反馈周期', '每周', 'expo-9.4c', '及时跟踪,周期为暂定'),
    feedbackCycle('dailyCycle', '日常督办反馈周期', '每月', 'expo-9.4c', '定期分阶段跟踪,周期为暂定'),
    { key: 'leaderRemarkDays', label: '领导批办默认时限', type: { kind: 'integer', min: 1, max: 365 }, value: 14, unit: '天', clause: 'expo-10.3.2', inText: true, note: '批示未定时限时两周,按自然日' },
    {
      key: 'lateClaim', label: '逾期提出协调或退回', type: { kind: 'choice', values: ['照办并注明', '视为已接受'] }, value: '照办并注明', unit: '',
      clause: 'expo-9.3c', inText: false, note: '条文未写逾期后果;照办并注明或视为已接受',
    },
    {
      key: 'reviewClock', label: '审核期限范围', type: { kind: 'choice', values: ['督办部门', '全程'] }, value: '督办部门', unit: '',
      clause: 'expo-9.8.4', inText: false, note: '条文只约束总经理工作部;全程则连领导审批一并计算',
    },
  ],
  defaults: [
    { clause: 'expo-8.1', when: { forms: ['总经理督办'] }, column: 'importance', value: '重大' },
    { clause: 'expo-8.2', when: { forms: ['挂牌督办'] }, column: 'urgency', value: '紧急' },
    { clause: 'expo-8.3', when: { forms: ['日常督办'] }, column: 'importance', value: '一般' },
  ],
  publicForms: { clause: 'expo-8.2', forms: ['挂牌督办', '日常督办'] },
  deadlines: [
    { kind: 'default-limit', clause: 'expo-10.3.2', text: '领导批办未定时限的两周', when: { categories: ['领导交办/批办/查办'] }, unit: 'day', countKey: 'leaderRemarkDays' },
  ],
  notices: [
    { kind: 'deadline-notice', clause: 'expo-9.2c', type: '立项下发', moment: { at: 'issue' }, when: {}, to: ['leadUnit'], copy: ['handler', 'leaderInCharge'], channel: '邮件', ask: '请签收并按时限办理。' },
    { kind: 'deadline-notice', clause: 'expo-9.4b', type: '到期提醒', moment: { at: 'lead', leadKey: 'warningLeadWorkdays', unit: 'workday' }, when: {}, to: ['handler'], channel: '摘要', ask: '时限将至;确需延期请填延期办理申请表。' },
    { kind: 'deadline-notice', clause: 'expo-9.4b', type: '到期提醒', moment: { at: 'due' }, when: {}, to: ['handler'], channel: '摘要', ask: '今天到期,请反馈办理结果。' },
    { kind: 'deadline-notice', clause: 'expo-9.6', type: '催办通知', moment: { at: 'overdue' }, when: {}, to: ['handler', 'unitHead'], channel: '邮件', signedBy: '督办领导', suppressible: true, ask: '已逾期且未反馈结果、未申请延期,请立即办理。' },
    { kind: 'deadline-notice', clause: 'expo-9.4b', type: '督导提醒', moment: { at: 'overdue' }, when: {}, to: ['office'], channel: '摘要', ask: '列入催办清单,请督促承办部门及时办理。' },
    { kind: 'deadline-notice', clause: 'expo-9.7a', type: '反馈抄送', moment: { at: 'feedback', stage: 'given' }, when: {}, to: ['office'], channel: '摘要', ask: '请审阅反馈。' },
    ...eventNotices({
      request: 'expo-9.5a', coordination: 'expo-9.3c', returned: 'expo-9.9', review: 'expo-9.8.4', feedbackDue: 'expo-10.3.1',
      reviewers: { 分管领导审核: 'leaderInCharge', 总经理批示: 'generalManager' },
    }),
  ],
  feedbackCycles: [
    { clause: 'expo-9.4c', when: { forms: ['总经理督办'] }, cycleKey: 'generalManagerCycle' },
    { clause: 'expo-9.4c', when: { forms: ['挂牌督办'] }, cycleKey: 'listedCycle' },
    { clause: 'expo-9.4c', when: {}, cycleKey: 'dailyCycle' },
  ],
  feedback: [],
  bulletins: {
    drafts: [
      { type: '月度通报', clause: 'expo-9.4d', cadenceKey: 'bulletinCadence', sections: ['units', 'late', 'problems', 'results'], to: 'units' },
      { type: '行政办公会', clause: 'expo-11a', cadenceKey: 'meetingCadence', sections: ['units', 'late', 'problems'], to: 'leaders' },
      { type: '反馈汇总', clause: 'expo-9.7b', cadenceKey: 'feedbackSummaryCadence', sections: ['feedback'], to: 'leaders' },
      { type: '督查通报', clause: 'expo-11b', cadenceKey: 'gazetteCadence', sections: ['units', 'late'], to: 'units' },
    ],
    overdue: 'expo-9.4d', adhoc: 'expo-9.4e',
  },
  ...expoAppraisal,
  approvals: expoApprovals,
  ...expoGuards,
  clauses: {
    intake: 'expo-9.1a', issue: 'expo-9.2c', handling: 'expo-9.3a', lateness: 'expo-10.3.0', rate: 'expo-11a', ranking: 'expo-11a',
    bulletin: 'expo-9.4e', closing: 'expo-9.8.0', archive: 'expo-9.10a', effectiveFrom: 'expo-13', responsibility: 'expo-12.1',
    supervision: 'expo-5', registration: 'expo-9.1a', interpretation: 'expo-14', assignment: 'expo-3', reassignment: 'expo-9.3c',
  },
  rankByUnitType: false,
};
