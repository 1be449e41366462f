import type { Policy, Role } from '#core';

const ADMIN: readonly Role[] = ['督办管理员', '督办专员'];

/** Tasks are classified and bound to a node before they are published; only the administrator scores. */
export const platformGuards = {
  officeRoles: ADMIN,
  issueApprovals: [],
  guardClauses: { 'approved-pause': 'platform-2d', 'approved-resume': 'platform-2e', 'children-closed': 'platform-s5b', 'void-reason': 'platform-2.0a' },
  guards: [
    { clause: 'platform-2.0c', to: ['已下发'], when: {}, require: { kind: 'filled', columns: ['form', 'category', 'nodeType'] } },
    { clause: 'platform-1', to: ['已下发'], when: {}, require: { kind: 'one-final-node' } },
  ],
  rights: [{ clause: 'platform-s4a', sheet: 'scores', columns: ['confirmed', 'confirmedBy', 'confirmedAt'], roles: ADMIN }],
} as const satisfies Partial<Policy>;
