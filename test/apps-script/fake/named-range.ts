import { ScriptException } from './exception.ts';
import type { Execution } from './execution.ts';
import type { GRange } from './google.ts';
import { cellsOf } from './range-base.ts';
import { Fake, face } from './strict-proxy.ts';
import type { NamedRangeState } from './workbook-model.ts';

type GNamedRange = GoogleAppsScript.Spreadsheet.NamedRange;

export class FakeNamedRange extends Fake implements Pick<GNamedRange, 'getName' | 'getRange' | 'setName' | 'setRange' | 'remove'> {
  readonly state: NamedRangeState;
  constructor(run: Execution, state: NamedRangeState) {
    super('NamedRange', run);
    this.state = state;
  }
  getName(): string { return this.state.name; }
  /** Its cells may all have been deleted: then the name reads #REF! and has no range. */
  getRange(): GRange {
    const { sheet, area } = this.state.place;
    if (area === null) throw new ScriptException(`The named range ${this.state.name} refers to deleted cells (#REF!).`);
    return this.run.fakes.range(sheet, area);
  }
  setName(name: string): GNamedRange {
    this.state.name = checkedName(name);
    return face(this);
  }
  setRange(range: GRange): GNamedRange {
    const { sheet, area } = cellsOf(range);
    this.state.place.sheet.release(this.state.place);
    this.state.place = sheet.follow(area);
    return face(this);
  }
  remove(): void {
    const { book } = this.run.world;
    book.namedRanges = book.namedRanges.filter((other) => other !== this.state);
    this.state.place.sheet.release(this.state.place);
  }
}

/** Letters, digits and underscores, not beginning with a digit, and nothing that reads as a cell. */
export function checkedName(name: string): string {
  if (!/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name) || /^[a-z]{1,3}\d+$/i.test(name) || name.length > 250) throw new ScriptException(`The name ${name} is not valid for a range.`);
  return name;
}
