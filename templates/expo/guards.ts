import type { Policy, Role } from '#core';

const OFFICE: readonly Role[] = ['督办管理员', '督办专员', '办公室主任'];

/** Articles 5 and 9: what a draft must say, who approves it by form, which form closes at which level. */
export const expoGuards = {
  officeRoles: OFFICE,
  issueApprovals: [
    { clause: 'expo-9.2b', when: { forms: ['总经理督办'] }, roles: ['总经理'] },
    { clause: 'expo-9.2b', when: {}, roles: ['督办领导'] },
  ],
  guardClauses: {
    'handler-named': 'expo-6b', 'unit-and-limit': 'expo-9.2a', 'single-lead': 'expo-9.3b', 'result-present': 'expo-9.3a', 'children-closed': 'expo-9.8.0',
    'office-may-close': 'expo-9.8.2', 'leader-may-close': 'expo-9.8.3', 'general-manager-form': 'expo-9.8.3', 'return-reason': 'expo-9.9',
  },
  guards: [
    { clause: 'expo-8.0', to: ['待批示'], when: {}, require: { kind: 'filled', columns: ['form'] } },
    { clause: 'expo-9.1b', to: ['待批示'], when: {}, require: { kind: 'filled', columns: ['category'] } },
    { clause: 'expo-4.4', to: ['待批示'], when: { categories: ['合同/协议事项'] }, require: { kind: 'filled', columns: ['sourceRef'] } },
    { clause: 'expo-4.6', to: ['待批示'], when: { categories: ['同级委托事项'] }, require: { kind: 'filled', columns: ['initiatorUnit'] } },
    { clause: 'expo-9.2a', to: ['待批示'], when: {}, require: { kind: 'filled', columns: ['leadUnit', 'deadlineSet', 'dutyPerson', 'leaderInCharge'] } },
    { clause: 'expo-9.1c', to: ['待批示'], when: { importances: ['重大'] }, require: { kind: 'consulted' } },
    { clause: 'expo-6b', to: ['已下发'], when: {}, require: { kind: 'filled', columns: ['dutyPerson'] } },
    { clause: 'expo-10.4a', to: ['待审核'], when: {}, require: { kind: 'report-attached' } },
    { clause: 'expo-9.9', to: ['已退办'], when: {}, require: { kind: 'filled', columns: ['returnDue'] } },
  ],
  // 规范化管理委员会办公室 assists: its people (联络员) may release reminders, and nothing else of the office's.
  rights: [
    { clause: 'expo-5', sheet: 'notices', columns: ['status', 'signer'], roles: [...OFFICE, '联络员', '督办领导'] },
  ],
} as const satisfies Partial<Policy>;
