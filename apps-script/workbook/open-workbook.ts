import { parseWorkbook, type Workbook } from '#core';
import { POLICIES } from '#policies';
import { HostError } from '../host-error.ts';
import { readMishaps } from '../jobs/mishap-memory.ts';
import { readRefusals } from '../edits/pending-refusals.ts';
import { momentNow, requireTimeZone } from './cell-from-google.ts';
import type { GSpreadsheet } from './google.ts';
import { readBook, type Book } from './read-book.ts';

export interface Opened { readonly workbook: Workbook; readonly book: Book }

/** The whole workbook with meaning; throws a HostError that says what people must mend where it can't be run. */
export function openWorkbook(spreadsheet: GSpreadsheet): Opened {
  requireTimeZone(spreadsheet);
  const book = readBook(spreadsheet);
  const { workbook, issues } = parseWorkbook({ ...book.snapshot, editedLately: readRefusals(momentNow()).fresh, mishaps: readMishaps() }, POLICIES);
  if (workbook === null) {
    const errors = issues.filter((issue) => issue.severity === 'error').map((issue) => issue.message).join(';');
    throw new HostError('unrunnable', errors === '' ? '工作簿不完整:请点菜单「督办 → 初始化/修复」' : `${errors}。可点菜单「督办 → 初始化/修复」`);
  }
  return { workbook, book };
}
