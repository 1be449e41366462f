import { momentFromEpoch, type Cell, type Moment, type PlainCell } from '#core';
import { HostError } from '../host-error.ts';

/** The one zone in which the program keeps its days. */
export const TIME_ZONE = 'Asia/Shanghai';
const OFFSET = 8 * 3_600_000;
const DAY = 86_400_000;
/** The serial number of 1970-01-01 in the 1900 system. */
const EPOCH_SERIAL = 25_569;
const ERROR_VALUE = /^#(REF!|N\/A|DIV\/0!|VALUE!|NAME\?|NUM!|NULL!|ERROR!)$/;

/** What getValues gives for a cell, as core reads cells. */
export function plainCell(value: unknown): PlainCell {
  if (typeof value === 'string') return value === '' ? null : ERROR_VALUE.test(value) ? { error: value } : value;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  // A Date may come from another realm, where `instanceof` fails.
  if (Object.prototype.toString.call(value) === '[object Date]') return ((value as Date).getTime() + OFFSET) / DAY + EPOCH_SERIAL;
  return null;
}

/** A row of getValues, turned in place; `formulas` is the same row of getFormulas where people may hold some. */
export function cellsOf(values: unknown[], formulas: readonly string[] | undefined): Cell[] {
  const cells = values as Cell[];
  for (let place = 0; place < values.length; place += 1) {
    const formula = formulas === undefined ? '' : formulas[place]!;
    const value = plainCell(values[place]);
    cells[place] = formula === '' ? value : { formula: formula.slice(1), value };
  }
  return cells;
}

export function momentNow(): Moment {
  return momentFromEpoch(Date.now());
}

/** A spreadsheet in another zone would show every written day as its neighbour. */
export function requireTimeZone(spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet): void {
  const zone = spreadsheet.getSpreadsheetTimeZone();
  if (zone !== TIME_ZONE) {
    throw new HostError('time-zone', `表格的时区是 ${zone},督办按北京时间计算:请点菜单「督办 → 初始化/修复」,或在「文件 → 设置」里把时区改为(GMT+08:00)上海`);
  }
}
