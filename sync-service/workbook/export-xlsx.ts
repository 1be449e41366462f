import { bindColumns, isError, parseWorkbook, SHEET_KEYS, valueOf, type Policy, type WorkbookSnapshot } from '#core';
import { StoreError } from './store.ts';
import { createWorkbook, type HeldRows } from './xlsx/create/create-workbook.ts';

/**
 * The data sheets of a workbook in the cloud as an .xlsx of the contract, every row of the snapshot, formulas as what they
 * show. 首页 is the one of a new workbook; people's own sheets, columns, looks and charts stay where they are. `location`: as
 * people name the workbook. Throws a StoreError where it names no policy.
 */
export async function exportXlsx(snapshot: WorkbookSnapshot, { id, location, file }: { readonly id: string; readonly location: string; readonly file: string }, policies: Readonly<Record<string, Policy>>): Promise<Uint8Array> {
  const { workbook, issues } = parseWorkbook(snapshot, policies);
  if (workbook === null) throw new StoreError('not-set-up', `${location} 不能写成 .xlsx:${issues.filter(({ severity }) => severity === 'error').map(({ message }) => message).join(';')}`);
  const rows = Object.fromEntries(SHEET_KEYS.map((key) => {
    const sheet = snapshot.sheets.find(({ anchor }) => anchor === key);
    const binding = sheet === undefined ? null : bindColumns(sheet, key, []);
    if (sheet === undefined || binding === null) return [key, []];
    const filled = sheet.rows.slice(binding.headerRow + 1).filter(({ cells }) => cells.some((cell) => cell !== null));
    return [key, filled.map(({ cells }) => Object.fromEntries(Object.entries(binding.columns).map(([column, place]) => {
      const value = valueOf(cells[place] ?? null);
      return [column, { held: isError(value) ? value.error : value }];
    })))];
  })) as HeldRows;
  return createWorkbook({ policy: workbook.policy, parameters: [], sample: { rows }, identity: { id, home: file } });
}
