import type { Area } from './area.ts';
import type { GRange, GSheet, GSpreadsheet, GUser } from './google.ts';
import type { SheetModel } from './sheet-model.ts';

/** How fakes make one another without importing one another. */
export interface Fakes {
  spreadsheet(): GSpreadsheet;
  sheet(model: SheetModel): GSheet;
  range(model: SheetModel, area: Area): GRange;
  user(email: string): GUser;
}
