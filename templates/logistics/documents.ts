import type { DocumentDefinition, DocumentField } from '#core';

const PLAN: readonly DocumentField[] = [
  { label: '工作', from: { item: 'title' }, required: true }, { label: '责任部门', from: { fact: 'unit' }, required: true }, { label: '责任人', from: { fact: 'dutyPerson' }, required: true },
  { label: '时限', from: { fact: 'limit' }, required: true },
];

/** The documents that 物流公司's regulation names. */
export const logisticsDocuments: readonly DocumentDefinition[] = [
  {
    name: '重点工作计划实施方案', clause: 'logistics-10a', occasion: '各部门、项目、子公司制订后交督查组', when: { rowTypes: ['事项'] },
    fields: [...PLAN, { label: '内容及要求', from: { item: 'requirement' }, required: true }, { label: '节点', from: { fact: 'nodes' } }],
  },
  {
    name: '重点工作计划推进表', clause: 'logistics-10a', occasion: '各部门、项目、子公司制订后交督查组', when: { rowTypes: ['事项'] },
    fields: [
      ...PLAN, { label: '节点', from: { fact: 'nodes' }, required: true }, { label: '进展', from: { item: 'progress' } },
    ],
  },
  {
    name: '催办预告', clause: 'logistics-11', occasion: '到期前一至三个工作日', when: {}, about: { sheet: 'notices', type: '催办预告' },
    fields: [
      { label: '事项', from: { item: 'title' }, required: true }, { label: '责任人', from: { fact: 'dutyPerson' }, required: true },
      { label: '到期日', from: { fact: 'limit' }, required: true }, { label: '预告日期', from: { notice: 'plannedOn' }, required: true },
    ],
  },
  {
    name: '催办通知', clause: 'logistics-12', occasion: '逾期后两个工作日内', when: {}, about: { sheet: 'notices', type: '催办通知' },
    fields: [
      { label: '责任部门', from: { fact: 'unit' }, required: true }, { label: '事项', from: { item: 'title' }, required: true }, { label: '原时限', from: { fact: 'limitSet' }, required: true },
      { label: '催办要求', from: { notice: 'body' }, required: true }, { label: '时间节点', from: { fact: 'chaseLimit' }, required: true },
    ],
  },
  {
    name: '督查反馈', clause: 'logistics-13b', occasion: '催办后仍未办结时由督查组提出', when: {}, about: { sheet: 'inspections' },
    fields: [
      { label: '事项', from: { item: 'title' }, required: true }, { label: '责任部门', from: { fact: 'unit' }, required: true }, { label: '事实', from: { inspection: 'facts' }, required: true },
      { label: '督查意见', from: { inspection: 'opinion' }, required: true }, { label: '建议', from: { inspection: 'suggestion' }, required: true },
    ],
  },
  {
    name: '考核意见', clause: 'logistics-13b', occasion: '督查反馈之后提交公司领导办公会', when: {}, about: { sheet: 'notices', type: '考核意见' },
    fields: [
      { label: '事项', from: { item: 'title' }, required: true }, { label: '责任部门', from: { fact: 'unit' }, required: true }, { label: '第一责任人', from: { fact: 'unitHead' }, required: true },
      { label: '考核建议', from: { notice: 'body' }, required: true }, { label: '办公会结论', from: { blank: true } },
    ],
  },
];
