import type { Policy } from '../policy/schema.ts';
import type { Column, ColumnType } from './column-types.ts';
import { columnsOf, type SheetKey } from './columns.ts';

/** Soft colours (RRGGBB) that stay apart on a black-and-white printer: fills are pale, meaning also stands as a word. */
export const COLOURS = {
  ink: '1F2937', navy: '1F3864', faint: '6B7280', white: 'FFFFFF', line: 'D0D5DD', paper: 'F7F9FB',
  headPeople: 'D6E4F0', headAutomation: 'D9D9D9', headShared: 'DCEFE3',
  automation: 'F2F2F2', shared: 'F3FAF5',
  green: 'D8F0DC', yellow: 'FFF1C2', red: 'F9D0CE', blue: 'D3E5F8', grey: 'DEDEDE', done: 'EDEDED',
  greenInk: '1E6B34', yellowInk: '7A5600', redInk: 'B42318', blueInk: '1B4F8A', greyInk: '555555', doneInk: '7A7A7A',
  amber: 'FFF7DB',
  tabAutomation: '9AA3AD', tabPeople: '2F6DB5', tabSettings: '3F8F5F',
} as const;

/** Fill and ink of each light, on 督办台账 and 首页 alike. */
export const LIGHT_COLOURS = [
  ['绿', COLOURS.green, COLOURS.greenInk], ['黄', COLOURS.yellow, COLOURS.yellowInk], ['红', COLOURS.red, COLOURS.redInk],
  ['蓝', COLOURS.blue, COLOURS.blueInk], ['灰', COLOURS.grey, COLOURS.greyInk], ['完', COLOURS.done, COLOURS.doneInk],
] as const;
/** Strong tones of the same lights, for charts. */
export const LIGHT_TONES = ['4CAF6A', 'F2B705', 'D9483B', '3B7DD8', '9AA3AD', 'C9CED6'] as const;

export const DAY_FORMAT = 'yyyy-mm-dd';
export const MOMENT_FORMAT = 'yyyy-mm-dd hh:mm';
export const PERCENT_FORMAT = '0.00%';
export const TEXT_FORMAT = '@';
export const DEFAULT_WIDTH = 12;
/** Sheets that are set up once. */
export const SETTINGS_SHEETS: readonly SheetKey[] = ['units', 'people', 'recusals', 'calendar', 'parameters'];

/**
 * Text columns are formatted as text, so that `=1+1` or `007` typed there stays what was typed; '' is the format that a
 * host gives to numbers.
 */
export function numberFormatOf(type: ColumnType): string {
  switch (type) {
    case 'day':
    case 'limit': return DAY_FORMAT;
    case 'moment': return MOMENT_FORMAT;
    case 'percent': return PERCENT_FORMAT;
    case 'number': return '';
    case 'text':
    case 'id':
    case 'ref':
    case 'choice':
    case 'list':
    case 'unit':
    case 'person': return TEXT_FORMAT;
  }
}

/** Fill of a column's cells by who writes them; null for people's. */
export function cellFill(column: Column): string | null {
  return column.editor === 'A' ? COLOURS.automation : column.editor === 'S' ? COLOURS.shared : null;
}

export function headerFill(column: Column): string {
  return column.editor === 'A' ? COLOURS.headAutomation : column.editor === 'S' ? COLOURS.headShared : COLOURS.headPeople;
}

/** The values a choice column offers under a policy; empty where the policy knows none. */
export function choiceValues(sheetKey: SheetKey, column: Column, policy: Policy): readonly string[] {
  if (sheetKey !== 'items') return column.values ?? [];
  switch (column.key) {
    case 'category': return policy.categories;
    case 'form': return policy.forms;
    case 'sourceType': return policy.sourceTypes;
    case 'status': return policy.statuses;
    default: return column.values ?? [];
  }
}

/** What a cell of automation's says to who types into it. */
export function refusalText(sheetKey: SheetKey | 'home'): string {
  return sheetKey === 'parameters'
    ? '灰底各列由程序填写。要让新值从某日起执行,请复制整行,再改“值”和“生效日”。'
    : '灰底各格由程序填写,手工改动会在下次运行时恢复。请按 Esc 取消。';
}

/** Where a column stands in its sheet's outline. */
export interface Outline {
  readonly level: 0 | 1 | 2;
  readonly hidden: boolean;
  /** Carries the [+] of the group to its right. */
  readonly collapsed: boolean;
}

/**
 * Three groups side by side would melt into one in a spreadsheet, so the first shown column of the second and third group
 * stays visible and carries the [+] of its group. A column that the policy has no use for lies one level deeper: opening
 * the group leaves it hidden.
 */
export function outlineOf(key: SheetKey, policy: Policy): Outline[] {
  const columns = columnsOf(key);
  const unused = new Set<string>(key === 'items' ? policy.hiddenColumns : []);
  const handles = new Set<string>();
  columns.forEach((column, index) => {
    const group = column.group ?? 'visible';
    const before = index === 0 ? 'visible' : columns[index - 1]!.group ?? 'visible';
    if (group === 'visible' || before === 'visible' || before === group) return;
    const handle = columns.find((candidate) => candidate.group === group && !unused.has(candidate.key));
    if (handle !== undefined) handles.add(handle.key);
  });
  const plain = columns.map((column): Omit<Outline, 'collapsed'> => {
    const inGroup = (column.group ?? 'visible') !== 'visible' && !handles.has(column.key);
    if (unused.has(column.key)) return { level: inGroup ? 2 : 0, hidden: true };
    return { level: inGroup ? 1 : 0, hidden: inGroup };
  });
  return plain.map((outline, index) => ({ ...outline, collapsed: (plain[index + 1]?.level ?? 0) > outline.level }));
}

/** Whether a column holds fingerprints: they are for machines and never make a row higher. */
export function isFingerprint(column: Column): boolean {
  return ['chain', 'chainHead', 'fingerprint', 'seal'].includes(column.key);
}

/** Whether a column's text may take several lines: free text, names, and keys that automation builds from names. */
export function wrapsText(column: Column): boolean {
  if (isFingerprint(column)) return false;
  return column.type === 'text' || column.type === 'list' || column.type === 'unit' || (column.type === 'id' && column.editor === 'A');
}

/** Whether a column holds whole letters: a table shows how they begin, the rest is read in the cell itself. */
export function isLetter(column: Column): boolean {
  return column.key === 'body';
}

/** Values stand in the middle of their column; so do short codes that are text (a month, a rank, a channel). */
export function isCentred(column: Column): boolean {
  return !wrapsText(column) || (column.type === 'text' && (column.width ?? DEFAULT_WIDTH) <= 10);
}
