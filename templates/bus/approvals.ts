import type { Policy, Role } from '#core';
import { correction } from '../correction-rule.ts';
import { busGuards } from './guards.ts';
import { DOCUMENTS, LEGS, MATTERS } from './row-kinds.ts';

const OFFICE: readonly Role[] = busGuards.officeRoles;

/** Articles 11 and 12: the leader who approved an item extends and closes it; documents go by the office. */
export const busApprovals: Policy['approvals'] = [
  ...[LEGS, ...DOCUMENTS].map((when): Policy['approvals'][number] => ({
    type: '延期', clause: 'bus-12.1c', when, levels: [OFFICE], requires: ['requestedLimit'], cutoffKey: 'extensionCutoff', maxKey: 'maxExtensions',
    replyWorkdaysKey: 'extensionReplyWorkdays',
  })),
  {
    type: '延期', clause: 'bus-11.3', when: MATTERS, levels: [['主管领导']], requires: ['requestedLimit'], cutoffKey: 'extensionCutoff', maxKey: 'maxExtensions',
    replyWorkdaysKey: 'extensionReplyWorkdays',
  },
  { type: '重定时限', clause: 'bus-11.4', when: {}, levels: [['主管领导']] },
  { type: '办结', clause: 'bus-11.6', when: {}, levels: [['主管领导']], during: ['办理中', '已退办', '待审核'] },
  correction('bus-9.1', OFFICE),
];
