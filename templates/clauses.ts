import type { PolicyId } from '#core';
import { busClauses } from './bus/clauses.ts';
import type { ClauseEntry } from './clause-entry.ts';
import { companyClauses } from './company/clauses.ts';
import { expoClauses } from './expo/clauses.ts';
import { logisticsClauses } from './logistics/clauses.ts';
import { platformClauses } from './platform/clauses.ts';
import { taxClauses } from './tax/clauses.ts';

/** The clause register. Apart from templates/index.ts, so that no bundle carries it. */
export const CLAUSES: Readonly<Record<PolicyId, readonly ClauseEntry[]>> = {
  bus: busClauses, logistics: logisticsClauses, expo: expoClauses, company: companyClauses, platform: platformClauses, tax: taxClauses,
};
