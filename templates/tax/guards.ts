import type { Policy, Role } from '#core';

const OFFICE: readonly Role[] = ['督办管理员', '督办专员', '办公室主任'];

/** Articles 4 and 5: the head of the unit reviews every result himself; an evaluation comes before the leader signs. */
export const taxGuards = {
  officeRoles: OFFICE,
  issueApprovals: [],
  guardClauses: {
    'dispatch-opinion': 'tax-4.2b', 'unit-and-limit': 'tax-3.2', 'single-lead': 'tax-4.4a', 'handler-named': 'tax-4.3a', 'result-present': 'tax-4.6a',
    'return-reason': 'tax-5.0a', 'children-closed': 'tax-4.7a',
  },
  guards: [
    { clause: 'tax-4.3b', to: ['待审核'], when: {}, require: { kind: 'head-reviewed', stamps: false } },
    { clause: 'tax-4.7a', to: ['分管领导审核', '已办结'], when: {}, require: { kind: 'filled', columns: ['evaluation'] } },
  ],
  rights: [],
} as const satisfies Partial<Policy>;
