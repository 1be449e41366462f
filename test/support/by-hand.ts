import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './built-cli.ts';

const HAND = join(ROOT, 'test', 'support', 'edit-by-hand.py');

/** What a person does to a workbook in another program (edit-by-hand.py, with openpyxl); its output. */
export function byHandIn(file: string, ...edits: readonly string[]): string {
  return execFileSync('/usr/bin/python3', ['-W', 'ignore', HAND, file, ...edits]).toString();
}
