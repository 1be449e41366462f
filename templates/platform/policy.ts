import { commonParameter, type Policy } from '#core';
import { clockLead, feedbackCycle } from '../event-parameters.ts';
import { eventNotices } from '../event-notices.ts';
import { platformAppraisal, platformAppraisalParameters } from './appraisal.ts';
import { platformApprovals } from './approvals.ts';
import { platformGuards } from './guards.ts';

/** 督查督办平台: tasks with nodes, limits to the hour, unlimited extensions, pause and resume. */
export const platformPolicy: Policy = {
  id: 'platform',
  name: '督查督办平台',
  version: '1',
  supervisingUnit: '督办管理员',
  categories: ['设计', '前期手续', '施工', '拆迁', '项目验收', '其他'],
  forms: ['督查', '督办'],
  sourceTypes: [],
  choiceClauses: { category: 'platform-s3c', form: 'platform-2.0c' },
  defaults: [
    { clause: 'platform-2.0c', when: { rowTypes: ['事项'] }, column: 'nodeType', value: '最终节点' },
  ],
  statuses: ['拟立项', '已下发', '办理中', '已暂停', '待审核', '已退办', '已办结', '已归档', '已撤销'],
  hiddenColumns: ['sourceType', 'dispatchOpinion', 'remarkDeadline'],
  assignableUnitTypes: [],
  parameters: [
    ...platformAppraisalParameters,
    commonParameter('maxExtensions', { clause: 'platform-2c', inText: true, note: '不限次数' }),
    commonParameter('extensionCutoff', { clause: 'platform-2c', note: '未定截止' }),
    clockLead('platform-6b'),
    feedbackCycle('feedbackEvery', '进展反馈周期', '无', 'platform-2g-1', '按任务的反馈周期;未填的按此'),
    { key: 'projectNodes', label: '项目环节', type: { kind: 'words' }, value: '设计、前期手续、施工、拆迁、项目验收', optional: true, unit: '', clause: 'platform-s3c', inText: true, note: '项目(填了项目阶段的事项)立项时自动起草的节点,按此次序;空白为不起草' },
    {
      key: 'pauseShift', label: '暂停顺延算法', type: { kind: 'choice', values: ['自然日', '工作日'] }, value: '自然日', unit: '',
      clause: 'platform-2e', inText: false, note: '恢复后时限按暂停的时长顺延;可改按工作日',
    },
    {
      key: 'shiftChildren', label: '延期后续节点顺延', type: { kind: 'choice', values: ['是', '否'] }, value: '是', unit: '',
      clause: 'platform-2c', inText: false, note: '上级任务延期后,尚未到期的下级节点顺延同样时长',
    },
    {
      key: 'rollUpFormula', label: '下级进度汇总', type: { kind: 'choice', values: ['平均进度', '办结比例', '最低进度'] }, value: '平均进度', unit: '',
      clause: 'platform-s5b', inText: false, note: '案例未写公式;平均进度 各下级进度的平均;办结比例 已办结的占比;最低进度 最慢的一件',
    },
  ],
  nodeTemplates: [
    { clause: 'platform-s3c', when: {}, projects: true, nodes: { kind: 'list', namesKey: 'projectNodes' }, nodeType: '关键性节点', lastNodeType: '最终节点' },
  ],
  deadlines: [],
  notices: [
    { kind: 'deadline-notice', clause: 'platform-2.0a', type: '立项下发', moment: { at: 'issue' }, when: {}, to: ['handler', 'dutyPerson'], channel: '邮件', ask: '请接收任务并按时反馈。' },
    { kind: 'deadline-notice', clause: 'platform-6e', type: '到期提醒', moment: { at: 'lead', leadKey: 'warningLeadWorkdays', unit: 'workday' }, when: {}, to: ['handler'], channel: '摘要', ask: '节点将至,请反馈进展。' },
    { kind: 'deadline-notice', clause: 'platform-6e', type: '催办通知', moment: { at: 'overdue' }, when: {}, to: ['handler'], channel: '摘要', suppressible: true, missing: 'feedback', ask: '已到时间节点还没有反馈,请立即反馈。' },
    { kind: 'deadline-notice', clause: 'platform-6e', type: '催办通知', moment: { at: 'overdue' }, when: {}, to: ['dutyPerson'], channel: '摘要', suppressible: true, missing: 'submission', ask: '已到时间节点,反馈还没有提报,请立即提报。' },
    { kind: 'deadline-notice', clause: 'platform-2g-1', type: '催办通知', moment: { at: 'feedback-due', past: true }, when: {}, to: ['handler'], channel: '摘要', ask: '没有按期反馈,请立即反馈。' },
    { kind: 'deadline-notice', clause: 'platform-2g-2', type: '催办通知', moment: { at: 'ordered' }, when: {}, to: ['handler'], channel: '摘要', ask: '督办管理员催办:请立即反馈进展。' },
    { kind: 'deadline-notice', clause: 'platform-2a', type: '反馈抄送', moment: { at: 'feedback', stage: 'given' }, when: {}, to: ['dutyPerson'], channel: '邮件', ask: '请审阅,可在「提报内容」中修改后提报。' },
    { kind: 'deadline-notice', clause: 'platform-2b', type: '反馈抄送', moment: { at: 'feedback', stage: 'submitted' }, when: {}, to: ['office'], channel: '摘要', ask: '反馈已提报。' },
    ...eventNotices({ request: 'platform-6b', returned: 'platform-2f', review: 'platform-2f', feedbackDue: 'platform-2a' }),
  ],
  feedbackCycles: [{ clause: 'platform-2g-1', when: {}, cycleKey: 'feedbackEvery' }],
  feedback: [
    { kind: 'required-field', clause: 'platform-2a', field: 'nextPlan', when: 'progress', ask: '请填「下步计划」,填好后才转责任人' },
  ],
  bulletins: { drafts: [], overdue: 'platform-5a', adhoc: 'platform-5a' },
  ...platformAppraisal,
  approvals: platformApprovals,
  ...platformGuards,
  clauses: {
    intake: 'platform-2.0a', issue: 'platform-2.0a', handling: 'platform-2a', lateness: 'platform-4a', rate: 'platform-5a', ranking: 'platform-5a',
    bulletin: 'platform-5a', closing: 'platform-2f', archive: 'platform-2f', effectiveFrom: 'platform-2.0a',
    supervision: 'platform-s4a', registration: 'platform-2.0a', interpretation: 'platform-s4a', assignment: 'platform-2.0c', reassignment: 'platform-s5c',
    rollUp: 'platform-s5b',
  },
  rankByUnitType: false,
};
