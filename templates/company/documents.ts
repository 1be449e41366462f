import type { DocumentDefinition } from '#core';

/** The documents that 公司督查督办制度 names. */
export const companyDocuments: readonly DocumentDefinition[] = [
  {
    name: '督查、督办工作联系单', clause: 'company-5', occasion: '分管领导批准后由行政管理部下发', when: {},
    fields: [
      { label: '内容', from: { item: 'title' }, required: true }, { label: '完成期限', from: { fact: 'limit' }, required: true }, { label: '工作要求', from: { item: 'requirement' }, required: true },
      { label: '立项部门', from: { item: 'initiatorUnit' }, required: true }, { label: '承办部门', from: { fact: 'unit' }, required: true }, { label: '责任人', from: { fact: 'dutyPerson' } },
      { label: '分管领导', from: { fact: 'leaderInCharge' } },
    ],
  },
  {
    name: '延期申请', clause: 'company-6.4b', occasion: '到期前由承办部门提出', when: {}, about: { sheet: 'requests', type: '延期' },
    fields: [
      { label: '事项', from: { item: 'title' }, required: true }, { label: '原因', from: { request: 'reason' }, required: true }, { label: '预计完成时间', from: { request: 'requestedLimit' }, required: true },
      { label: '工作进展', from: { request: 'workDone' }, required: true }, { label: '承办部门', from: { fact: 'unit' } }, { label: '行政管理部意见', from: { opinionBy: '督办管理员' } }, { label: '分管领导意见', from: { opinionBy: '分管领导' } },
      { label: '批复的具体完成时间', from: { request: 'grantedLimit' } },
    ],
  },
  {
    name: '办结报告', clause: 'company-6.6c', occasion: '办完后由承办部门提交,部门负责人签字', when: {}, about: { sheet: 'feedback' },
    fields: [
      { label: '事项', from: { item: 'title' }, required: true }, { label: '承办部门', from: { fact: 'unit' } }, { label: '事实', from: { feedback: 'progress' }, required: true }, { label: '结论', from: { item: 'result' }, required: true },
      { label: '整改措施', from: { feedback: 'rectification' } }, { label: '承办部门负责人签字', from: { feedback: 'headReviewedAt' }, required: true },
    ],
  },
  {
    name: '退办通知', clause: 'company-6.7c', occasion: '审核不合格时', when: {},
    fields: [
      { label: '事项', from: { item: 'title' }, required: true }, { label: '承办部门', from: { fact: 'unit' }, required: true }, { label: '退办原因', from: { item: 'returnReason' }, required: true },
      { label: '完成期限', from: { item: 'returnDue' }, required: true },
    ],
  },
];
