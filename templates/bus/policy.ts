import { commonParameter, type NoticeRule, type Policy } from '#core';
import { bulletinCadence, clockLead, feedbackCycle } from '../event-parameters.ts';
import { eventNotices } from '../event-notices.ts';
import { busAppraisal } from './appraisal.ts';
import { busApprovals } from './approvals.ts';
import { busGuards } from './guards.ts';
import { CATEGORIES, DOCUMENTS, LEGS, MATTERS } from './row-kinds.ts';

/** Article 13: arrival, due day and first day late, for the document and for each of its legs. */
const DOCUMENT_NOTICES: readonly NoticeRule[] = [...DOCUMENTS, LEGS].flatMap((when): NoticeRule[] => [
  {
    kind: 'deadline-notice', clause: 'bus-13', type: '立项下发', moment: { at: 'issue' }, when: { ...when, urgencies: ['普通', '紧急'] },
    to: ['handler'], channel: '邮件', ask: '收文已送达,请在时限内办毕。',
  },
  {
    kind: 'deadline-notice', clause: 'bus-12.1e', type: '立项下发', moment: { at: 'issue' }, when: { ...when, urgencies: ['特急'] },
    to: ['handler', 'unitHead'], channel: '邮件', ask: '特急收文,请立即办理。',
  },
  {
    kind: 'deadline-notice', clause: 'bus-13', type: '到期提醒', moment: { at: 'due' }, when,
    to: ['handler'], channel: '摘要', ask: '收文今天到期,请提交办毕意见;确需延期的请在到期前申请。',
  },
  {
    kind: 'deadline-notice', clause: 'bus-13', type: '催办通知', moment: { at: 'overdue' }, when,
    to: ['handler', 'unitHead'], channel: '邮件', suppressible: true, ask: '收文已超期,请立即办毕。',
  },
]);

