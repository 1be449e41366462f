import type { Execution } from './execution.ts';
import type { GRange } from './google.ts';
import type { Place, SheetModel } from './sheet-model.ts';
import { Fake } from './strict-proxy.ts';

type GFilter = GoogleAppsScript.Spreadsheet.Filter;

/** A sheet's filter: only where it lies and that it can go; hiding rows by criteria is not modelled. */
export class FakeFilter extends Fake implements Pick<GFilter, 'getRange' | 'remove'> {
  readonly sheet: SheetModel;
  readonly place: Place;
  constructor(run: Execution, sheet: SheetModel, place: Place) {
    super('Filter', run);
    this.sheet = sheet;
    this.place = place;
  }
  getRange(): GRange { return this.run.fakes.range(this.sheet, this.place.area!); }
  remove(): void {
    this.sheet.release(this.place);
    this.sheet.filter = null;
  }
}
