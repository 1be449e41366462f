import { FakeChart, FakeChartBuilder } from './chart.ts';
import type { ChartState } from './chart.ts';
import { FakeColumnGroup } from './column-group.ts';
import { FakeConditionalRule, ruleBehind } from './conditional-format.ts';
import { addMetadata, FakeMetadata, FakeMetadataFinder, livingMetadata, metadataArgs } from './developer-metadata.ts';
import { ENUMS } from './enums.ts';
import { ScriptException } from './exception.ts';
import { FakeFilter } from './filter.ts';
import type { GChart, GMetadata, GProtection, GSheet, GSpreadsheet } from './google.ts';
import { addProtection, FakeProtection, protectionsOf } from './protection.ts';
import { SheetStructure } from './sheet-structure.ts';
import { face, fakeOf } from './strict-proxy.ts';
import { writeCells } from './write-cells.ts';

type GRule = GoogleAppsScript.Spreadsheet.ConditionalFormatRule;
type Members = 'getName' | 'setName' | 'getSheetName' | 'getSheetId' | 'getIndex' | 'getParent' | 'activate' | 'appendRow' | 'sort' | 'hideSheet' | 'showSheet' | 'isSheetHidden'
  | 'hideColumns' | 'showColumns' | 'isColumnHiddenByUser' | 'setFrozenRows' | 'setFrozenColumns' | 'getFrozenRows' | 'getFrozenColumns' | 'setColumnWidth' | 'setColumnWidths' | 'getColumnWidth'
  | 'setRowHeight' | 'setRowHeights' | 'getRowHeight' | 'setTabColor' | 'getTabColor' | 'setHiddenGridlines' | 'protect' | 'getProtections' | 'getFilter' | 'getConditionalFormatRules' | 'setConditionalFormatRules'
  | 'getCharts' | 'newChart' | 'insertChart' | 'updateChart' | 'removeChart' | 'getColumnGroup' | 'getColumnGroupDepth' | 'collapseAllColumnGroups' | 'expandAllColumnGroups'
  | 'addDeveloperMetadata' | 'getDeveloperMetadata' | 'createDeveloperMetadataFinder' | 'clearContents';

/** A sheet with its looks, charts, rules and protections. */
export class FakeSheet extends SheetStructure implements Pick<GSheet, Members> {
  getName(): string { return this.model.name; }
  getSheetName(): string { return this.model.name; }
  setName(name: string): GSheet {
    const { book } = this.run.world;
    if (book.sheets.some((other) => other !== this.model && other.name === name)) throw new ScriptException(`A sheet with the name "${name}" already exists. Please enter another name.`);
    this.model.name = name;
    return face(this);
  }
  getSheetId(): number { return this.model.id; }
  getIndex(): number { return this.run.world.book.sheets.indexOf(this.model) + 1; }
  getParent(): GSpreadsheet { return this.run.fakes.spreadsheet(); }
  activate(): GSheet {
    this.run.world.book.active = this.model;
    return face(this);
  }

  /** Atomic, after the last row with content; values parse like typing. */
  appendRow(rowContents: unknown[]): GSheet {
    const row = this.model.lastRow() + 1;
    if (row > this.model.maxRows) this.model.insertRows(this.model.maxRows + 1, 1, 'before');
    if (rowContents.length > this.model.maxColumns) this.model.insertColumns(this.model.maxColumns + 1, rowContents.length - this.model.maxColumns, 'before');
    writeCells(this.run, this.model, { row, column: 1, rows: 1, columns: rowContents.length }, (_, column) => rowContents[column]);
    return face(this);
  }

  /** Frozen rows stay on top. */
  sort(columnPosition: number, ascending = true): GSheet {
    const row = this.model.frozenRows + 1;
    this.getRange(row, 1, Math.max(1, this.model.lastRow() - row + 1), this.model.maxColumns).sort({ column: columnPosition, ascending });
    return face(this);
  }

  clearContents(): GSheet {
    writeCells(this.run, this.model, { row: 1, column: 1, rows: Math.max(1, this.model.lastRow()), columns: Math.max(1, this.model.lastColumn()) }, () => null);
    return face(this);
  }

  hideSheet(): GSheet {
    if (this.run.world.book.sheets.every((sheet) => sheet.hidden || sheet === this.model)) throw new ScriptException('You can\'t hide all the sheets in a document.');
    this.model.hidden = true;
    return face(this);
  }
  showSheet(): GSheet {
    this.model.hidden = false;
    return face(this);
  }
  isSheetHidden(): boolean { return this.model.hidden; }

