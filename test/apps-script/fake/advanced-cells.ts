import type { Area } from './area.ts';
import { NotFaked } from './exception.ts';
import type { Writing } from './advanced-requests.ts';
import type { SheetModel, StyleName, Styles } from './sheet-model.ts';
import type { Stored } from './stored-cell.ts';
import type { ValidationRule } from './validation-rule.ts';
import { ENUMS } from './enums.ts';

type CellData = GoogleAppsScript.Sheets.Schema.CellData;
type CellFormat = GoogleAppsScript.Sheets.Schema.CellFormat;
type Color = GoogleAppsScript.Sheets.Schema.Color;
type ApiRule = GoogleAppsScript.Sheets.Schema.DataValidationRule;

/** The paths of a field mask: `userEnteredFormat(numberFormat,backgroundColor),note` names three. */
export function fieldPaths(mask: string): string[] {
  const paths: string[] = [];
  let part = '';
  let depth = 0;
  for (const letter of `${mask},`) {
    if (letter === ',' && depth === 0) {
      const group = /^\s*([\w.]+)\((.*)\)\s*$/.exec(part);
      paths.push(...(group === null ? [part.trim()] : fieldPaths(group[2]!).map((inner) => `${group[1]!}.${inner}`)));
      part = '';
      continue;
    }
    depth += letter === '(' ? 1 : letter === ')' ? -1 : 0;
    part += letter;
  }
  return paths;
}

/** Gives cells what the mask names; what it names and the cell lacks is cleared, as the API does. */
export function paintCell(run: Writing, sheet: SheetModel, area: Area, cell: CellData, paths: readonly string[]): void {
  for (const path of paths) {
    if (path === 'userEnteredValue') writeValue(run, sheet, area, cell);
    else if (path === 'note') sheet.styles.note.set(area, cell.note === '' ? undefined : cell.note);
    else if (path === 'dataValidation') sheet.validations.set(area, cell.dataValidation === undefined ? undefined : validationFromApi(cell.dataValidation));
    else if (path === 'userEnteredFormat') for (const style of Object.keys(FORMATS)) paintFormat(sheet, area, cell.userEnteredFormat, style);
    else if (path.startsWith('userEnteredFormat.')) paintFormat(sheet, area, cell.userEnteredFormat, path.slice('userEnteredFormat.'.length));
    else throw new NotFaked(`field ${path} of a cell`);
  }
}

function writeValue(run: Writing, sheet: SheetModel, area: Area, { userEnteredValue: value = {} }: CellData): void {
  const plain: Stored = value.numberValue ?? value.boolValue ?? (value.stringValue === '' ? null : value.stringValue) ?? null;
  const stored = value.formulaValue === undefined ? plain : run.world.book.formula(value.formulaValue);
  for (let row = area.row; row < area.row + area.rows; row++) for (let column = area.column; column < area.column + area.columns; column++) sheet.write(row, column, stored);
}

type Painter = (format: CellFormat) => { readonly [K in StyleName]?: Styles[K] | undefined };

/** Colours by their `…Style` fields only; the plain ones are deprecated. */
const FORMATS: Readonly<Record<string, Painter>> = {
  'numberFormat': ({ numberFormat }) => ({ numberFormat: numberFormat?.pattern }),
  'backgroundColorStyle': ({ backgroundColorStyle }) => ({ background: hex(backgroundColorStyle?.rgbColor) }),
  'textFormat': ({ textFormat }) => ({ fontWeight: weight(textFormat?.bold), fontColor: hex(textFormat?.foregroundColorStyle?.rgbColor), fontSize: textFormat?.fontSize, fontFamily: textFormat?.fontFamily }),
  'horizontalAlignment': ({ horizontalAlignment }) => ({ horizontalAlignment: horizontalAlignment?.toLowerCase() }),
  'verticalAlignment': ({ verticalAlignment }) => ({ verticalAlignment: verticalAlignment?.toLowerCase() }),
  'wrapStrategy': ({ wrapStrategy }) => ({ wrap: wrapStrategy }),
};
const PARTS: Readonly<Record<string, Painter>> = {
  ...FORMATS,
  'textFormat.bold': ({ textFormat }) => ({ fontWeight: weight(textFormat?.bold) }),
  'textFormat.foregroundColorStyle': ({ textFormat }) => ({ fontColor: hex(textFormat?.foregroundColorStyle?.rgbColor) }),
};

function paintFormat(sheet: SheetModel, area: Area, format: CellFormat | undefined, part: string): void {
  const painter = PARTS[part];
  if (painter === undefined) throw new NotFaked(`field userEnteredFormat.${part}`);
  for (const [style, value] of Object.entries(painter(format ?? {}))) (sheet.styles[style as StyleName]).set(area, value as never);
}

function weight(bold: boolean | undefined): string | undefined {
  return bold === true ? 'bold' : undefined;
}

function hex(color: Color | undefined): string | undefined {
  if (color === undefined) return undefined;
  return `#${[color.red, color.green, color.blue].map((part = 0) => Math.round(part * 255).toString(16).padStart(2, '0')).join('')}`;
}

export function validationFromApi({ condition, strict = false, inputMessage }: ApiRule): ValidationRule {
  const values = (condition?.values ?? []).map(({ userEnteredValue = '' }) => userEnteredValue);
  const rest = { allowInvalid: !strict, helpText: inputMessage ?? null };
  const criteria = ENUMS.DataValidationCriteria;
  switch (condition?.type) {
    case 'ONE_OF_LIST': return { criteria: criteria.VALUE_IN_LIST, values: [values, true], ...rest };
    case 'DATE_IS_VALID': return { criteria: criteria.DATE_IS_VALID_DATE, values: [], ...rest };
    case 'NUMBER_BETWEEN': return { criteria: criteria.NUMBER_BETWEEN, values: values.map(Number), ...rest };
    case 'NUMBER_GREATER_THAN_EQ': return { criteria: criteria.NUMBER_GREATER_THAN_OR_EQUAL_TO, values: values.map(Number), ...rest };
    case 'CUSTOM_FORMULA': return { criteria: criteria.CUSTOM_FORMULA, values, ...rest };
    case 'BOOLEAN': return { criteria: criteria.CHECKBOX, values: [], ...rest };
    case undefined:
    default: throw new NotFaked(`validation condition ${condition?.type ?? 'none'}`);
  }
}
