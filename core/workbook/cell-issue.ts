import { dayFrom, daysInMonth, formatDay } from '../calendar/plain-date.ts';
import type { Content } from './parse-cell.ts';
import { isStanding, proposeDate } from './propose-date.ts';
import { scanDate } from './read-date.ts';
import { shown, type IssueCode, type RowIssue } from './issue.ts';
import type { RowRef } from './snapshot.ts';

/** The cell that an issue is about. */
export interface CellPlace { readonly sheet: string; readonly row: RowRef; readonly column: string }

/** More than a spreadsheet cell can hold. */
const CELL_LIMIT = 32_767;
/** More than anyone reads in a cell, and close to what other hosts refuse. */
export const LONG_TEXT = 20_000;

/** A cell of a date column that names no date. `year` is the one to propose where the text names none, null where unknown. */
export function dateIssue(place: CellPlace, value: Content, year: number | null): RowIssue {
  const scanned = scanDate(value);
  if (scanned !== null && !('day' in scanned)) {
    const { year: named, month } = scanned;
    const last = month >= 1 && month <= 12 ? dayFrom(named, month, daysInMonth(named, month)) : null;
    return cellIssue('date-impossible', place, value,
      `没有「${shown(value)}」这个时间${last === null ? '' : `(该月最后一天是 ${formatDay(last)})`}:请改为实际存在的日期`);
  }
  if (isStanding(String(value))) {
    return cellIssue('date-unreadable', place, value,
      `「${shown(value)}」是长期事项,不是时限,暂按空白处理:建议在「反馈周期」选「每月」,再填本阶段的截止日`);
  }
  const proposal = proposeDate(String(value), year);
  return cellIssue('date-unreadable', place, value, proposal === null
    ? `「${shown(value)}」不是具体日期,暂按空白处理:请填年月日,如 ${year ?? 2026}-03-05`
    : `「${shown(value)}」不是具体日期,暂按空白处理:建议填 ${proposal},请核对后填写`);
}

export function numberIssue(place: CellPlace, value: Content): RowIssue {
  return cellIssue('number-unreadable', place, value, `「${shown(value)}」不是数字,暂按空白处理:请只填数字`);
}

export function percentIssue(place: CellPlace, value: Content): RowIssue {
  return cellIssue('number-unreadable', place, value, `「${shown(value)}」不是 0 到 100 之间的百分数,暂按空白处理:请填 80% 或 80`);
}

/** A state secret has no place here whatever grade is chosen: the way out is to remove it, not to rename it. */
export function secrecyIssue(place: CellPlace, value: Content): RowIssue {
  return cellIssue('value-unknown', place, value,
    `「${shown(value)}」是国家秘密的密级,国家秘密不得录入本表:请立即删去此行内容并报本单位保密部门,不要改成「保密」了事`);
}

/** `proposal`: the choice that the value most likely means; null where there is none to propose. */
export function choiceIssue(place: CellPlace, value: Content, allowed: readonly string[], proposal: string | null): RowIssue {
  return cellIssue('value-unknown', place, value,
    `「${place.column}」没有「${shown(value)}」这个选项,暂按空白处理:${proposal === null ? `请改为 ${allowed.join('、')} 之一` : `建议选「${proposal}」,请核对后选择`}`);
}

export function listIssue(place: CellPlace, unknown: string, allowed: readonly string[]): RowIssue {
  return cellIssue('value-unknown', place, unknown,
    `「${place.column}」没有「${shown(unknown)}」这个选项,不起作用:请改为 ${allowed.join('、')},多个以、分隔`);
}

export function lengthIssue(place: CellPlace, value: string): RowIssue {
  return cellIssue('text-too-long', place, value, value.length > CELL_LIMIT
    ? `「${place.column}」有 ${value.length} 字,超过表格单元格上限 ${CELL_LIMIT} 字:请把全文放到附件,这里只写摘要`
    : `「${place.column}」有 ${value.length} 字,过长:请把全文放到附件,这里只写摘要`);
}

export function formulaIssue(place: CellPlace, formula: string): RowIssue {
  return cellIssue('formula-in-text', place, formula,
    `「${place.column}」是公式,只读取它的计算结果:如果本意是文字,请改为直接填写`);
}

export function errorIssue(place: CellPlace, error: string): RowIssue {
  return cellIssue('cell-error', place, error,
    `「${place.column}」显示为错误值 ${shown(error)},暂按空白处理:请更正公式或直接填写`);
}

/** Automation's columns of a row that a merge hides. */
export function mergeIssue(sheet: string, row: RowRef, headers: readonly string[]): RowIssue {
  return {
    code: 'cell-merged', severity: 'hint', sheet, row, column: null, value: '',
    message: `「${headers.join('、')}」被合并单元格盖住,程序不能填写:请取消合并`, because: null,
  };
}

function cellIssue(code: IssueCode, place: CellPlace, value: unknown, message: string): RowIssue {
  return { code, severity: 'hint', sheet: place.sheet, row: place.row, column: place.column, value: shown(value), message, because: null };
}
