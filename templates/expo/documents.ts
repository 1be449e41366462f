import type { DocumentDefinition, DocumentField } from '#core';

const ISSUE: readonly DocumentField[] = [
  { label: '督办内容', from: { item: 'title' }, required: true }, { label: '完成时限', from: { fact: 'limit' }, required: true },
  { label: '责任部门', from: { fact: 'unit' }, required: true }, { label: '责任人', from: { fact: 'dutyPerson' }, required: true },
  { label: '分管领导', from: { fact: 'leaderInCharge' }, required: true },
];

/** The documents that 会展酒店's regulation names. */
export const expoDocuments: readonly DocumentDefinition[] = [
  {
    name: '总经理督办通知单', clause: 'expo-7', occasion: '总经理督办事项立项后,总经理签发', when: { forms: ['总经理督办'] },
    fields: [...ISSUE, { label: '内容及要求', from: { item: 'requirement' } }, { label: '总经理签发', from: { blank: true } }],
  },
  {
    name: '督办事项跟踪表', clause: 'expo-7', occasion: '挂牌、日常督办事项立项后,督办领导批准', register: true, when: { forms: ['挂牌督办', '日常督办'] },
    fields: [...ISSUE, { label: '进展', from: { item: 'progress' } }, { label: '状态', from: { fact: 'status' } }],
  },
  {
    name: '督办事项延期办理申请表', clause: 'expo-9.5d', occasion: '申请延期时由承办部门填写', when: {}, about: { sheet: 'requests', type: '延期' },
    fields: [
      { label: '督办事项', from: { item: 'title' }, required: true }, { label: '承办部门', from: { fact: 'unit' } }, { label: '第几次', from: { request: 'ordinal' } },
      { label: '延期原因', from: { request: 'reason' }, required: true }, { label: '申请延期时间', from: { request: 'requestedLimit' }, required: true },
      { label: '办理进度', from: { request: 'workDone' }, required: true }, { label: '分管领导意见', from: { opinionBy: '分管领导' } }, { label: '督办领导意见', from: { opinionBy: '督办领导' } },
      { label: '总经理意见', from: { opinionBy: '总经理' } }, { label: '批准时限', from: { request: 'grantedLimit' } },
    ],
  },
  {
    name: '督办事项催办通知单', clause: 'expo-9.6', occasion: '逾期未反馈也未申请延期,督办领导签发', when: {}, about: { sheet: 'notices', type: '催办通知' },
    fields: [
      { label: '督办事项', from: { item: 'title' }, required: true }, { label: '承办部门', from: { fact: 'unit' }, required: true }, { label: '时限', from: { fact: 'limit' }, required: true },
      { label: '督办领导意见', from: { notice: 'signer' }, required: true },
    ],
  },
  {
    name: '退办通知', clause: 'expo-9.9', occasion: '审核不合格时', when: {},
    fields: [
      { label: '督办事项', from: { item: 'title' }, required: true }, { label: '承办部门', from: { fact: 'unit' }, required: true }, { label: '退办原因', from: { item: 'returnReason' }, required: true },
      { label: '退办完成期限', from: { item: 'returnDue' }, required: true }, { label: '分管领导', from: { fact: 'leaderInCharge' } },
    ],
  },
  {
    name: '书面检查', clause: 'expo-12.2c', occasion: '二次延期或未完成的,部门负责人在总经理办公会上作检查', when: {}, about: { sheet: 'sanctions', type: '书面检查' },
    fields: [
      { label: '部门', from: { sanction: 'unit' }, required: true }, { label: '责任人', from: { sanction: 'person' }, required: true }, { label: '事由', from: { item: 'title' }, required: true },
      { label: '日期', from: { sanction: 'date' }, required: true }, { label: '完成期限', from: { sanction: 'due' } }, { label: '检查内容', from: { blank: true } },
    ],
  },
  {
    name: '考核意见', clause: 'expo-12.2e', occasion: '部门对责任人提出,报人力资源部备案', when: {}, about: { sheet: 'sanctions' },
    fields: [
      { label: '部门', from: { sanction: 'unit' }, required: true }, { label: '责任人', from: { sanction: 'person' } }, { label: '处理', from: { sanction: 'type' }, required: true },
      { label: '事由', from: { item: 'title' } }, { label: '日期', from: { sanction: 'date' }, required: true }, { label: '说明', from: { sanction: 'note' } },
    ],
  },
];
