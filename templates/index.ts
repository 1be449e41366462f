import type { Policy, PolicyId, Sample } from '#core';
import { busPolicy } from './bus/policy.ts';
import { busSample } from './bus/sample.ts';
import { companyPolicy } from './company/policy.ts';
import { expoPolicy } from './expo/policy.ts';
import { logisticsPolicy } from './logistics/policy.ts';
import { platformPolicy } from './platform/policy.ts';
import { plainSample } from './plain-sample.ts';
import { taxPolicy } from './tax/policy.ts';
import { taxSample } from './tax/sample.ts';

/** The six regulations, selectable by the parameter `policy`. */
export const POLICIES: Readonly<Record<PolicyId, Policy>> = {
  bus: busPolicy, logistics: logisticsPolicy, expo: expoPolicy, company: companyPolicy, platform: platformPolicy, tax: taxPolicy,
};

/** An invented office for each. */
export const SAMPLES: Readonly<Record<PolicyId, Sample>> = {
  bus: busSample, tax: taxSample,
  logistics: plainSample(logisticsPolicy), expo: plainSample(expoPolicy), company: plainSample(companyPolicy), platform: plainSample(platformPolicy),
};