  hideColumns(columnIndex: number, numColumns = 1): void { this.model.hiddenColumns.set({ row: 1, rows: 1, column: columnIndex, columns: numColumns }, true); }
  showColumns(columnIndex: number, numColumns = 1): void { this.model.hiddenColumns.set({ row: 1, rows: 1, column: columnIndex, columns: numColumns }, undefined); }
  isColumnHiddenByUser(columnPosition: number): boolean { return this.model.hiddenColumns.get(1, columnPosition) ?? false; }
  setFrozenRows(rows: number): void {
    if (rows >= this.model.maxRows) throw new ScriptException('You can\'t freeze all visible rows on the sheet.');
    this.model.frozenRows = rows;
  }
  setFrozenColumns(columns: number): void {
    if (columns >= this.model.maxColumns) throw new ScriptException('You can\'t freeze all visible columns on the sheet.');
    this.model.frozenColumns = columns;
  }
  getFrozenRows(): number { return this.model.frozenRows; }
  getFrozenColumns(): number { return this.model.frozenColumns; }
  setColumnWidth(columnPosition: number, width: number): GSheet { return this.setColumnWidths(columnPosition, 1, width); }
  setColumnWidths(startColumn: number, numColumns: number, width: number): GSheet {
    this.model.columnWidths.set({ row: 1, rows: 1, column: startColumn, columns: numColumns }, width);
    return face(this);
  }
  getColumnWidth(columnPosition: number): number { return this.model.columnWidths.get(1, columnPosition) ?? 100; }
  setRowHeight(rowPosition: number, height: number): GSheet { return this.setRowHeights(rowPosition, 1, height); }
  setRowHeights(startRow: number, numRows: number, height: number): GSheet {
    this.model.rowHeights.set({ row: startRow, rows: numRows, column: 1, columns: 1 }, height);
    return face(this);
  }
  getRowHeight(rowPosition: number): number { return this.model.rowHeights.get(rowPosition, 1) ?? 21; }
  setTabColor(color: string | null): GSheet {
    this.model.tabColor = color?.toLowerCase() ?? null;
    return face(this);
  }
  getTabColor(): string | null { return this.model.tabColor; }
  setHiddenGridlines(hideGridlines: boolean): GSheet {
    this.model.hiddenGridlines = hideGridlines;
    return face(this);
  }

  /** A second call gives the protection that is there. */
  protect(): GProtection {
    const { book } = this.run.world;
    const state = protectionsOf(book, this.model, ENUMS.ProtectionType.SHEET)[0] ?? addProtection(book, this.model, null);
    return face(new FakeProtection(this.run, state));
  }
  getProtections(type: GoogleAppsScript.Spreadsheet.ProtectionType): GProtection[] {
    return protectionsOf(this.run.world.book, this.model, type).map((state) => face<GProtection>(new FakeProtection(this.run, state)));
  }
  getFilter(): GoogleAppsScript.Spreadsheet.Filter | null {
    return this.model.filter === null ? null : face(new FakeFilter(this.run, this.model, this.model.filter));
  }

  getConditionalFormatRules(): GRule[] { return this.model.conditionalRules.map((rule) => face<GRule>(new FakeConditionalRule(this.run, rule))); }
  setConditionalFormatRules(rules: GRule[]): void {
    const next = rules.map(ruleBehind);
    for (const rule of this.model.conditionalRules) if (!next.includes(rule)) rule.places.forEach((place) => this.model.release(place));
    this.model.conditionalRules = next;
  }

  getCharts(): GChart[] { return this.model.charts.map((state) => face<GChart>(new FakeChart(this.run, state))); }
  newChart(): GoogleAppsScript.Spreadsheet.EmbeddedChartBuilder { return face(new FakeChartBuilder(this.run, null)); }
  insertChart(chart: GChart): void { this.model.charts.push(chartState(chart)); }
  updateChart(chart: GChart): void {
    const next = chartState(chart);
    if (!this.model.charts.some(({ id }) => id === next.id)) throw new ScriptException('Embedded chart was not found on this sheet.');
    this.model.charts = this.model.charts.map((old) => (old.id === next.id ? next : old));
  }
  removeChart(chart: GChart): void {
    const { id } = chartState(chart);
    this.model.charts = this.model.charts.filter((other) => other.id !== id);
  }

  getColumnGroupDepth(columnIndex: number): number { return this.model.columnGroups.get(1, columnIndex)?.depth ?? 0; }
  /** Only to collapse or expand the group whose columns lie around `columnIndex`. */
  getColumnGroup(columnIndex: number, groupDepth: number): GoogleAppsScript.Spreadsheet.Group {
    if (this.getColumnGroupDepth(columnIndex) < groupDepth) throw new ScriptException(`A group with depth ${groupDepth} does not exist at column ${columnIndex}.`);
    return face(new FakeColumnGroup(this.run, this.model, columnIndex));
  }
  collapseAllColumnGroups(): GSheet { return this.#collapseAll(true); }
  expandAllColumnGroups(): GSheet { return this.#collapseAll(false); }

  addDeveloperMetadata(...args: [key: string, ...unknown[]]): GSheet {
    addMetadata(this.run.world.book, { type: ENUMS.DeveloperMetadataLocationType.SHEET, sheet: this.model, place: null }, metadataArgs(args));
    return face(this);
  }
  /** Of the sheet itself, not of its rows and columns. */
  getDeveloperMetadata(): GMetadata[] {
    return livingMetadata(this.run.world.book)
      .filter(({ sheet, place }) => sheet === this.model && place === null)
      .map((state) => face<GMetadata>(new FakeMetadata(this.run, state)));
  }
  createDeveloperMetadataFinder(): GoogleAppsScript.Spreadsheet.DeveloperMetadataFinder { return face(new FakeMetadataFinder(this.run, this.model)); }

  #collapseAll(collapsed: boolean): GSheet {
    for (const { area, value } of [...this.model.columnGroups.entries()]) this.model.columnGroups.set(area, { ...value, collapsed });
    return face(this);
  }
}

function chartState(chart: GChart): ChartState {
  const fake = fakeOf(FakeChart, chart);
  if (fake === undefined) throw new ScriptException('The parameters don\'t match the method signature: an EmbeddedChart was expected.');
  return fake.state;
}
