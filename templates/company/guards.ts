import type { Policy, Role } from '#core';

const OFFICE: readonly Role[] = ['督办管理员', '督办专员', '办公室主任', '督查组组长', '督查组成员'];
const BY_IMPORTANCE = { key: 'officeMayClose', is: '全部' };

/** Articles 6 and 7: the leader approves every item, a report signed by the unit's head comes before every review. */
export const companyGuards = {
  officeRoles: OFFICE,
  issueApprovals: [{ clause: 'company-7.2a', when: {}, roles: ['分管领导'] }],
  guardClauses: {
    'handler-named': 'company-6.3a', 'unit-and-limit': 'company-6.2', 'single-lead': 'company-6.2', 'result-present': 'company-6.3a',
    'children-closed': 'company-6.0', 'return-reason': 'company-6.7c',
  },
  guards: [
    { clause: 'company-6.2', to: ['待批示'], when: {}, require: { kind: 'filled', columns: ['requirement', 'deadlineSet', 'initiatorUnit'] } },
    { clause: 'company-6.6c', to: ['待审核'], when: {}, require: { kind: 'attached', words: ['办结报告'] } },
    { clause: 'company-6.3b', to: ['待审核'], when: {}, require: { kind: 'rectification-named' } },
    { clause: 'company-7.2c', to: ['待审核'], when: {}, require: { kind: 'head-reviewed', stamps: true } },
    { clause: 'company-6.7c', to: ['已退办'], when: {}, require: { kind: 'filled', columns: ['returnDue'] } },
    { clause: 'company-6.7a', from: ['待审核'], to: ['已办结'], when: { forms: ['重大'] }, require: { kind: 'never', ask: '重大事项须报分管领导审核', unless: BY_IMPORTANCE } },
    { clause: 'company-6.7a', from: ['待审核'], to: ['已办结'], when: { importances: ['重要', '重大'] }, require: { kind: 'never', ask: '重要、重大事项须报分管领导审核', unless: BY_IMPORTANCE } },
  ],
  rights: [],
} as const satisfies Partial<Policy>;
