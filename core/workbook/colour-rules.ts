import type { Policy } from '../policy/schema.ts';
import { columnsOf, type SheetKey } from './columns.ts';
import { COLOURS, LIGHT_COLOURS } from './looks.ts';

/** A colour of cells from row 2 down, between two columns, where a formula of row 2 holds. */
export interface ColourRule {
  readonly from: string;
  readonly to: string;
  readonly formula: string;
  readonly fill: string | null;
  readonly ink: string | null;
  readonly bold: boolean;
}

const HIGHEST_APPROVAL_LEVEL = 3;

/** The conditional colours of one data sheet; `letter` gives a column's letters. */
export function colourRules(sheetKey: SheetKey, policy: Policy, letter: (columnKey: string) => string): ColourRule[] {
  const rules: ColourRule[] = [];
  const over = (from: string, to: string, formula: string, fill: string | null, ink: string | null, bold = false): void => {
    rules.push({ from, to, formula, fill, ink, bold });
  };
  const words = (column: string, styles: readonly (readonly [word: string, fill: string, ink: string, bold?: boolean])[]): void => {
    for (const [word, fill, ink, bold] of styles) over(column, column, `$${letter(column)}2="${word}"`, fill, ink, bold ?? false);
  };
  if (sheetKey === 'items') {
    words('light', LIGHT_COLOURS.map(([light, fill, ink]) => [light, fill, ink, true] as const));
    const left = `$${letter('daysLeft')}2`;
    over('daysLeft', 'daysLeft', `AND(ISNUMBER(${left}),${left}<0)`, COLOURS.red, COLOURS.redInk, true);
    over('itemId', 'deadlineCurrent', `$${letter('light')}2="完"`, null, COLOURS.doneInk);
  }
  if (sheetKey === 'requests') {
    const type = `$${letter('type')}2`;
    for (let level = 2; level <= HIGHEST_APPROVAL_LEVEL; level += 1) {
      const types = [...new Set(policy.approvals.filter((approval) => approval.levels.length >= level).map((approval) => approval.type))];
      const needed = types.map((name) => `${type}="${name}"`).join(',');
      over(`approver${level}`, `decidedAt${level}`, needed === '' ? `${type}<>""` : `AND(${type}<>"",NOT(OR(${needed})))`, COLOURS.grey, null);
    }
    words('outcome', [
      ['审批中', COLOURS.blue, COLOURS.blueInk], ['已批准', COLOURS.green, COLOURS.greenInk], ['已驳回', COLOURS.red, COLOURS.redInk], ['不予受理', COLOURS.grey, COLOURS.greyInk],
    ]);
  }
  if (sheetKey === 'notices') {
    words('status', [
      ['待签', COLOURS.yellow, COLOURS.yellowInk, true], ['失败', COLOURS.red, COLOURS.redInk, true], ['已发', COLOURS.green, COLOURS.greenInk], ['已取消', COLOURS.grey, COLOURS.greyInk],
    ]);
  }
  if (sheetKey === 'scores') {
    words('status', [
      ['建议', COLOURS.yellow, COLOURS.yellowInk], ['待认定', COLOURS.yellow, COLOURS.yellowInk, true], ['申诉中', COLOURS.blue, COLOURS.blueInk], ['撤销', COLOURS.grey, COLOURS.greyInk],
    ]);
  }
  if (sheetKey === 'parameters') {
    const assumed = `$${letter('inText')}2="否"`;
    over('inText', 'inText', assumed, COLOURS.yellow, COLOURS.yellowInk, true);
    over('label', 'note', assumed, COLOURS.amber, null);
  }
  if (columnsOf(sheetKey).some((column) => column.key === 'hint')) {
    over('hint', 'hint', `LEN($${letter('hint')}2)>0`, COLOURS.yellow, COLOURS.yellowInk);
  }
  return rules;
}
