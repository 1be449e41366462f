import { parseA1 } from './area.ts';
import { addMetadata, FakeMetadata, FakeMetadataFinder, livingMetadata, metadataArgs } from './developer-metadata.ts';
import { ENUMS } from './enums.ts';
import { ScriptException } from './exception.ts';
import type { Execution } from './execution.ts';
import type { GMetadata, GProtection, GRange, GSheet, GSpreadsheet, GUser } from './google.ts';
import { checkedName, FakeNamedRange } from './named-range.ts';
import { FakeProtection, protectionsOf } from './protection.ts';
import { cellsOf } from './range-base.ts';
import { FakeRangeList } from './range-list.ts';
import type { SheetModel } from './sheet-model.ts';
import { FakeSheet } from './sheet.ts';
import { Fake, face, fakeOf } from './strict-proxy.ts';
import type { WorkbookModel } from './workbook-model.ts';
import { offsetAt } from './zone.ts';

type GNamedRange = GoogleAppsScript.Spreadsheet.NamedRange;
type Members = 'getId' | 'getName' | 'getUrl' | 'getSheets' | 'getSheetByName' | 'getSheetById' | 'insertSheet' | 'deleteSheet' | 'getActiveSheet' | 'setActiveSheet' | 'getActiveRange' | 'getActiveRangeList' | 'setActiveRange' | 'getRange'
  | 'moveActiveSheet' | 'getNumSheets' | 'getSpreadsheetTimeZone' | 'setSpreadsheetTimeZone' | 'getSpreadsheetLocale' | 'setSpreadsheetLocale' | 'getRangeByName' | 'getNamedRanges' | 'setNamedRange'
  | 'removeNamedRange' | 'toast' | 'createDeveloperMetadataFinder' | 'addDeveloperMetadata' | 'getDeveloperMetadata' | 'getOwner' | 'getEditors' | 'getViewers' | 'getProtections';

/** The bound spreadsheet; there is no other one in the fake. */
export class FakeSpreadsheet extends Fake implements Pick<GSpreadsheet, Members> {
  readonly book: WorkbookModel;
  constructor(run: Execution) {
    super('Spreadsheet', run);
    this.book = run.world.book;
  }

