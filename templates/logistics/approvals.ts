import type { Policy } from '#core';
import { correction } from '../correction-rule.ts';
import { logisticsGuards } from './guards.ts';

const OFFICE = logisticsGuards.officeRoles;

/** Articles 7 and 13: the group coordinates, orders rectification, sets a new node for the chaser; it extends nothing. */
export const logisticsApprovals: Policy['approvals'] = [
  { type: '延期', clause: 'logistics-13a', when: {}, levels: [OFFICE], requires: ['requestedLimit'], maxKey: 'maxExtensions' },
  { type: '重定时限', clause: 'logistics-13a', when: {}, levels: [OFFICE] },
  { type: '协调', clause: 'logistics-7.4', when: {}, levels: [OFFICE] },
  { type: '限期整改', clause: 'logistics-7.5', when: {}, levels: [OFFICE], requires: ['requestedLimit'] },
  correction('logistics-22', OFFICE),
];
