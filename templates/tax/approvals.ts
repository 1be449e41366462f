import type { Policy } from '#core';
import { correction } from '../correction-rule.ts';
import { taxGuards } from './guards.ts';

const OFFICE = taxGuards.officeRoles;

/** Articles 4 and 5: who coordinates, who signs, who lets a limit move. */
export const taxApprovals: Policy['approvals'] = [
  {
    type: '延期', clause: 'tax-5.2a', when: {}, levels: [['局领导']], requires: ['requestedLimit'], cutoffKey: 'extensionCutoff', maxKey: 'maxExtensions',
    replyWorkdaysKey: 'extensionReplyWorkdays',
  },
  { type: '非职责退回', clause: 'tax-4.3c', when: {}, levels: [OFFICE], claimWorkdaysKey: 'coordinationWorkdays' },
  { type: '协调', clause: 'tax-4.4c', when: {}, levels: [OFFICE] },
  { type: '分歧协调', clause: 'tax-4.4b', when: {}, levels: [['单位负责人']], forwardTo: OFFICE, forwardRequires: ['otherUnit', 'bothReasons'], forwardClause: 'tax-4.4c' },
  { type: '办结', clause: 'tax-4.7a', when: {}, levels: [OFFICE, ['局领导']], during: ['办理中', '已退办', '待审核', '分管领导审核'] },
  correction('tax-4.1', OFFICE),
];
