import type { PolicyId, Sample } from '#core';
import { busSample } from './bus/sample.ts';
import { companySample } from './company/sample.ts';
import { expoSample } from './expo/sample.ts';
import { logisticsSample } from './logistics/sample.ts';
import { platformSample } from './platform/sample.ts';
import { taxSample } from './tax/sample.ts';

/** An invented office for each regulation. */
export const SAMPLES: Readonly<Record<PolicyId, Sample>> = {
  bus: busSample, logistics: logisticsSample, expo: expoSample, company: companySample, platform: platformSample, tax: taxSample,
};
