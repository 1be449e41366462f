import type { ConditionalFormattingRule, Style } from 'exceljs';
import { columnsOf, type Policy, type SheetKey } from '#core';
import { columnLetters } from '../cell-address.ts';
import { LAST_RULE_ROW, COLOURS, MOMENT_FORMAT, conditionalFill } from './styles.ts';

export interface ConditionalFormat {
  readonly ref: string;
  readonly rules: ConditionalFormattingRule[];
}

/** Any id past Excel's built-in formats; exceljs leaves a conditional number format out where it has none. */
const MOMENT_FORMAT_ID = 180;
const HIGHEST_APPROVAL_LEVEL = 3;

/** Fill and ink of each light, on 督办台账 and 首页 alike. */
export const LIGHT_COLOURS = [
  ['绿', COLOURS.green, COLOURS.greenInk], ['黄', COLOURS.yellow, COLOURS.yellowInk], ['红', COLOURS.red, COLOURS.redInk],
  ['蓝', COLOURS.blue, COLOURS.blueInk], ['灰', COLOURS.grey, COLOURS.greyInk], ['完', COLOURS.done, COLOURS.doneInk],
] as const;

/** The colours of one data sheet. */
export function sheetFormats(sheetKey: SheetKey, policy: Policy): ConditionalFormat[] {
  const formats: ConditionalFormat[] = [];
  const at = (columnKey: string): string => columnLetters(columnsOf(sheetKey).findIndex((column) => column.key === columnKey));
  const over = (columnKey: string, ...rules: ConditionalFormattingRule[]): void => {
    formats.push({ ref: `${at(columnKey)}2:${at(columnKey)}${LAST_RULE_ROW}`, rules });
  };

  for (const column of columnsOf(sheetKey)) {
    if (column.type === 'limit') {
      const cell = `${at(column.key)}2`;
      over(column.key, { ...rule(`AND(ISNUMBER(${cell}),MOD(${cell},1)<>0)`, {}), style: momentStyle() });
    }
  }
  if (sheetKey === 'items') {
    over('light', ...LIGHT_COLOURS.map(([light, shade, ink]) => rule(`$${at('light')}2="${light}"`, tint(shade, ink, true))));
    over('daysLeft', rule(`AND(ISNUMBER($${at('daysLeft')}2),$${at('daysLeft')}2<0)`, tint(COLOURS.red, COLOURS.redInk, true)));
    const titles = `${at('itemId')}2:${at('deadlineCurrent')}${LAST_RULE_ROW}`;
    formats.push({ ref: titles, rules: [rule(`$${at('light')}2="完"`, { font: { color: { argb: COLOURS.doneInk } } })] });
  }
  if (sheetKey === 'requests') {
    for (let level = 2; level <= HIGHEST_APPROVAL_LEVEL; level += 1) {
      const types = [...new Set(policy.approvals.filter((approval) => approval.levels.length >= level).map((approval) => approval.type))];
      const type = `$${at('type')}2`;
      const needed = types.map((name) => `${type}="${name}"`).join(',');
      const unused = needed === '' ? `${type}<>""` : `AND(${type}<>"",NOT(OR(${needed})))`;
      formats.push({
        ref: `${at(`approver${level}`)}2:${at(`decidedAt${level}`)}${LAST_RULE_ROW}`,
        rules: [rule(unused, { fill: conditionalFill(COLOURS.grey) })],
      });
    }
    over('outcome', ...words(at('outcome'), {
      审批中: tint(COLOURS.blue, COLOURS.blueInk), 已批准: tint(COLOURS.green, COLOURS.greenInk),
      已驳回: tint(COLOURS.red, COLOURS.redInk), 不予受理: tint(COLOURS.grey, COLOURS.greyInk),
    }));
  }
  if (sheetKey === 'notices') over('status', ...words(at('status'), {
    待签: tint(COLOURS.yellow, COLOURS.yellowInk, true), 失败: tint(COLOURS.red, COLOURS.redInk, true),
    已发: tint(COLOURS.green, COLOURS.greenInk), 已取消: tint(COLOURS.grey, COLOURS.greyInk),
  }));
  if (sheetKey === 'scores') over('status', ...words(at('status'), {
    建议: tint(COLOURS.yellow, COLOURS.yellowInk), 待认定: tint(COLOURS.yellow, COLOURS.yellowInk, true),
    申诉中: tint(COLOURS.blue, COLOURS.blueInk), 撤销: tint(COLOURS.grey, COLOURS.greyInk),
  }));
  if (sheetKey === 'parameters') {
    const assumed = `${at('label')}2:${at('note')}${LAST_RULE_ROW}`;
    over('inText', rule(`$${at('inText')}2="否"`, tint(COLOURS.yellow, COLOURS.yellowInk, true)));
    formats.push({ ref: assumed, rules: [rule(`$${at('inText')}2="否"`, { fill: conditionalFill(COLOURS.amber) })] });
  }
  if (columnsOf(sheetKey).some((column) => column.key === 'hint')) {
    over('hint', rule(`LEN(${at('hint')}2)>0`, tint(COLOURS.yellow, COLOURS.yellowInk)));
  }
  return formats;
}

/** One rule; exceljs numbers the priorities of a sheet itself, in the order in which rules are added. */
export function rule(formula: string, style: Partial<Style>): ConditionalFormattingRule {
  return { type: 'expression', formulae: [formula], style } as unknown as ConditionalFormattingRule;
}

export function tint(shade: string, ink: string, bold = false): Partial<Style> {
  return { fill: conditionalFill(shade), font: { color: { argb: ink }, ...(bold ? { bold } : {}) } };
}

function words(letter: string, styles: Readonly<Record<string, Partial<Style>>>): ConditionalFormattingRule[] {
  return Object.entries(styles).map(([word, style]) => rule(`$${letter}2="${word}"`, style));
}

function momentStyle(): Partial<Style> {
  return { numFmt: MOMENT_FORMAT, numFmtId: MOMENT_FORMAT_ID } as Partial<Style>;
}
