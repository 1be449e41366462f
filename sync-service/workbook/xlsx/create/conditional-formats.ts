import type { ConditionalFormattingRule, Style } from 'exceljs';
import { colourRules, columnsOf, MOMENT_FORMAT, type Policy, type SheetKey } from '#core';
import { columnLetters } from '../cell-address.ts';
import { argb, conditionalFill, LAST_RULE_ROW } from './styles.ts';

export interface ConditionalFormat {
  readonly ref: string;
  readonly rules: ConditionalFormattingRule[];
}

/** Any id past Excel's built-in formats; exceljs leaves a conditional number format out where it has none. */
const MOMENT_FORMAT_ID = 180;

/** The colours of one data sheet, and the hours of its limits. */
export function sheetFormats(sheetKey: SheetKey, policy: Policy): ConditionalFormat[] {
  const at = (columnKey: string): string => columnLetters(columnsOf(sheetKey).findIndex((column) => column.key === columnKey));
  const over = (from: string, to: string): string => `${at(from)}2:${at(to)}${LAST_RULE_ROW}`;
  const hours = columnsOf(sheetKey).filter((column) => column.type === 'limit').map((column): ConditionalFormat => {
    const cell = `${at(column.key)}2`;
    return { ref: over(column.key, column.key), rules: [{ ...rule(`AND(ISNUMBER(${cell}),MOD(${cell},1)<>0)`, {}), style: momentStyle() }] };
  });
  const formats: ConditionalFormat[] = [];
  for (const { from, to, formula, fill, ink, bold } of colourRules(sheetKey, policy, at)) {
    const ref = over(from, to);
    const own = rule(formula, tint(fill, ink, bold));
    const last = formats.at(-1);
    if (last?.ref === ref) last.rules.push(own);
    else formats.push({ ref, rules: [own] });
  }
  return [...hours, ...formats];
}

/** One rule; exceljs numbers the priorities of a sheet itself, in the order in which rules are added. */
export function rule(formula: string, style: Partial<Style>): ConditionalFormattingRule {
  return { type: 'expression', formulae: [formula], style } as unknown as ConditionalFormattingRule;
}

export function tint(shade: string | null, ink: string | null, bold = false): Partial<Style> {
  const font = { ...(ink === null ? {} : { color: { argb: argb(ink) } }), ...(bold ? { bold } : {}) };
  return { ...(shade === null ? {} : { fill: conditionalFill(shade) }), ...(Object.keys(font).length === 0 ? {} : { font }) };
}

function momentStyle(): Partial<Style> {
  return { numFmt: MOMENT_FORMAT, numFmtId: MOMENT_FORMAT_ID } as Partial<Style>;
}
