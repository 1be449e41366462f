import { readFileSync } from 'node:fs';
import * as XLSX from '@e965/xlsx';
import type { Day } from './days.ts';

export type Cells = Readonly<Record<string, string | number>>;
export interface Row { readonly row: number; readonly cells: Cells }
/** A workbook as SheetJS reads it, without the program: rows by header, dates as Excel's numbers, blanks left out. */
export interface Book {
  rows(sheet: string): readonly Row[];
  /** Every text on 首页. */
  readonly home: readonly string[];
}

/** The sheets that are counted again: logs and what nobody looks at here stay unread. */
const SHEETS = ['首页', '督办台账', '申请审批', '进展反馈', '督查记录', '通知', '考核计分', '单位', '人员', '回避', '工作日历', '制度参数', '通报条目', '归档案卷'] as const;

export function readBook(file: string): Book {
  const book = XLSX.read(readFileSync(file), { dense: true, sheets: [...SHEETS] });
  const read = new Map(SHEETS.map((name) => [name as string, rowsOf(book.Sheets[name]!)] as const));
  const home = XLSX.utils.sheet_to_json<unknown[]>(book.Sheets['首页']!, { header: 1 }).flat();
  return { rows: (sheet) => read.get(sheet) ?? [], home: home.flatMap((value) => (typeof value === 'string' ? [value] : [])) };
}

function rowsOf(sheet: XLSX.WorkSheet): Row[] {
  const lines = XLSX.utils.sheet_to_json<(string | number | boolean | null)[]>(sheet, { header: 1, blankrows: true, defval: null });
  const top = lines.slice(0, 20).findIndex((line) => line.filter((value) => value !== null).length > 2);
  const offset = XLSX.utils.decode_range(sheet['!ref'] ?? 'A1').s.r;
  return lines.slice(top + 1).flatMap((line, index) => {
    const cells = Object.fromEntries(lines[top]!.flatMap((header, column) => {
      const value = line[column] ?? null;
      return header === null || value === null || value === '' ? [] : [[String(header), typeof value === 'number' ? value : String(value)]];
    }));
    return Object.keys(cells).length === 0 ? [] : [{ row: offset + top + 2 + index, cells }];
  });
}

/** The day of a cell that holds a date, as a number or as text. */
export function dayIn(value: string | number | undefined): Day {
  if (typeof value !== 'number') return (value ?? '').slice(0, 10);
  return new Date(Date.UTC(1899, 11, 30) + Math.floor(value) * 86_400_000).toISOString().slice(0, 10);
}
