import type { DocumentDefinition, DocumentField, RequestType, Role } from '#core';

/** The four applications of the platform differ in their kind alone. */
function application(type: RequestType, clause: string, withLimit: boolean, opinions: readonly Role[]): DocumentDefinition {
  return {
    name: `${type}申请`, clause, occasion: '由承办人提出', when: {}, about: { sheet: 'requests', type },
    fields: [
      { label: '任务', from: { item: 'title' }, required: true }, { label: '申请人', from: { request: 'applicant' } }, { label: '原因', from: { request: 'reason' }, required: true },
      ...(withLimit ? [{ label: '新时间', from: { request: 'requestedLimit' }, required: true } as const] : []),
      ...opinions.map((role): DocumentField => ({ label: `${role}意见`, from: { opinionBy: role } })),
    ],
  };
}

/** The documents that 督查督办平台 names. */
export const platformDocuments: readonly DocumentDefinition[] = [
  {
    name: '任务反馈', clause: 'platform-2a', occasion: '由承办人填写,交责任人', when: {}, about: { sheet: 'feedback' },
    fields: [
      { label: '任务', from: { item: 'title' }, required: true }, { label: '进展情况', from: { feedback: 'progress' }, required: true }, { label: '下步计划', from: { feedback: 'nextPlan' }, required: true },
    ],
  },
  {
    name: '任务提报', clause: 'platform-2b', occasion: '由责任人编辑后提报,原文保留', when: {}, about: { sheet: 'feedback' },
    fields: [
      { label: '任务', from: { item: 'title' }, required: true }, { label: '原文', from: { feedback: 'progress' }, required: true }, { label: '提报内容', from: { feedback: 'submission' }, required: true },
      { label: '提报人', from: { feedback: 'submittedBy' }, required: true },
    ],
  },
  application('延期', 'platform-2c', true, ['责任人']), application('暂停', 'platform-2d', false, ['责任人', '分管领导']),
  application('恢复', 'platform-2e', false, ['责任人', '分管领导']), application('办结', 'platform-2f', false, ['督办管理员']),
];
