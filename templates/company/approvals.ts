import type { Policy, Role } from '#core';
import { correction } from '../correction-rule.ts';

/** 行政管理部 decides (6.4, 6.7); the supervision group of 6.1 registers, it approves nothing. */
const OFFICE: readonly Role[] = ['督办管理员', '督办专员', '办公室主任'];

/** Article 6: the office decides or forwards; replies in two working days; a granted extension names its date. */
export const companyApprovals: Policy['approvals'] = [
  {
    type: '延期', clause: 'company-6.4c', when: {}, levels: [OFFICE], forwardTo: ['分管领导'], requires: ['requestedLimit', 'workDone'], grantRequired: true,
    cutoffKey: 'extensionCutoff', maxKey: 'maxExtensions', replyWorkdaysKey: 'extensionReplyWorkdays',
  },
  { type: '协调', clause: 'company-6.5e', when: {}, levels: [OFFICE], forwardTo: ['分管领导'] },
  { type: '非职责退回', clause: 'company-6.3e', when: {}, levels: [OFFICE], claimWorkdaysKey: 'coordinationWorkdays' },
  { type: '办结', clause: 'company-6.7b', when: {}, levels: [OFFICE], forwardTo: ['分管领导'], during: ['办理中', '已退办', '待审核', '分管领导审核'] },
  correction('company-6.5a', OFFICE),
];
