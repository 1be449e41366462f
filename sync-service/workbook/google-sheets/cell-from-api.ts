import type { sheets_v4 } from '@googleapis/sheets';
import type { Cell, PlainCell } from '#core';

const ERRORS: Readonly<Record<string, string>> = {
  ERROR: '#ERROR!', NULL_VALUE: '#NULL!', DIVIDE_BY_ZERO: '#DIV/0!', VALUE: '#VALUE!', REF: '#REF!', NAME: '#NAME?', NUM: '#NUM!', N_A: '#N/A', LOADING: '#LOADING!',
};

/** A cell of the API as core reads cells: dates are serial numbers, a formula comes with what it shows. */
export function cellFromApi({ userEnteredValue, effectiveValue }: sheets_v4.Schema$CellData): Cell {
  const value = plainCell(effectiveValue);
  const formula = userEnteredValue?.formulaValue ?? '';
  return formula === '' ? value : { formula: formula.replace(/^=/, ''), value };
}

function plainCell(value: sheets_v4.Schema$ExtendedValue | undefined): PlainCell {
  if (value === undefined) return null;
  const { stringValue, numberValue, boolValue, errorValue } = value;
  if (errorValue !== undefined) return { error: ERRORS[errorValue.type ?? 'ERROR'] ?? '#ERROR!' };
  if (stringValue !== undefined && stringValue !== null) return stringValue === '' ? null : stringValue;
  return numberValue ?? boolValue ?? null;
}
