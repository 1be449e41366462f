import type { ProtectionState } from './protection.ts';
import type { MetadataState } from './developer-metadata.ts';
import { Formula } from './stored-cell.ts';
import type { PlainStored, Stored, Visible } from './stored-cell.ts';
import { DateSerial, isDate, isDateFormat, resultOf } from './stored-cell.ts';
import { SheetModel, type Place } from './sheet-model.ts';
import { automaticDateFormat, typed } from './typing.ts';
import { instantOf, serialOf, wallClock } from './zone.ts';
import type { Clock } from './clock.ts';

export interface NamedRangeState { name: string; place: Place }

/** The spreadsheet that all services look at. Nothing here knows about scripts, users' clicks or quotas. */
export class WorkbookModel {
  readonly id: string;
  readonly name: string;
  timeZone: string;
  locale: string;
  readonly owner: string;
  readonly editors: Set<string>;
  readonly viewers = new Set<string>();
  sheets: SheetModel[] = [];
  active: SheetModel;
  namedRanges: NamedRangeState[] = [];
  metadata: MetadataState[] = [];
  protections: ProtectionState[] = [];
  /** What a formula shows; the test's answer, since the fake calculates nothing. */
  evaluate: (formula: string) => PlainStored = () => '';
  /** Whether a custom validation formula holds; the test's answer. */
  satisfies: (formula: string) => boolean = () => true;
  readonly #clock: Clock;
  #nextId = 1;

  constructor(clock: Clock, settings: { id: string; name: string; timeZone: string; locale: string; owner: string; editors: readonly string[] }) {
    this.#clock = clock;
    this.id = settings.id;
    this.name = settings.name;
    this.timeZone = settings.timeZone;
    this.locale = settings.locale;
    this.owner = settings.owner;
    this.editors = new Set([settings.owner, ...settings.editors]);
    this.active = this.addSheet(settings.locale.startsWith('zh') ? '工作表1' : 'Sheet1', 0);
  }

  nextId(): number { return this.#nextId++; }

  addSheet(name: string, index: number): SheetModel {
    // Google's sheet ids are 0 for the first sheet and large random numbers after it.
    const sheet = new SheetModel(this.sheets.length === 0 ? 0 : 1_000_000 + this.nextId(), name);
    this.sheets.splice(index, 0, sheet);
    return sheet;
  }

  removeSheet(sheet: SheetModel): void {
    this.sheets = this.sheets.filter((other) => other !== sheet);
    this.namedRanges = this.namedRanges.filter(({ place }) => place.sheet !== sheet);
    this.metadata = this.metadata.filter((entry) => entry.sheet !== sheet);
    this.protections = this.protections.filter((protection) => protection.sheet !== sheet);
    if (this.active === sheet) this.active = this.sheets[0]!;
  }

  sheet(name: string): SheetModel | undefined {
    return this.sheets.find((sheet) => sheet.name === name);
  }

  /** A cell as `getValue` gives it. */
  visible(sheet: SheetModel, row: number, column: number): Visible {
    const value = resultOf(sheet.read(row, column));
    if (value === null) return '';
    if (typeof value !== 'number' && !(value instanceof DateSerial)) return value;
    const serial = typeof value === 'number' ? value : value.serial;
    const format = sheet.formatAt(row, column) ?? (typeof value === 'number' ? undefined : value.format);
    return format !== undefined && isDateFormat(format) ? new Date(instantOf(serial, this.timeZone)) : serial;
  }

  /** A value that a person types or a script sets, as the cell will keep it. */
  enter(value: unknown, format: string | undefined): Stored {
    if (value === null || value === undefined) return null;
    if (typeof value === 'number' || typeof value === 'boolean') return value;
    if (isDate(value)) {
      const serial = serialOf(value.getTime(), this.timeZone);
      return format === undefined ? new DateSerial(serial, automaticDateFormat(serial, this.locale)) : serial;
    }
    if (typeof value === 'string') {
      return typed(value, { format, locale: this.locale, year: this.#year, evaluate: this.#formula });
    }
    // Google stores the text that an object prints as; nobody should rely on it.
    throw new Error(`not faked: a cell value of type ${typeof value}`);
  }

  formula(text: string): Formula {
    return new Formula(text, this.evaluate(text));
  }

  readonly #year = (): number => wallClock(serialOf(this.#clock.now, this.timeZone)).getUTCFullYear();
  readonly #formula = (text: string): Formula => this.formula(text);
}
