import type { Policy, Role } from '#core';
import { DOCUMENTS, MATTERS } from './row-kinds.ts';

const OFFICE: readonly Role[] = ['办公室主任', '督办管理员', '督办专员'];
/** The office under the names it goes by; 牵头单位 stands for the item's own lead unit. */
const BY_OFFICE = ['办公室', '集团公司办公室', '集团办公室'];

/** Article 11.1: who initiates, by source; a leader's ad hoc task is the office's (9.5). */
const INITIATORS = ([
  ['bus-11.1b-1', { 董事会决定: ['董事会办公室'] }, {}], ['bus-11.1b-2', { 党委会决定: ['党委办公室'] }, {}],
  ['bus-11.1b-3', { 领导部署: BY_OFFICE }, {}], ['bus-11.1b-4', { 集团会议决定: BY_OFFICE }, {}],
  ['bus-11.1b-5', { 专题会议决定: ['牵头单位'] }, {}], ['bus-11.1b-6', { 其他: ['牵头单位'] }, {}],
  ['bus-9.5', {}, { 公司领导交办: BY_OFFICE }],
] as const).map(([clause, bySource, byCategory]): Policy['guards'][number] => ({ clause, to: ['待批示'], when: {}, require: { kind: 'initiator', bySource, byCategory } }));

/** Articles 8 to 12: who initiates and approves, what must be there before an item is handed in, who may edit what. */
export const busGuards = {
  officeRoles: OFFICE,
  issueApprovals: [{ clause: 'bus-11.1a', when: {}, roles: ['主管领导'] }],
  guardClauses: {
    'handler-named': 'bus-10.2', 'unit-and-limit': 'bus-10.3', 'single-lead': 'bus-11.1a', 'result-present': 'bus-11.6', 'children-closed': 'bus-11.6',
  },
  guards: [
    ...INITIATORS,
    { clause: 'bus-7.7', to: ['待批示'], when: { categories: ['其他重要事项'] }, require: { kind: 'one-filled', columns: ['requirement', 'remark'], ask: '写明是什么事' } },
    { clause: 'bus-11.6', to: ['待审核'], when: { forms: ['督办事项'] }, require: { kind: 'attached', words: ['办理情况'], orElse: 'progress' } },
    ...DOCUMENTS.map((when): Policy['guards'][number] => ({
      clause: 'bus-12.3a', to: ['待审核'], when: { ...when, titleHolds: ['请示'] }, require: { kind: 'attached', words: ['批复'], orElse: 'specialReason' },
    })),
    { clause: 'bus-12.3b', to: ['阶段性办毕'], when: MATTERS, require: { kind: 'never', ask: '只有需履行审批程序的公文可以阶段性办毕,督办事项请办完后上报' } },
  ],
  rights: [],
} as const satisfies Partial<Policy>;
