import { commonParameter, type Policy } from '#core';
import { clockLead, feedbackCycle } from '../event-parameters.ts';
import { eventNotices } from '../event-notices.ts';
import { logisticsAppraisal, logisticsAppraisalParameters } from './appraisal.ts';
import { logisticsApprovals } from './approvals.ts';
import { logisticsGuards } from './guards.ts';

/** 物流公司督查工作办法: a supervision group, notices one to three working days ahead, chasers within two. */
export const logisticsPolicy: Policy = {
  id: 'logistics',
  name: '物流公司',
  version: '1',
  supervisingUnit: '督查组',
  categories: ['目标任务与月度重点工作计划', '重点项目和重点事项', '领导安排/会议/文件', '部门目标责任与任务', '其他'],
  forms: ['公司级重点', '部门重点'],
  sourceTypes: [],
  choiceClauses: { category: 'logistics-6.5' },
  statuses: ['拟立项', '已下发', '办理中', '协调中', '待审核', '已退办', '已办结', '已归档', '已撤销'],
  hiddenColumns: ['sourceType', 'nodeType', 'projectPhase', 'dispatchOpinion', 'remarkDeadline'],
  assignableUnitTypes: [],
  parameters: [
    ...logisticsAppraisalParameters,
    commonParameter('effectiveFrom', { value: '2010-07-15', clause: 'logistics-23', inText: true, note: '办法的施行日期' }),
    commonParameter('warningLeadWorkdays', { value: 3, clause: 'logistics-11', inText: true, note: '催办预告提前 1 至 3 个工作日' }),
    commonParameter('chaseWithinWorkdays', { value: 2, clause: 'logistics-12', inText: true, note: '逾期后 2 个工作日内发催办通知' }),
    commonParameter('maxExtensions', { value: 0, clause: 'logistics-13a', note: '办法没有延期程序' }),
    commonParameter('bulletinCadence', { value: '每月', clause: 'logistics-16a', inText: true, note: '可选每月、每季度;专项工作结束后视情通报的填不定期' }),
    clockLead('logistics-7.4'),
    feedbackCycle('trackingCycle', '跟踪反馈周期', '每周', 'logistics-7.3', '办法未定周期;领导批示和重要工作部署暂按每周'),
    { key: 'forecastLeadWorkdays', label: '催办预告提前量', type: { kind: 'integer', min: 1, max: 3 }, value: 3, unit: '工作日', clause: 'logistics-11', inText: true, note: '提前 1 至 3 个工作日,默认 3' },
    { key: 'vagueWords', label: '通报禁用词', type: { kind: 'words' }, value: '有的单位、有的人、个别单位、个别人、某些单位、某些人', unit: '', clause: 'logistics-15', inText: true, note: '前两个为办法所列,其余可增减' },
    commonParameter('criticismThreshold', { value: 3, clause: 'logistics-18b', inText: true, note: '一年内通报批评次数达到即诫勉谈话' }),
  ],
  deadlines: [],
  notices: [
    { kind: 'deadline-notice', clause: 'logistics-10b', type: '立项下发', moment: { at: 'issue' }, when: {}, to: ['dutyPerson', 'handler'], channel: '邮件', ask: '请按实施方案组织落实。' },
    { kind: 'deadline-notice', clause: 'logistics-11', type: '催办预告', moment: { at: 'lead', leadKey: 'forecastLeadWorkdays', unit: 'workday' }, when: {}, to: ['dutyPerson'], channel: '摘要', ask: '即将到期,请确保按时完成。' },
    { kind: 'deadline-notice', clause: 'logistics-12', type: '催办通知', moment: { at: 'overdue' }, when: {}, to: ['dutyPerson', 'unitHead'], channel: '邮件', suppressible: true, withinWorkdaysKey: 'chaseWithinWorkdays', ask: '已逾期,请说明情况并尽快完成。' },
    { kind: 'deadline-notice', clause: 'logistics-13a', type: '督导提醒', moment: { at: 'overdue' }, when: {}, to: ['office'], channel: '摘要', ask: '请在催办通知中明确新的完成节点。' },
    { kind: 'deadline-notice', clause: 'logistics-13b', type: '考核意见', moment: { at: 'chase-missed' }, when: {}, to: ['leadUnit'], copy: ['dutyPerson', 'leaderInCharge'], channel: '邮件', signedBy: '督查组组长', ask: '未按催办要求办结。督查组据实出具督查反馈和本考核意见,提交公司领导办公会议通过后,交责任部门作绩效考核处理。' },
    { kind: 'deadline-notice', clause: 'logistics-10b', type: '反馈抄送', moment: { at: 'feedback', stage: 'given' }, when: {}, to: ['office'], channel: '摘要', ask: '请审阅反馈。' },
    ...eventNotices({ request: 'logistics-13a', coordination: 'logistics-7.4', rectification: 'logistics-7.5', returned: 'logistics-7.5', review: 'logistics-10b', feedbackDue: 'logistics-7.3' }),
  ],
  feedbackCycles: [{ clause: 'logistics-7.3', when: { categories: ['领导安排/会议/文件'] }, cycleKey: 'trackingCycle' }],
  feedback: [],
  bulletins: {
    drafts: [{ type: '月度通报', clause: 'logistics-16a', cadenceKey: 'bulletinCadence', sections: ['units', 'late'], to: 'units' }],
    naming: { clause: 'logistics-15', wordsKey: 'vagueWords' },
    overdue: 'logistics-16b', adhoc: 'logistics-16c',
  },
  ...logisticsAppraisal,
  approvals: logisticsApprovals,
  ...logisticsGuards,
  clauses: {
    intake: 'logistics-10a', issue: 'logistics-10b', handling: 'logistics-10b', lateness: 'logistics-12', rate: 'logistics-14a', ranking: 'logistics-14b',
    bulletin: 'logistics-14a', closing: 'logistics-10b', archive: 'logistics-10a', effectiveFrom: 'logistics-23',
    supervision: 'logistics-5', interpretation: 'logistics-22', assignment: 'logistics-4', reassignment: 'logistics-7.4',
  },
  rankByUnitType: false,
};
