import { commonParameter, type Policy } from '#core';

const ADMIN = ['督办管理员', '督办专员'] as const;

/** 督查督办平台: tasks with nodes, limits to the hour, unlimited extensions, pause and resume. */
export const platformPolicy: Policy = {
  id: 'platform',
  name: '督查督办平台',
  version: '1',
  supervisingUnit: '督办管理员',
  categories: ['设计', '前期手续', '施工', '拆迁', '项目验收', '其他'],
  forms: ['督查', '督办'],
  sourceTypes: [],
  statuses: ['拟立项', '已下发', '办理中', '已暂停', '待审核', '已退办', '已办结', '已归档', '已撤销'],
  hiddenColumns: ['sourceType', 'dispatchOpinion', 'remarkDeadline'],
  assignableUnitTypes: [],
  parameters: [
    commonParameter('maxExtensions', { clause: 'platform-2c', inText: true, note: '不限次数' }),
    commonParameter('extensionCutoff', { clause: 'platform-2c', note: '未定截止' }),
  ],
  deadlines: [],
  notices: [
    { kind: 'deadline-notice', clause: 'platform-2.0a', type: '立项下发', moment: { at: 'issue' }, when: {}, to: ['handler', 'dutyPerson'], channel: '邮件', ask: '请接收任务并按时反馈。' },
    { kind: 'deadline-notice', clause: 'platform-6e', type: '到期提醒', moment: { at: 'lead', leadKey: 'warningLeadWorkdays', unit: 'workday' }, when: {}, to: ['handler'], channel: '摘要', ask: '节点将至,请反馈进展。' },
    { kind: 'deadline-notice', clause: 'platform-2g-1', type: '催办通知', moment: { at: 'overdue' }, when: {}, to: ['handler', 'dutyPerson'], channel: '邮件', suppressible: true, ask: '未按时反馈或提报,请立即处理。' },
  ],
  scores: [],
  approvals: [
    { type: '延期', clause: 'platform-2c', when: {}, levels: [['责任人', ...ADMIN]], cutoffKey: 'extensionCutoff', maxKey: 'maxExtensions' },
    { type: '暂停', clause: 'platform-2d', when: {}, levels: [['责任人'], ['分管领导']] },
    { type: '恢复', clause: 'platform-2e', when: {}, levels: [['责任人'], ['分管领导']] },
    { type: '办结', clause: 'platform-2f', when: {}, levels: [ADMIN] },
  ],
  clauses: {
    intake: 'platform-2.0a', issue: 'platform-2.0a', handling: 'platform-2a', lateness: 'platform-4a', rate: 'platform-5a', ranking: 'platform-5a',
    bulletin: 'platform-5a', closing: 'platform-2f', archive: 'platform-2f', effectiveFrom: 'platform-2.0a',
  },
  rankByUnitType: false,
};