  getId(): string { return this.book.id; }
  getName(): string { return this.book.name; }
  getUrl(): string { return `https://docs.google.com/spreadsheets/d/${this.book.id}/edit`; }
  getSheets(): GSheet[] { return this.book.sheets.map((sheet) => this.run.fakes.sheet(sheet)); }
  getNumSheets(): number { return this.book.sheets.length; }
  getSheetByName(name: string): GSheet | null { return this.#sheet(this.book.sheet(name)); }
  getSheetById(id: number): GSheet | null { return this.#sheet(this.book.sheets.find((sheet) => sheet.id === id)); }

  /** By name, by 0-based index, or both. Templates are not modelled. */
  insertSheet(first?: string | number | object, second?: number | object): GSheet {
    if (typeof first === 'object' || typeof second === 'object') throw new Error('not faked: Spreadsheet.insertSheet with options');
    const name = typeof first === 'string' ? first : this.#freeName();
    if (this.book.sheet(name) !== undefined) throw new ScriptException(`A sheet with the name "${name}" already exists. Please enter another name.`);
    const index = typeof first === 'number' ? first : (second ?? this.book.sheets.indexOf(this.book.active) + 1);
    this.book.active = this.book.addSheet(name, index);
    return this.run.fakes.sheet(this.book.active);
  }

  deleteSheet(sheet: GSheet): void {
    if (this.book.sheets.length === 1) throw new ScriptException('You can\'t remove all the sheets in a document.');
    this.book.removeSheet(modelOf(sheet));
  }

  getActiveSheet(): GSheet { return this.run.fakes.sheet(this.book.active); }
  setActiveSheet(sheet: GSheet): GSheet {
    this.book.active = modelOf(sheet);
    return sheet;
  }
  /** 1-based. */
  moveActiveSheet(pos: number): void {
    const others = this.book.sheets.filter((sheet) => sheet !== this.book.active);
    others.splice(pos - 1, 0, this.book.active);
    this.book.sheets = others;
  }
  getActiveRange(): GRange | null {
    const { selection } = this.run.world.ui;
    return selection === null ? null : this.run.fakes.range(selection.sheet, selection.area);
  }
  getActiveRangeList(): GoogleAppsScript.Spreadsheet.RangeList | null {
    const { selection, alsoSelected } = this.run.world.ui;
    return selection === null ? null : face(new FakeRangeList(this.run, [selection.area, ...alsoSelected].map((area) => this.run.fakes.range(selection.sheet, area))));
  }
  setActiveRange(range: GRange): GRange {
    const { sheet, area } = cellsOf(range);
    this.book.active = sheet;
    this.run.world.ui.selection = { sheet, area };
    return range;
  }

  getRange(a1Notation: string): GRange {
    const parsed = parseA1(a1Notation);
    const sheet = parsed?.sheet === null ? this.book.active : parsed === null ? undefined : this.book.sheet(parsed.sheet);
    const range = sheet === undefined ? this.getRangeByName(a1Notation) : this.run.fakes.sheet(sheet).getRange(a1Notation);
    if (range === null) throw new ScriptException('Range not found');
    return range;
  }

  getSpreadsheetTimeZone(): string { return this.book.timeZone; }
  setSpreadsheetTimeZone(timezone: string): void {
    offsetAt(0, timezone);
    this.book.timeZone = timezone;
  }
  getSpreadsheetLocale(): string { return this.book.locale; }
  setSpreadsheetLocale(locale: string): void { this.book.locale = locale; }

  getRangeByName(name: string): GRange | null {
    const place = this.book.namedRanges.find((named) => named.name === name)?.place;
    return place === undefined || place.area === null ? null : this.run.fakes.range(place.sheet, place.area);
  }
  getNamedRanges(): GNamedRange[] { return this.book.namedRanges.map((state) => face<GNamedRange>(new FakeNamedRange(this.run, state))); }
  setNamedRange(name: string, range: GRange): void {
    const { sheet, area } = cellsOf(range);
    const known = this.book.namedRanges.find((named) => named.name === name);
    if (known === undefined) this.book.namedRanges.push({ name: checkedName(name), place: sheet.follow(area) });
    else new FakeNamedRange(this.run, known).setRange(range);
  }
  removeNamedRange(name: string): void {
    const known = this.book.namedRanges.find((named) => named.name === name);
    if (known === undefined) throw new ScriptException(`Named range "${name}" does not exist.`);
    new FakeNamedRange(this.run, known).remove();
  }

  toast(msg: string, title = ''): void { this.run.world.ui.toasts.push({ title, text: msg }); }

  addDeveloperMetadata(...args: [key: string, ...unknown[]]): GSpreadsheet {
    addMetadata(this.book, { type: ENUMS.DeveloperMetadataLocationType.SPREADSHEET, sheet: null, place: null }, metadataArgs(args));
    return face(this);
  }
  getDeveloperMetadata(): GMetadata[] {
    return livingMetadata(this.book).filter(({ sheet }) => sheet === null).map((state) => face<GMetadata>(new FakeMetadata(this.run, state)));
  }
  createDeveloperMetadataFinder(): GoogleAppsScript.Spreadsheet.DeveloperMetadataFinder { return face(new FakeMetadataFinder(this.run, null)); }

  getOwner(): GUser | null { return this.run.fakes.user(this.book.owner); }
  getEditors(): GUser[] { return [...this.book.editors].map((email) => this.run.fakes.user(email)); }
  getViewers(): GUser[] { return [...this.book.viewers].map((email) => this.run.fakes.user(email)); }
  getProtections(type: GoogleAppsScript.Spreadsheet.ProtectionType): GProtection[] {
    return protectionsOf(this.book, null, type).map((state) => face<GProtection>(new FakeProtection(this.run, state)));
  }

  #sheet(model: SheetModel | undefined): GSheet | null { return model === undefined ? null : this.run.fakes.sheet(model); }

  #freeName(): string {
    let number = this.book.sheets.length + 1;
    const stem = this.book.locale.startsWith('zh') ? '工作表' : 'Sheet';
    while (this.book.sheet(`${stem}${number}`) !== undefined) number++;
    return `${stem}${number}`;
  }
}

function modelOf(sheet: GSheet): SheetModel {
  const fake = fakeOf(FakeSheet, sheet);
  if (fake === undefined) throw new ScriptException('The parameters don\'t match the method signature: a Sheet was expected.');
  return fake.model;
}
