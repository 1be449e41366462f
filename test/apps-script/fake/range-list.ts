import type { Execution } from './execution.ts';
import type { GRange } from './google.ts';
import { Fake } from './strict-proxy.ts';

/** Places of one sheet that were marked together. */
export class FakeRangeList extends Fake implements Pick<GoogleAppsScript.Spreadsheet.RangeList, 'getRanges'> {
  readonly #ranges: GRange[];
  constructor(run: Execution, ranges: GRange[]) {
    super('RangeList', run);
    this.#ranges = ranges;
  }
  getRanges(): GRange[] { return this.#ranges; }
}
