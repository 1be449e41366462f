import { commonParameter, type Policy } from '#core';

const OFFICE = ['督办管理员', '督办专员', '办公室主任'] as const;

/** 会展酒店督办工作办法: three forms of supervision, two extensions at most, chasers that a leader signs. */
export const expoPolicy: Policy = {
  id: 'expo',
  name: '会展酒店',
  version: '1',
  supervisingUnit: '总经理工作部',
  categories: ['全局性部署/领导重要指示', '工作目标/会议决定', '工作计划列明事项', '合同/协议事项', '领导交办/批办/查办', '同级委托事项', '其他/临时交办'],
  forms: ['总经理督办', '挂牌督办', '日常督办'],
  sourceTypes: [],
  statuses: ['拟立项', '征求意见', '待批示', '已下发', '办理中', '协调中', '待审核', '分管领导审核', '总经理批示', '已退办', '已办结', '已归档', '不予立项', '已撤销'],
  hiddenColumns: ['sourceType', 'nodeType', 'projectPhase', 'dispatchOpinion'],
  assignableUnitTypes: [],
  parameters: [
    commonParameter('reviewWorkdays', { value: 3, clause: 'expo-9.8.4', inText: true, note: '收到办结材料后的审核期限' }),
    commonParameter('maxExtensions', { value: 2, clause: 'expo-9.5b', inText: true, note: '第二次由总经理批,不再受理第三次' }),
    commonParameter('extensionCutoff', { value: 'before-chase', clause: 'expo-9.5a', note: '到期前后均可申请,催办通知单发出后不再受理' }),
    commonParameter('coordinationWorkdays', { value: 2, clause: 'expo-9.3c', inText: true, note: '不能协调的,接到通知后提出' }),
    commonParameter('coefficientFirstExtension', { value: -0.05, clause: 'expo-12.2b', inText: true, note: '首次延期当月系数' }),
    commonParameter('coefficientSecondExtension', { value: -0.1, clause: 'expo-12.2c', inText: true, note: '二次延期当月系数' }),
    commonParameter('coefficientUnfinished', { value: -0.5, clause: 'expo-12.2d', inText: true, note: '延期后仍未办结当月系数' }),
    { key: 'leaderRemarkDays', label: '领导批办默认时限', type: { kind: 'integer', min: 1, max: 365 }, value: 14, unit: '天', clause: 'expo-10.3.2', inText: true, note: '批示未定时限时两周,按自然日' },
  ],
  deadlines: [
    { kind: 'default-limit', clause: 'expo-10.3.2', text: '领导批办未定时限的两周', when: { categories: ['领导交办/批办/查办'] }, from: 'receivedAt', unit: 'day', countKey: 'leaderRemarkDays' },
  ],
  notices: [
    { kind: 'deadline-notice', clause: 'expo-9.2c', type: '立项下发', moment: { at: 'issue' }, when: {}, to: ['handler', 'unitHead'], channel: '邮件', ask: '请签收并按时限办理。' },
    { kind: 'deadline-notice', clause: 'expo-9.4b', type: '到期提醒', moment: { at: 'lead', leadKey: 'warningLeadWorkdays', unit: 'workday' }, when: {}, to: ['handler'], channel: '摘要', ask: '时限将至;确需延期请填延期办理申请表。' },
    { kind: 'deadline-notice', clause: 'expo-9.4b', type: '到期提醒', moment: { at: 'due' }, when: {}, to: ['handler'], channel: '摘要', ask: '今天到期,请反馈办理结果。' },
    { kind: 'deadline-notice', clause: 'expo-9.6', type: '催办通知', moment: { at: 'overdue' }, when: {}, to: ['handler', 'unitHead'], channel: '邮件', signedBy: '督办领导', suppressible: true, ask: '已逾期且未反馈结果、未申请延期,请立即办理。' },
  ],
  scores: [],
  approvals: [
    { type: '延期', clause: 'expo-9.5c', when: { forms: ['总经理督办'] }, levels: [['总经理']], cutoffKey: 'extensionCutoff', maxKey: 'maxExtensions' },
    { type: '延期', clause: 'expo-9.5a', when: {}, levels: [['分管领导'], ['督办领导']], cutoffKey: 'extensionCutoff', maxKey: 'maxExtensions' },
    { type: '协调', clause: 'expo-9.3c', when: {}, levels: [OFFICE] },
  ],
  clauses: {
    intake: 'expo-9.1a', issue: 'expo-9.2c', handling: 'expo-9.3a', lateness: 'expo-10.3.0', rate: 'expo-11a', ranking: 'expo-11a',
    bulletin: 'expo-9.4e', closing: 'expo-9.8.0', archive: 'expo-9.10a', effectiveFrom: 'expo-13',
  },
  rankByUnitType: false,
};
