import { python } from './python.ts';

/** What a person does to a workbook in another program (edit-by-hand.py, with openpyxl); its output. */
export function byHandIn(file: string, ...edits: readonly string[]): string {
  return python('edit-by-hand.py', file, ...edits);
}
