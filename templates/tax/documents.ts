import type { DocumentDefinition } from '#core';

/** The documents that 县税务局's regulation names. */
export const taxDocuments: readonly DocumentDefinition[] = [
  {
    name: '督查督办事项登记簿', clause: 'tax-4.1', occasion: '收到交办事项即登记,办结注销', register: true, when: {},
    fields: [
      { label: '交办事项', from: { item: 'title' }, required: true }, { label: '承办单位', from: { fact: 'unit' }, required: true }, { label: '完成期限', from: { fact: 'limit' }, required: true },
      { label: '注销日期', from: { fact: 'closedOn' } },
    ],
  },
  {
    name: '工作督导单', clause: 'tax-4.2a', occasion: '登记后由督办单位填写,随分办发出', when: {},
    fields: [
      { label: '事项', from: { item: 'title' }, required: true }, { label: '领导要求', from: { item: 'requirement' } }, { label: '分办意见', from: { item: 'dispatchOpinion' } },
      { label: '承办单位', from: { fact: 'unit' }, required: true }, { label: '协办单位', from: { item: 'coUnits' } }, { label: '办理时间', from: { fact: 'limit' }, required: true },
    ],
  },
  {
    name: '工作落实反馈单', clause: 'tax-4.2c', occasion: '随督导单发出,由承办单位填写交回', when: {}, about: { sheet: 'feedback' },
    fields: [
      { label: '事项', from: { item: 'title' }, required: true }, { label: '承办单位', from: { fact: 'unit' } }, { label: '办理时间', from: { fact: 'limit' } }, { label: '进展', from: { feedback: 'progress' }, required: true }, { label: '结果', from: { item: 'result' } },
      { label: '负责同志审阅', from: { feedback: 'headReviewedAt' }, required: true },
    ],
  },
  {
    name: '督导记录', clause: 'tax-4.5a', occasion: '到期前的督导', when: {}, about: { sheet: 'inspections' },
    fields: [
      { label: '日期', from: { inspection: 'date' }, required: true }, { label: '对象', from: { inspection: 'unit' }, required: true }, { label: '事项', from: { item: 'title' } },
      { label: '情况', from: { inspection: 'facts' }, required: true }, { label: '督导人', from: { inspection: 'inspector' } },
    ],
  },
  {
    name: '顺延事项审批单', clause: 'tax-5.2a', occasion: '特殊情况需顺延时', when: {}, about: { sheet: 'requests', type: '延期' },
    fields: [
      { label: '事项', from: { item: 'title' }, required: true }, { label: '特殊情况', from: { request: 'reason' }, required: true }, { label: '顺延至', from: { request: 'requestedLimit' }, required: true },
      { label: '承办单位', from: { fact: 'unit' } }, { label: '原定时限', from: { fact: 'limitSet' } }, { label: '分管局领导意见', from: { opinionBy: '局领导' } }, { label: '批准时限', from: { request: 'grantedLimit' } },
    ],
  },
];
