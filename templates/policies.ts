import type { Policy, PolicyId } from '#core';
import { busPolicy } from './bus/policy.ts';
import { companyPolicy } from './company/policy.ts';
import { expoPolicy } from './expo/policy.ts';
import { logisticsPolicy } from './logistics/policy.ts';
import { platformPolicy } from './platform/policy.ts';
import { taxPolicy } from './tax/policy.ts';

/** The six regulations, selectable by the parameter `policy`. */
export const POLICIES: Readonly<Record<PolicyId, Policy>> = {
  bus: busPolicy, logistics: logisticsPolicy, expo: expoPolicy, company: companyPolicy, platform: platformPolicy, tax: taxPolicy,
};
