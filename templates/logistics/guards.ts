import type { Policy, Role } from '#core';

const OFFICE: readonly Role[] = ['督查组组长', '督查组成员', '督办管理员', '督办专员'];

/** Articles 4 to 10: units or managers answer for an item; a plan names who and until when before it becomes one. */
export const logisticsGuards = {
  officeRoles: OFFICE,
  issueApprovals: [],
  assignableRoles: ['责任人', '单位负责人', '办公室主任', '分管领导', '总经理'],
  guardClauses: { 'unit-and-limit': 'logistics-10b', 'single-lead': 'logistics-10b', 'handler-named': 'logistics-10b', 'return-reason': 'logistics-7.5' },
  guards: [
    { clause: 'logistics-10a', to: ['已下发'], when: {}, require: { kind: 'filled', columns: ['dutyPerson'] } },
    { clause: 'logistics-10a', to: ['已下发'], when: { forms: ['公司级重点'], rowTypes: ['事项'] }, require: { kind: 'attached', words: ['实施方案'] } },
  ],
  rights: [{ clause: 'logistics-21a', sheet: 'inspections', columns: ['facts', 'opinion', 'suggestion'], onlyFilled: true, roles: ['督查组组长', '督查组成员'] }],
} as const satisfies Partial<Policy>;
