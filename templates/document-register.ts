import type { DocumentDefinition, PolicyId } from '#core';
import { busDocuments } from './bus/documents.ts';
import { companyDocuments } from './company/documents.ts';
import { expoDocuments } from './expo/documents.ts';
import { logisticsDocuments } from './logistics/documents.ts';
import { platformDocuments } from './platform/documents.ts';
import { taxDocuments } from './tax/documents.ts';

/** The documents that each regulation names. Apart from the policies, so that a host which prints none carries none. */
export const DOCUMENTS: Readonly<Record<PolicyId, readonly DocumentDefinition[]>> = {
  bus: busDocuments, logistics: logisticsDocuments, expo: expoDocuments, company: companyDocuments, platform: platformDocuments, tax: taxDocuments,
};
