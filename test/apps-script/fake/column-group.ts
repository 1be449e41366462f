import type { Execution } from './execution.ts';
import type { SheetModel } from './sheet-model.ts';
import { Fake, face } from './strict-proxy.ts';

type GGroup = GoogleAppsScript.Spreadsheet.Group;

/** The neighbouring columns that are grouped together; nested groups open and close as one. */
export class FakeColumnGroup extends Fake implements Pick<GGroup, 'collapse' | 'expand' | 'isCollapsed' | 'getDepth' | 'remove'> {
  readonly sheet: SheetModel;
  readonly column: number;
  constructor(run: Execution, sheet: SheetModel, column: number) {
    super('Group', run);
    this.sheet = sheet;
    this.column = column;
  }
  collapse(): GGroup { return this.#collapsed(true); }
  expand(): GGroup { return this.#collapsed(false); }
  isCollapsed(): boolean { return this.sheet.columnGroups.get(1, this.column)?.collapsed ?? false; }
  getDepth(): number { return this.sheet.columnGroups.get(1, this.column)?.depth ?? 0; }
  remove(): void { this.#columns().forEach((column) => this.sheet.columnGroups.set(cell(column), undefined)); }

  #collapsed(collapsed: boolean): GGroup {
    for (const column of this.#columns()) this.sheet.columnGroups.set(cell(column), { ...this.sheet.columnGroups.get(1, column)!, collapsed });
    return face(this);
  }

  #columns(): number[] {
    const grouped = (column: number): boolean => this.sheet.columnGroups.get(1, column) !== undefined;
    let first = this.column;
    while (grouped(first - 1)) first--;
    const columns: number[] = [];
    for (let column = first; grouped(column); column++) columns.push(column);
    return columns;
  }
}

function cell(column: number): { row: number; rows: number; column: number; columns: number } {
  return { row: 1, rows: 1, column, columns: 1 };
}