/** 公交集团督查督办管理办法: matters with a limit of their own, documents with limits by urgency, quarterly ranking. */
export const busPolicy: Policy = {
  id: 'bus',
  name: '公交集团',
  version: '1',
  supervisingUnit: '集团公司办公室',
  categories: CATEGORIES,
  forms: ['督办事项', '公文'],
  sourceTypes: ['董事会决定', '党委会决定', '领导部署', '集团会议决定', '专题会议决定', '其他'],
  choiceClauses: { category: 'bus-7.7' },
  issueDocuments: [{ clause: 'bus-11.1a', when: MATTERS, names: ['公交集团公司督查督办任务通知'] }],
  statuses: ['拟立项', '待批示', '已下发', '办理中', '阶段性办毕', '待审核', '已退办', '已办结', '已归档', '不予立项', '已撤销'],
  hiddenColumns: ['nodeType', 'projectPhase', 'supervisingLeader', 'dispatchOpinion', 'remarkDeadline', 'handling'],
  assignableUnitTypes: ['机关部室', '分(子)公司'],
  parameters: [
    commonParameter('warningLeadWorkdays', { clause: 'bus-13', note: '办法未定提前几天;暂定剩 3 个工作日预警' }),
    commonParameter('remainingUnit', { clause: 'bus-12.1a', inText: true, note: '收文时限按工作日计' }),
    commonParameter('startDayCounts', { clause: 'bus-12.1a', note: '送达当日不计入(办法未写明)' }),
    commonParameter('rateDenominator', { clause: 'bus-14.2', note: '办法称督办总数,未定口径;暂按到期口径' }),
    commonParameter('latenessBase', {
      clause: 'bus-11.4', inText: true, note: '未延期的按原定时限、已延期的按延期后时限;催办时限不作考核依据',
    }),
    commonParameter('extensionCutoff', { value: 'before-deadline', clause: 'bus-11.3', inText: true, note: '到期前申请;到期当日仍可申请' }),
    commonParameter('maxExtensions', { clause: 'bus-11.3', note: '办法未限次数,空白为不限' }),
    commonParameter('bulletinCadence', { value: '每月', clause: 'bus-14.3a', inText: true, note: '办公室每月分析通报' }),
    commonParameter('rankingCadence', { value: '每季度', clause: 'bus-14.3b', inText: true, note: '每季度排名' }),
    clockLead('bus-11.3'),
    bulletinCadence('summaryCadence', '总结汇报周期', '每月', 'bus-9.4', false, '办法只写定期;暂按每月'),
    bulletinCadence('stageCadence', '阶段通报周期', '每月', 'bus-11.2c', false, '办法未定一个阶段多长;暂按每月'),
    bulletinCadence('annualCadence', '年度总评周期', '每年', 'bus-14.3c', true, '年终总评'),
    feedbackCycle('feedbackEvery', '进展反馈周期', '每月', 'bus-10.4', '办法只写定期;未填反馈周期的按此'),
    {
      key: 'planWorkdays', label: '落实计划提出期限', type: { kind: 'integer', min: 0, max: 60 }, value: 3, unit: '工作日',
      clause: 'bus-10.1', inText: false, note: '办法未定期限;下发后到此仍无计划的只提示,不计分', optional: true,
    },
    {
      key: 'documentWorkdays', label: '普通收文时限', type: { kind: 'integer', min: 1, max: 60 }, value: 7, unit: '工作日',
      clause: 'bus-12.1a', inText: true, note: '自送达部门次日起',
    },
    {
      key: 'urgentDocumentWorkdays', label: '紧急收文时限', type: { kind: 'integer', min: 1, max: 60 }, value: 3, unit: '工作日',
      clause: 'bus-12.1d', inText: true, note: '自送达部门次日起;特急收文当个工作日办毕',
    },
    {
      key: 'legWorkdays', label: '多部门环节时限', type: { kind: 'integer', min: 1, max: 60 }, value: 2, unit: '天',
      clause: 'bus-12.1b', inText: true, note: '天数的算法见「环节时限单位」;不超过全程时限',
    },
    {
      key: 'legUnit', label: '环节时限单位', type: { kind: 'choice', values: ['工作日', '自然日'] }, value: '工作日', unit: '',
      clause: 'bus-12.1b', inText: false, note: '办法写 2 天,按上下文作工作日理解',
    },
    {
      key: 'branchPointsProposed', label: '分(子)公司建议扣分', type: { kind: 'number', min: 0, max: 100 }, value: 1, unit: '分',
      clause: 'bus-15.2b', inText: false, note: '办法由办公室视情况定;程序先按最低分建议',
    },
    {
      key: 'branchPointsMin', label: '分(子)公司扣分下限', type: { kind: 'number', min: 0, max: 100 }, value: 1, unit: '分',
      clause: 'bus-15.2b', inText: true, note: '',
    },
    {
      key: 'branchPointsMax', label: '分(子)公司扣分上限', type: { kind: 'number', min: 0, max: 100 }, value: 5, unit: '分',
      clause: 'bus-15.2b', inText: true, note: '',
    },
    {
      key: 'branchPointsPer', label: '分(子)公司扣分单位', type: { kind: 'choice', values: ['每月', '每件'] }, value: '每月', unit: '',
      clause: 'bus-15.2b', inText: false, note: '办法未写明按件还是按月;暂按每单位每月一次',
    },
  ],
  deadlines: [
    {
      kind: 'default-limit', clause: 'bus-12.1b', text: '多部门环节限时', when: LEGS, unit: 'workday', countKey: 'legWorkdays',
      unitKey: 'legUnit', withinParent: true,
    },
    ...DOCUMENTS.flatMap((when): Policy['deadlines'] => [
      {
        kind: 'default-limit', clause: 'bus-12.1e', text: '特急收文当个工作日', when: { ...when, urgencies: ['特急'] },
        unit: 'same-workday',
      },
      {
        kind: 'default-limit', clause: 'bus-12.1d', text: '紧急收文按工作日', when: { ...when, urgencies: ['紧急'] },
        unit: 'workday', countKey: 'urgentDocumentWorkdays',
      },
      {
        kind: 'default-limit', clause: 'bus-12.1a', text: '普通收文按工作日', when: { ...when, urgencies: ['普通'] },
        unit: 'workday', countKey: 'documentWorkdays',
      },
    ]),
  ],
  notices: [
    ...DOCUMENT_NOTICES,
    {
      kind: 'deadline-notice', clause: 'bus-11.1a', type: '立项下发', moment: { at: 'issue' }, when: MATTERS,
      to: ['handler', 'unitHead'], channel: '邮件', ask: '请明确承办人和落实计划,按时限办理并反馈。',
    },
    {
      kind: 'deadline-notice', clause: 'bus-11.2a', type: '到期提醒', moment: { at: 'lead', leadKey: 'warningLeadWorkdays', unit: 'workday' },
      when: MATTERS, to: ['handler'], channel: '摘要', ask: '时限将至,请抓紧办理;确需延期的请在到期前申请。',
    },
    {
      kind: 'deadline-notice', clause: 'bus-11.2a', type: '到期提醒', moment: { at: 'due' }, when: MATTERS,
      to: ['handler'], channel: '摘要', ask: '今天到期,请上报办理结果;确需延期的请今天申请。',
    },
    {
      kind: 'deadline-notice', clause: 'bus-11.2b', type: '督导提醒', moment: { at: 'overdue' }, when: { rowTypes: ['节点'] },
      to: ['office'], channel: '摘要', ask: '节点已超期,请督查节点进度。',
    },
    {
      kind: 'deadline-notice', clause: 'bus-11.4', type: '督导提醒', moment: { at: 'overdue' }, when: MATTERS,
      to: ['office'], channel: '摘要', ask: '已超期且未延期,请报领导重新确定时限,登记「重定时限」申请。',
    },
    {
      kind: 'deadline-notice', clause: 'bus-11.4', type: '催办通知', moment: { at: 'overdue' }, when: MATTERS,
      to: ['handler', 'unitHead'], channel: '邮件', suppressible: true, ask: '已超过时限,请立即办理;考核仍按原定时限。',
    },
    {
      kind: 'deadline-notice', clause: 'bus-11.5a', type: '反馈抄送', moment: { at: 'feedback', stage: 'given' }, when: MATTERS,
      to: ['initiator'], channel: '邮件', ask: '请将反馈情况及时向领导汇报。',
    },
    {
      kind: 'deadline-notice', clause: 'bus-11.5b', type: '反馈提醒', moment: { at: 'feedback', stage: 'unreported' }, when: MATTERS,
      to: ['initiator'], channel: '摘要', ask: '待汇报领导:汇报后请填「已报领导时间」。',
    },
    ...eventNotices({ request: 'bus-11.3', returned: 'bus-11.6', review: 'bus-11.6', feedbackDue: 'bus-10.4' }),
  ],
  feedbackCycles: [{ clause: 'bus-10.4', when: MATTERS, cycleKey: 'feedbackEvery' }],
  feedback: [
    { kind: 'required-field', clause: 'bus-10.5', field: 'solutions', when: 'problems', ask: '有存在问题的请填「解决方案」' },
  ],
  bulletins: {
    drafts: [
      { type: '月度通报', clause: 'bus-14.3a', cadenceKey: 'bulletinCadence', sections: ['units', 'late'], to: 'units' },
      { type: '总结汇报', clause: 'bus-9.4', cadenceKey: 'summaryCadence', sections: ['units', 'late', 'problems'], to: 'leaders' },
      { type: '阶段通报', clause: 'bus-11.2c', cadenceKey: 'stageCadence', sections: ['items'], to: 'units' },
      { type: '季度排名', clause: 'bus-14.3b', cadenceKey: 'rankingCadence', sections: ['units'], to: 'units' },
      { type: '年度总评', clause: 'bus-14.3c', cadenceKey: 'annualCadence', sections: ['units', 'months', 'late'], to: 'units' },
    ],
    overdue: 'bus-14.3a', adhoc: 'bus-14.3a',
  },
  ...busAppraisal,
  approvals: busApprovals,
  ...busGuards,
  clauses: {
    intake: 'bus-11.1a', issue: 'bus-11.1a', handling: 'bus-10.2', lateness: 'bus-11.2a', rate: 'bus-14.2', ranking: 'bus-14.3b',
    bulletin: 'bus-14.3a', closing: 'bus-11.6', archive: 'bus-11.7', effectiveFrom: 'bus-17', limitByUnit: 'bus-10.3', missingPlan: 'bus-10.1',
    supervision: 'bus-8', registration: 'bus-11.1a', interpretation: 'bus-9.1', assignment: 'bus-2', reassignment: 'bus-8', stageItem: 'bus-12.3c',
  },
  rankByUnitType: true,
};
