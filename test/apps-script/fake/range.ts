import { ENUMS, nameOf } from './enums.ts';
import { ScriptException } from './exception.ts';
import type { GMetadata, GProtection, GRange, GValidation } from './google.ts';
import type { Area } from './area.ts';
import { addMetadata, FakeMetadata, metadataArgs } from './developer-metadata.ts';
import { addProtection, FakeProtection } from './protection.ts';
import { FakeFilter } from './filter.ts';
import { checkShape, RangeValues } from './range-values.ts';
import type { StyleName, Styles } from './sheet-model.ts';
import { DateSerial } from './stored-cell.ts';
import { face, fakeOf } from './strict-proxy.ts';
import { FakeValidation } from './validation.ts';
import { mayWrite } from './write-cells.ts';

type Members = 'getNumberFormat' | 'getNumberFormats' | 'setNumberFormat' | 'setNumberFormats' | 'getBackground' | 'getBackgrounds' | 'setBackground' | 'setBackgrounds'
  | 'setFontColor' | 'setFontColors' | 'setFontWeight' | 'setFontWeights' | 'setFontSize' | 'setFontFamily' | 'setHorizontalAlignment' | 'setVerticalAlignment' | 'setWrap' | 'setWrapStrategy' | 'setBorder'
  | 'getNote' | 'setNote' | 'getDataValidation' | 'getDataValidations' | 'setDataValidation' | 'setDataValidations' | 'clearDataValidations' | 'protect' | 'createFilter'
  | 'shiftColumnGroupDepth' | 'addDeveloperMetadata' | 'getDeveloperMetadata';

