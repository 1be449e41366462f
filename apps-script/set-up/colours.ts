import { colourRules, type Policy, type SheetKey } from '#core';
import { columnLetters } from '#google';
import type { GRange, GSheet } from '../workbook/google.ts';

type GRule = GoogleAppsScript.Spreadsheet.ConditionalFormatRule;

/** Gives a data sheet its conditional colours, after those that people made. */
export function addColours(sheet: GSheet, key: SheetKey, policy: Policy, places: Readonly<Record<string, number>>, headerRow: number): void {
  const rows = sheet.getMaxRows() - headerRow;
  if (rows < 1) return;
  const letter = (columnKey: string): string => columnLetters(places[columnKey]!);
  const own = colourRules(key, policy, letter).map(({ from, to, formula, fill, ink, bold }) => {
    const [first, last] = [places[from]!, places[to]!].sort((a, b) => a - b) as [number, number];
    const range = sheet.getRange(headerRow + 1, first + 1, rows, last - first + 1);
    return colourRule([range], atRow(formula, headerRow + 1), fill, ink, bold);
  });
  replaceOwn(sheet, own);
}

export function colourRule(ranges: GRange[], formula: string, fill: string | null, ink: string | null, bold: boolean): GRule {
  const builder = SpreadsheetApp.newConditionalFormatRule().whenFormulaSatisfied(`=${formula}`);
  if (fill !== null) builder.setBackground(`#${fill}`);
  if (ink !== null) builder.setFontColor(`#${ink}`);
  if (bold) builder.setBold(true);
  return builder.setRanges(ranges).build();
}

/** Rules with the same formula are an earlier set-up's; all others are people's and come first. */
export function replaceOwn(sheet: GSheet, own: readonly GRule[]): void {
  const formulas = new Set(own.map(formulaOf));
  const others = sheet.getConditionalFormatRules().filter((rule) => !formulas.has(formulaOf(rule)));
  sheet.setConditionalFormatRules([...others, ...own]);
}

function formulaOf(rule: GRule): string {
  return String(rule.getBooleanCondition()?.getCriteriaValues()[0] ?? '');
}

/** The rules of core begin in row 2; a title above the header moves them down. */
function atRow(formula: string, row: number): string {
  return row === 2 ? formula : formula.replace(/(\$?[A-Z]{1,3})2(?!\d)/g, `$1${row}`);
}
