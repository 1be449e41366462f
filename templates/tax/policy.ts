import { commonParameter, type ItemCondition, type Policy } from '#core';
import { clockLead, reworkClock } from '../event-parameters.ts';
import { eventNotices } from '../event-notices.ts';
import { taxAppraisal, taxAppraisalParameters } from './appraisal.ts';
import { taxApprovals } from './approvals.ts';
import { taxGuards } from './guards.ts';

/** 紧急、复杂或重大: by 督办形式, 缓急程度 or 重要程度. */
const PRESSING: readonly ItemCondition[] = [{ forms: ['重要', '紧急', '疑难'] }, { urgencies: ['紧急', '特急'] }, { importances: ['重大'] }];

/** 县税务局督查督办管理办法: seven categories, limits in calendar days, points for lateness and defects. */
export const taxPolicy: Policy = {
  id: 'tax',
  name: '县税务局',
  version: '1',
  supervisingUnit: '督办单位',
  categories: ['上级机关交办', '全市(省)会议部署', '人大建议/政协提案', '年初计划/专项', '局会议决定', '局领导交办', '其它'],
  forms: ['重要', '紧急', '疑难', '一般'],
  sourceTypes: [],
  choiceClauses: { category: 'tax-1.7', form: 'tax-4.5b' },
  issueDocuments: [{ clause: 'tax-4.2c', when: {}, names: ['工作督导单', '工作落实反馈单'] }],
  statuses: ['拟立项', '待分办', '已下发', '办理中', '协调中', '待审核', '分管领导审核', '已退办', '已办结', '已归档', '已撤销'],
  hiddenColumns: ['sourceType', 'nodeType', 'projectPhase', 'specialReason', 'chaseDeadline'],
  assignableUnitTypes: [],
  parameters: [
    ...taxAppraisalParameters,
    commonParameter('warningLeadDays', { value: 2, clause: 'tax-4.5a', note: '办法只要求限期前督导,未定提前几天;暂定提前 2 天' }),
    commonParameter('remainingUnit', { value: '自然日', clause: 'tax-3.1a', note: '办法按日计,未称工作日;按自然日显示' }),
    commonParameter('startDayCounts', { clause: 'tax-3.1a', note: '收受当日不计入(办法未写明)' }),
    commonParameter('lastDayRolls', { clause: 'tax-3.1a', note: '末日遇休息日顺延(办法未写明)' }),
    commonParameter('latenessBase', { clause: 'tax-5.2c', inText: true, note: '经批准顺延的,从顺延后的时限起算' }),
    commonParameter('extensionCutoff', { clause: 'tax-5.2a', note: '办法未定申请截止' }),
    commonParameter('maxExtensions', { clause: 'tax-5.2a', note: '办法未限次数,空白为不限' }),
    commonParameter('coordinationWorkdays', { value: 2, clause: 'tax-4.3c', note: '办法要求尽快退回,未定天数;暂定 2 个工作日' }),
    commonParameter('pointsPerLateDay', { value: 1, clause: 'tax-5.1a', inText: true, note: '迟办一天扣分,按自然日' }),
    commonParameter('pointsPerDefect', { value: 1, clause: 'tax-5.1b', inText: true, note: '每处不符合要求扣分' }),
    commonParameter('pointsForConsequence', { value: 2, clause: 'tax-5.1c', inText: true, note: '造成不良后果另扣,每件一次' }),
    clockLead('tax-5.2a'),
    reworkClock('tax-5.0a'),
    {
      key: 'superiorDays', label: '上级机关交办时限', type: { kind: 'integer', min: 1, max: 365 }, value: 7, unit: '天',
      clause: 'tax-3.1a', inText: true, note: '自收受次日起的自然日;另有要求的填要求时限',
    },
    {
      key: 'proposalDays', label: '建议提案时限', type: { kind: 'integer', min: 1, max: 365 }, value: 15, unit: '天',
      clause: 'tax-3.3a', inText: true, note: '自收受次日起的自然日;另有要求的填要求时限',
    },
    {
      key: 'lateClaim', label: '逾期提出协调或退回', type: { kind: 'choice', values: ['照办并注明', '视为已接受'] }, value: '照办并注明', unit: '',
      clause: 'tax-4.3c', inText: false, note: '条文未写逾期后果;照办并注明或视为已接受',
    },
  ],
  deadlines: [
    {
      kind: 'default-limit', clause: 'tax-3.1a', text: '上级交办按收受后的天数', when: { categories: ['上级机关交办'] },
      unit: 'day', countKey: 'superiorDays',
    },
    {
      kind: 'default-limit', clause: 'tax-3.3a', text: '建议提案按收受后的天数', when: { categories: ['人大建议/政协提案'] },
      unit: 'day', countKey: 'proposalDays',
    },
  ],
  notices: [
    {
      kind: 'deadline-notice', clause: 'tax-4.2c', type: '立项下发', moment: { at: 'issue' }, when: {},
      to: ['handler', 'unitHead'], channel: '邮件', ask: '请签收工作督导单,按时限办理并反馈。',
    },
    {
      kind: 'deadline-notice', clause: 'tax-4.5a', type: '到期提醒', moment: { at: 'lead', leadKey: 'warningLeadDays', unit: 'day' },
      when: {}, to: ['handler'], channel: '摘要', ask: '时限将至,请抓紧办理。',
    },
    {
      kind: 'deadline-notice', clause: 'tax-4.5a', type: '督导提醒', moment: { at: 'lead', leadKey: 'warningLeadDays', unit: 'day' },
      when: {}, to: ['office'], channel: '摘要', unlessInspected: true, ask: '限期前还没有督导记录,请督导一次并登记督查记录。',
    },
    {
      kind: 'deadline-notice', clause: 'tax-4.5a', type: '到期提醒', moment: { at: 'due' },
      when: {}, to: ['handler'], channel: '摘要', ask: '今天到期,请上报办理结果;确需顺延的请先申请。',
    },
    {
      kind: 'deadline-notice', clause: 'tax-4.5c', type: '催办通知', moment: { at: 'overdue' },
      when: {}, to: ['handler', 'unitHead'], channel: '邮件', suppressible: true, ask: '已超过时限,请立即办理并说明原因。',
    },
    {
      kind: 'deadline-notice', clause: 'tax-4.5c', type: '督导提醒', moment: { at: 'overdue' },
      when: {}, to: ['office'], channel: '摘要', ask: '事项已超期,请进一步督导并登记督查记录。',
    },
    {
      kind: 'deadline-notice', clause: 'tax-4.5c', type: '逾期说明', moment: { at: 'weekly' },
      when: {}, to: ['handler', 'unitHead'], channel: '摘要', ask: '仍未办结,请填报逾期说明。',
    },
    {
      kind: 'deadline-notice', clause: 'tax-4.6a', type: '反馈抄送', moment: { at: 'feedback', stage: 'given', types: ['进展', '结果', '逾期说明'] }, when: {},
      to: ['office'], channel: '摘要', ask: '请审阅反馈。',
    },
    {
      kind: 'deadline-notice', clause: 'tax-4.6b', type: '反馈抄送', moment: { at: 'feedback', stage: 'given', types: ['协办意见'] }, when: {},
      to: ['handler'], channel: '摘要', ask: '协办意见已到,请汇总后反馈。',
    },
    ...PRESSING.map((when): Policy['notices'][number] => ({
      kind: 'deadline-notice', clause: 'tax-4.6c', type: '反馈抄送', moment: { at: 'feedback', stage: 'given', types: ['进展', '结果', '逾期说明'] }, when,
      to: ['bureauLeaders'], channel: '邮件', ask: '随时汇报:请知悉。',
    })),
    ...eventNotices({
      request: 'tax-5.2a', coordination: 'tax-4.4b', returned: 'tax-5.0a', review: 'tax-4.7a', feedbackDue: 'tax-4.6a',
      reviewers: { 分管领导审核: 'bureauLeaders' },
    }),
  ],
  feedbackCycles: [],
  feedback: [{ kind: 'lead-consolidates', clause: 'tax-4.6b' }],
  bulletins: {
    drafts: [{ type: '月度通报', clause: 'tax-5.0c', cadenceKey: 'bulletinCadence', sections: ['units', 'late'], to: 'units' }],
    overdue: 'tax-5.0c', adhoc: 'tax-5.0c',
  },
  ...taxAppraisal,
  approvals: taxApprovals,
  ...taxGuards,
  clauses: {
    intake: 'tax-4.1', issue: 'tax-4.2c', handling: 'tax-4.3a', lateness: 'tax-5.1a', rate: 'tax-4.1', ranking: 'tax-5.0b',
    bulletin: 'tax-5.0c', closing: 'tax-4.7a', archive: 'tax-4.7b', effectiveFrom: 'tax-6', recipientCheck: 'tax-2.3',
    supervision: 'tax-4.1', interpretation: 'tax-4.1', assignment: 'tax-4.1', reassignment: 'tax-4.3c', coOpinion: 'tax-4.4a',
  },
  rankByUnitType: false,
};
