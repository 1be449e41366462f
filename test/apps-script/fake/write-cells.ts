import type { Area } from './area.ts';
import { ScriptException } from './exception.ts';
import type { Execution } from './execution.ts';
import { mayEdit, PROTECTED_MESSAGE } from './protection.ts';
import type { SheetModel } from './sheet-model.ts';
import type { Stored } from './stored-cell.ts';
import { refusal } from './validation-rule.ts';

const MAX_CELL_TEXT = 50_000;

/**
 * A script's write. All or nothing: one cell that a strict validation or a protection refuses keeps the whole
 * block out, and the script hears of it only at its next flush or read (notes 1.5).
 */
export function writeCells(run: Execution, sheet: SheetModel, area: Area, valueAt: (rowOffset: number, columnOffset: number) => unknown): void {
  if (!mayWrite(run, sheet, area)) return;
  const { book } = run.world;
  const entered: Stored[][] = [];
  for (let r = 0; r < area.rows; r++) {
    const line: Stored[] = [];
    for (let c = 0; c < area.columns; c++) {
      const [row, column] = [area.row + r, area.column + c];
      const value = valueAt(r, c);
      if (typeof value === 'string' && value.length > MAX_CELL_TEXT) throw new ScriptException('Your input contains more than the maximum of 50000 characters in a single cell.');
      const stored = book.enter(value, sheet.formatAt(row, column));
      const refused = refusal(book, sheet, row, column, stored);
      if (refused !== null) {
        run.reject(refused);
        return;
      }
      line.push(stored);
    }
    entered.push(line);
  }
  entered.forEach((line, r) => line.forEach((stored, c) => sheet.write(area.row + r, area.column + c, stored)));
}

/** Refuses, at the next flush, to touch what is protected against the user the script runs as. */
export function mayWrite(run: Execution, sheet: SheetModel, area: Area): boolean {
  if (mayEdit(run.world.book, sheet, area, run.caller.effectiveUser)) return true;
  run.reject(PROTECTED_MESSAGE);
  return false;
}