/** A Range with all it can wear: formats, validations, notes, protections, metadata. */
export class FakeRange extends RangeValues implements Pick<GRange, Members> {
  getNumberFormat(): string { return this.#numberFormat(this.area.row, this.area.column); }
  getNumberFormats(): string[][] { return this.#grid((row, column) => this.#numberFormat(row, column)); }
  setNumberFormat(numberFormat: string): GRange { return this.#paint('numberFormat', numberFormat); }
  setNumberFormats(formats: string[][]): GRange { return this.#paintEach('numberFormat', formats); }
  getBackground(): string { return this.sheet.styles.background.get(this.area.row, this.area.column) ?? '#ffffff'; }
  getBackgrounds(): string[][] { return this.#grid((row, column) => this.sheet.styles.background.get(row, column) ?? '#ffffff'); }
  setBackground(color: string | null): GRange { return this.#paint('background', color?.toLowerCase()); }
  setBackgrounds(colors: (string | null)[][]): GRange { return this.#paintEach('background', colors); }
  setFontColor(color: string | null): GRange { return this.#paint('fontColor', color?.toLowerCase()); }
  setFontColors(colors: (string | null)[][]): GRange { return this.#paintEach('fontColor', colors); }
  setFontWeight(fontWeight: string | null): GRange { return this.#paint('fontWeight', fontWeight); }
  setFontWeights(weights: (string | null)[][]): GRange { return this.#paintEach('fontWeight', weights); }
  setFontSize(size: number): GRange { return this.#paint('fontSize', size); }
  setFontFamily(fontFamily: string | null): GRange { return this.#paint('fontFamily', fontFamily); }
  setHorizontalAlignment(alignment: string | null): GRange { return this.#paint('horizontalAlignment', alignment); }
  setVerticalAlignment(alignment: string | null): GRange { return this.#paint('verticalAlignment', alignment); }
  setWrap(isWrapEnabled: boolean): GRange { return this.#paint('wrap', isWrapEnabled ? 'WRAP' : 'OVERFLOW'); }
  setWrapStrategy(strategy: GoogleAppsScript.Spreadsheet.WrapStrategy): GRange { return this.#paint('wrap', nameOf(strategy)); }

  /** Kept as one text per cell: tests ask whether there is a border, not how it is drawn. */
  setBorder(top: boolean | null, left: boolean | null, bottom: boolean | null, right: boolean | null, vertical: boolean | null, horizontal: boolean | null, color: string | null = null, style: GoogleAppsScript.Spreadsheet.BorderStyle | null = null): GRange {
    const sides = Object.entries({ top, left, bottom, right, vertical, horizontal }).filter(([, drawn]) => drawn === true).map(([side]) => side);
    return this.#paint('border', sides.length === 0 ? null : `${sides.join(' ')} ${color ?? '#000000'} ${style === null ? 'SOLID' : nameOf(style)}`);
  }

  getNote(): string { return this.sheet.styles.note.get(this.area.row, this.area.column) ?? ''; }
  setNote(note: string | null): GRange { return this.#paint('note', note === '' ? null : note); }

  getDataValidation(): GValidation | null { return this.#validation(this.area.row, this.area.column); }
  getDataValidations(): (GValidation | null)[][] { return this.#grid((row, column) => this.#validation(row, column)); }
  setDataValidation(rule: GValidation | null): GRange {
    if (mayWrite(this.run, this.sheet, this.area)) this.sheet.validations.set(this.area, ruleOf(rule));
    return face(this);
  }
  setDataValidations(rules: (GValidation | null)[][]): GRange {
    checkShape(rules, this.area.rows, this.area.columns);
    if (mayWrite(this.run, this.sheet, this.area)) this.#each((cell, r, c) => this.sheet.validations.set(cell, ruleOf(rules[r]![c]!)));
    return face(this);
  }
  clearDataValidations(): GRange { return this.setDataValidation(null); }

  protect(): GProtection {
    return face(new FakeProtection(this.run, addProtection(this.run.world.book, this.sheet, this.area)));
  }

  createFilter(): GoogleAppsScript.Spreadsheet.Filter {
    if (this.sheet.filter !== null) throw new ScriptException('You can\'t create a filter in a sheet that already has a filter.');
    this.sheet.filter = this.sheet.follow(this.area);
    return face(new FakeFilter(this.run, this.sheet, this.sheet.filter));
  }

  /** Groups of the columns deepen or flatten; below 0 stays 0. */
  shiftColumnGroupDepth(delta: number): GRange {
    for (let column = this.area.column; column < this.area.column + this.area.columns; column++) {
      const group = this.sheet.columnGroups.get(1, column) ?? { depth: 0, collapsed: false };
      const depth = Math.max(0, group.depth + delta);
      this.sheet.columnGroups.set({ row: 1, rows: 1, column, columns: 1 }, depth === 0 ? undefined : { ...group, depth });
    }
    return face(this);
  }

  addDeveloperMetadata(...args: [key: string, ...unknown[]]): GRange {
    const wholeColumn = this.asked.rows === Infinity && this.asked.columns === 1;
    const wholeRow = this.asked.columns === Infinity && this.asked.rows === 1;
    if (!wholeColumn && !wholeRow) {
      throw new ScriptException('Adding developer metadata to arbitrary ranges is not currently supported. Developer metadata may only be added to the top-level spreadsheet, an individual sheet, or an entire row or column.');
    }
    addMetadata(this.run.world.book, { type: ENUMS.DeveloperMetadataLocationType[wholeColumn ? 'COLUMN' : 'ROW'], sheet: this.sheet, place: this.sheet.follow(this.asked) }, metadataArgs(args));
    return face(this);
  }

  getDeveloperMetadata(): GMetadata[] {
    return this.run.world.book.metadata
      .filter(({ place }) => place?.sheet === this.sheet && place.area !== null && place.area.row === this.asked.row && place.area.column === this.asked.column && place.area.rows === this.asked.rows && place.area.columns === this.asked.columns)
      .map((state) => face<GMetadata>(new FakeMetadata(this.run, state)));
  }

  #numberFormat(row: number, column: number): string {
    const stored = this.sheet.read(row, column);
    return this.sheet.formatAt(row, column) ?? (stored instanceof DateSerial ? stored.format : '0.###############');
  }

  #validation(row: number, column: number): GValidation | null {
    const rule = this.sheet.validations.get(row, column);
    return rule === undefined ? null : face(new FakeValidation(this.run, rule));
  }

  #paint<K extends StyleName>(style: K, value: Styles[K] | null | undefined): GRange {
    if (mayWrite(this.run, this.sheet, this.area)) this.sheet.styles[style].set(this.area, value ?? undefined);
    return face(this);
  }

  #paintEach(style: 'numberFormat' | 'background' | 'fontColor' | 'fontWeight', values: (string | null)[][]): GRange {
    checkShape(values, this.area.rows, this.area.columns);
    if (mayWrite(this.run, this.sheet, this.area)) this.#each((cell, r, c) => this.sheet.styles[style].set(cell, values[r]![c] ?? undefined));
    return face(this);
  }

  #each(visit: (cell: Area, rowOffset: number, columnOffset: number) => void): void {
    for (let r = 0; r < this.area.rows; r++) {
      for (let c = 0; c < this.area.columns; c++) visit({ row: this.area.row + r, column: this.area.column + c, rows: 1, columns: 1 }, r, c);
    }
  }

  #grid<T>(at: (row: number, column: number) => T): T[][] {
    return Array.from({ length: this.area.rows }, (_, r) => Array.from({ length: this.area.columns }, (_, c) => at(this.area.row + r, this.area.column + c)));
  }
}

function ruleOf(rule: GValidation | null): FakeValidation['rule'] | undefined {
  if (rule === null) return undefined;
  const fake = fakeOf(FakeValidation, rule);
  if (fake === undefined) throw new ScriptException('The parameters don\'t match the method signature for SpreadsheetApp.Range.setDataValidation.');
  return fake.rule;
}
