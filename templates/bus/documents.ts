import type { DocumentDefinition } from '#core';

/** The documents that 公交集团's regulation names. */
export const busDocuments: readonly DocumentDefinition[] = [
  {
    name: '公交集团公司督查督办任务通知', clause: 'bus-11.1a', occasion: '立项时由发起部门填写,主管领导批准后由办公室下发', when: { forms: ['督办事项', ''] },
    fields: [
      { label: '发起部门', from: { item: 'initiatorUnit' } }, { label: '工作内容', from: { item: 'title' }, required: true }, { label: '要求', from: { item: 'requirement' } },
      { label: '承办部门', from: { fact: 'unit' }, required: true }, { label: '第一责任人', from: { fact: 'unitHead' } }, { label: '时限', from: { fact: 'limit' } },
      { label: '主管领导批准', from: { blank: true } },
    ],
  },
  {
    name: '督办落实计划', clause: 'bus-10.1', occasion: '接到任务通知后由承办部门制订', when: { rowTypes: ['事项'] },
    fields: [
      { label: '事项', from: { item: 'title' }, required: true }, { label: '承办部门', from: { fact: 'unit' } }, { label: '承办人', from: { item: 'handler' }, required: true },
      { label: '完成时限', from: { fact: 'limit' }, required: true }, { label: '步骤', from: { fact: 'nodes' }, required: true },
    ],
  },
  {
    name: '办结材料', clause: 'bus-11.6', occasion: '办完后由牵头部门报领导批准', when: {},
    fields: [
      { label: '事项', from: { item: 'title' }, required: true }, { label: '牵头部门', from: { fact: 'unit' } }, { label: '办理情况', from: { item: 'result' }, required: true },
      { label: '附件材料', from: { item: 'attachments' }, required: true }, { label: '领导批准', from: { blank: true } },
    ],
  },
];
