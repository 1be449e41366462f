import exceljs from 'exceljs';
import { SHEET_KEYS, type ParameterDefinition, type Policy, type Sample, type SheetKey } from '#core';
import { addDataSheet, type SheetRow } from './data-sheet.ts';
import { addHomeSheet } from './home-sheet.ts';
import { completePackage, type WorkbookIdentity } from './package-parts.ts';
import { parameterRows } from '../../parameter-rows.ts';
import { addParameterRules } from './parameter-rules.ts';
import type { HeldCell } from './raw-cell.ts';

/** Rows that another host held, cell by cell. */
export type HeldRows = { readonly [S in SheetKey]?: readonly Readonly<Record<string, HeldCell>>[] };

export interface NewWorkbook {
  readonly policy: Policy;
  /** All parameters of the policy, the shared ones included, in the order in which 制度参数 lists them. */
  readonly parameters: readonly ParameterDefinition[];
  /** Rows to start with; null for an empty workbook. Rows of 制度参数 follow those of `parameters`. */
  readonly sample: { readonly rows: Sample['rows'] | HeldRows } | null;
  readonly identity: WorkbookIdentity;
}

/**
 * A new `.xlsx` file of the whole contract: 首页, every data sheet with headers, dropdowns, colours, groups, protection
 * and print set-up, hidden anchors and the workbook's identity. Throws a RangeError where a list of the policy does not
 * fit a dropdown.
 */
export async function createWorkbook(input: NewWorkbook): Promise<Uint8Array> {
  const workbook = new exceljs.Workbook();
  workbook.creator = 'duban';
  workbook.title = `督办台账(${input.policy.name})`;
  workbook.calcProperties.fullCalcOnLoad = true;
  addHomeSheet(workbook, input.policy);
  for (const key of SHEET_KEYS) {
    const own: readonly SheetRow[] = input.sample?.rows[key] ?? [];
    const rows = key === 'parameters' ? [...parameterRows(input.parameters), ...own] : own;
    const worksheet = await addDataSheet(workbook, key, input.policy, rows);
    if (key === 'parameters') addParameterRules(worksheet, input.parameters);
  }
  const file = Buffer.from(await workbook.xlsx.writeBuffer());
  return completePackage(file, input.identity, input.policy, SHEET_KEYS);
}
