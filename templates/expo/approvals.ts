import type { Policy } from '#core';
import { correction } from '../correction-rule.ts';
import { expoGuards } from './guards.ts';

const OFFICE = expoGuards.officeRoles;
const FORM_FIELDS = ['requestedLimit', 'workDone'] as const;
const EXTENSION = { type: '延期', requires: FORM_FIELDS, cutoffKey: 'extensionCutoff', maxKey: 'maxExtensions', replyWorkdaysKey: 'extensionReplyWorkdays' } as const;
const COMPLETION = { type: '办结', during: ['办理中', '已退办', '待审核', '分管领导审核', '总经理批示'] } as const;

/** Article 9: the ladder of extensions by form and count, the review chain by form. */
export const expoApprovals: Policy['approvals'] = [
  { ...EXTENSION, clause: 'expo-9.5c', when: { forms: ['总经理督办'] }, levels: [['总经理']], overrideOnly: true },
  { ...EXTENSION, clause: 'expo-9.5a', when: {}, nth: 1, levels: [['分管领导'], ['督办领导']] },
  { ...EXTENSION, clause: 'expo-9.5b', when: {}, levels: [['总经理']] },
  { type: '协调', clause: 'expo-9.3c', when: {}, levels: [OFFICE], claimWorkdaysKey: 'coordinationWorkdays' },
  { type: '征求意见', clause: 'expo-9.1c', when: {}, levels: [['单位负责人']], requires: ['otherUnit'], answeredByOther: true },
  { ...COMPLETION, clause: 'expo-9.8.3', when: { forms: ['总经理督办'] }, levels: [OFFICE, ['分管领导'], ['总经理']] },
  { ...COMPLETION, clause: 'expo-9.8.2', when: { forms: ['挂牌督办'] }, levels: [OFFICE, ['分管领导']] },
  { ...COMPLETION, clause: 'expo-9.8.1', when: {}, levels: [OFFICE] },
  correction('expo-5', OFFICE),
];
