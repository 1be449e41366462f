import { nameOf } from './enums.ts';
import type { Place, SheetModel } from './sheet-model.ts';
import type { Stored } from './stored-cell.ts';
import { DateSerial, isDate, isDateFormat, resultOf } from './stored-cell.ts';
import { displayOf } from './display.ts';
import { a1Of } from './area.ts';
import type { WorkbookModel } from './workbook-model.ts';
import { serialOf } from './zone.ts';

/** A data validation as the model keeps it. `values` are the criteria's arguments; a range is a followed place. */
export interface ValidationRule {
  readonly criteria: GoogleAppsScript.Spreadsheet.DataValidationCriteria;
  readonly values: readonly unknown[];
  readonly allowInvalid: boolean;
  readonly helpText: string | null;
}

/** Google's message where a strict rule refuses the value (notes 1.5); null where it may stay. */
export function refusal(book: WorkbookModel, sheet: SheetModel, row: number, column: number, stored: Stored): string | null {
  const rule = sheet.validations.get(row, column);
  if (rule === undefined || rule.allowInvalid || accepts(rule, book, stored, sheet.formatAt(row, column))) return null;
  const wanted = nameOf(rule.criteria) === 'VALUE_IN_LIST' ? ` Please enter one of the following values: ${(rule.values[0] as string[]).join(', ')}.` : '';
  const cell = a1Of({ row, column, rows: 1, columns: 1 });
  return `The data you entered in cell ${cell} violates the data validation rules set on this cell.${wanted}`;
}

function accepts(rule: ValidationRule, book: WorkbookModel, stored: Stored, format: string | undefined): boolean {
  const value = resultOf(stored);
  if (value === null) return true;
  const number = value instanceof DateSerial ? value.serial : typeof value === 'number' ? value : null;
  const dated = value instanceof DateSerial || (number !== null && format !== undefined && isDateFormat(format));
  const bound = (index: number): number => {
    const argument = rule.values[index];
    return isDate(argument) ? Math.floor(serialOf(argument.getTime(), book.timeZone)) : Number(argument);
  };
  const day = number === null ? 0 : Math.floor(number);
  const criteria = nameOf(rule.criteria);
  switch (criteria) {
    case 'VALUE_IN_LIST': return (rule.values[0] as string[]).includes(displayOf(stored, format));
    case 'VALUE_IN_RANGE': return textsIn(rule.values[0] as Place).has(displayOf(stored, format));
    case 'DATE_IS_VALID_DATE': return dated;
    case 'DATE_AFTER': return dated && day > bound(0);
    case 'DATE_BEFORE': return dated && day < bound(0);
    case 'DATE_ON_OR_AFTER': return dated && day >= bound(0);
    case 'DATE_ON_OR_BEFORE': return dated && day <= bound(0);
    case 'DATE_EQUAL_TO': return dated && day === bound(0);
    case 'DATE_BETWEEN': return dated && day >= bound(0) && day <= bound(1);
    case 'DATE_NOT_BETWEEN': return dated && (day < bound(0) || day > bound(1));
    case 'NUMBER_BETWEEN': return number !== null && number >= bound(0) && number <= bound(1);
    case 'NUMBER_GREATER_THAN_OR_EQUAL_TO': return number !== null && number >= bound(0);
    case 'CHECKBOX': return typeof value === 'boolean';
    case 'CUSTOM_FORMULA': return formulaHolds(String(rule.values[0]), book);
    default: throw new Error(`not faked: checking ${criteria}`);
  }
}

function formulaHolds(formula: string, book: WorkbookModel): boolean {
  if (/^=\s*false(\(\))?$/i.test(formula)) return false;
  if (/^=\s*true(\(\))?$/i.test(formula)) return true;
  return book.satisfies(formula);
}

function textsIn({ sheet, area }: Place): Set<string> {
  const texts = new Set<string>();
  if (area === null) return texts;
  for (let row = area.row; row <= Math.min(area.row + area.rows - 1, sheet.rows.length); row++) {
    for (let column = area.column; column < area.column + area.columns; column++) texts.add(displayOf(sheet.read(row, column), sheet.formatAt(row, column)));
  }
  return texts;
}
