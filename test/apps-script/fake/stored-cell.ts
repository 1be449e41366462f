/** What the model keeps in a cell. A missing cell is blank. */
export type Stored = null | string | number | boolean | DateSerial | Formula;
export type PlainStored = Exclude<Stored, Formula>;

/** A number that got a date format of its own when it was entered into a cell without one. */
export class DateSerial {
  readonly serial: number;
  readonly format: string;
  constructor(serial: number, format: string) {
    this.serial = serial;
    this.format = format;
  }
}

/** A formula and the value the test says it has: the fake calculates nothing, and references are not adjusted. */
export class Formula {
  readonly text: string;
  readonly value: PlainStored;
  constructor(text: string, value: PlainStored) {
    this.text = text;
    this.value = value;
  }
}

/** Values as scripts and tests see them: '' for a blank, a Date for a number under a date format. */
export type Visible = string | number | boolean | Date;

export function resultOf(stored: Stored): PlainStored {
  return stored instanceof Formula ? stored.value : stored;
}

/** By tag, not `instanceof`: Dates of the bundle's realm are no Dates of this one (notes 1.2). */
export function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === '[object Date]';
}

/** Whether a number format shows a date or time. Quoted, escaped and colour parts don't count. */
export function isDateFormat(format: string): boolean {
  return /[ymdhs]/i.test(format.replaceAll(/"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]/gi, ''));
}
