import { chainBreaks, chainHead, parseWorkbook, SHEET_KEYS, SHEETS, type Policy, type Workbook } from '#core';
import { UnrunnableWorkbookError } from '../jobs/run-workbook.ts';
import { readEveryRow } from '../workbook/xlsx/read-snapshot.ts';
import type { Manifest } from './manifest.ts';

export interface DescribedWorkbook extends Pick<Manifest, 'policy' | 'rows' | 'chain'> {
  readonly parsed: Workbook;
  /** See chainBreaks. */
  readonly breaks: readonly string[];
}

/** What a manifest says of a workbook, from its bytes alone. Throws where they are no workbook that can be run. */
export function describeWorkbook(bytes: Buffer, modifiedMs: number, location: string, policies: Readonly<Record<string, Policy>>): DescribedWorkbook {
  const { workbook, issues } = parseWorkbook(readEveryRow(bytes, modifiedMs).snapshot, policies);
  if (workbook === null) throw new UnrunnableWorkbookError(location, issues);
  return {
    parsed: workbook, policy: workbook.policy.id, chain: chainHead(workbook), breaks: chainBreaks(workbook),
    rows: Object.fromEntries(SHEET_KEYS.map((key) => [SHEETS[key].name, workbook.sheets[key].rows.length])),
  };
}
