import type { Policy } from '#core';
import { correction } from '../correction-rule.ts';
import { platformGuards } from './guards.ts';

const ADMIN = platformGuards.officeRoles;
const BOTH = [['责任人'], ['分管领导']] as const;
const RESUME_FIRST = '已暂停的请先申请恢复';

/** Section 2: everything about a task goes through a recorded request. */
export const platformApprovals: Policy['approvals'] = [
  { type: '延期', clause: 'platform-2c', when: {}, levels: [['责任人', ...ADMIN]], requires: ['requestedLimit'], cutoffKey: 'extensionCutoff', maxKey: 'maxExtensions' },
  { type: '暂停', clause: 'platform-2d', when: {}, levels: BOTH, during: ['办理中'] },
  { type: '恢复', clause: 'platform-2e', when: {}, levels: BOTH, during: ['已暂停'], duringClause: 'platform-2.0e' },
  { type: '办结', clause: 'platform-2f', when: {}, levels: [ADMIN], during: ['办理中', '已退办', '待审核'], duringAsk: RESUME_FIRST, duringClause: 'platform-2.0e' },
  correction('platform-2.0a', ADMIN),
];
