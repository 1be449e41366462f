import type { Policy } from '#core';
import { companyGuards } from './guards.ts';

const OFFICE = companyGuards.officeRoles;

/** Article 6: the office decides or forwards; replies in two working days; a granted extension names its date. */
export const companyApprovals: Policy['approvals'] = [
  {
    type: '延期', clause: 'company-6.4c', when: {}, levels: [OFFICE], forwardTo: ['分管领导'], requires: ['requestedLimit', 'workDone'], grantRequired: true,
    cutoffKey: 'extensionCutoff', maxKey: 'maxExtensions', replyWorkdaysKey: 'extensionReplyWorkdays',
  },
  { type: '协调', clause: 'company-6.5e', when: {}, levels: [OFFICE], forwardTo: ['分管领导'] },
  { type: '非职责退回', clause: 'company-6.3e', when: {}, levels: [OFFICE], claimWorkdaysKey: 'coordinationWorkdays' },
  { type: '办结', clause: 'company-6.7b', when: {}, levels: [OFFICE], forwardTo: ['分管领导'], during: ['办理中', '已退办', '待审核', '分管领导审核'] },
  { type: '更正', clause: 'company-6.5a', when: {}, levels: [OFFICE] },
];
