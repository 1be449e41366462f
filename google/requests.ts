/**
 * What both Google hosts send to the Sheets API v4 in one batchUpdate, as far as the program uses it: the shapes fit
 * Google's own types of either client. Indices are 0-based and half open.
 */
export interface SheetRequest {
  updateCells?: { start: GridPoint; rows: { values: CellContent[] }[]; fields: string };
  repeatCell?: { range: GridArea; cell: CellContent; fields: string };
  appendDimension?: { sheetId: number; dimension: Dimension; length: number };
  insertDimension?: { range: DimensionSpan; inheritFromBefore: boolean };
  updateDimensionProperties?: { range: DimensionSpan; properties: { pixelSize?: number; hiddenByUser?: boolean }; fields: string };
  updateSheetProperties?: { properties: SheetProperties; fields: string };
  setDataValidation?: { range: GridArea; rule: CellRule };
  addProtectedRange?: { protectedRange: { range: GridArea; description: string; warningOnly: boolean } };
  createDeveloperMetadata?: { developerMetadata: MetadataEntry };
  deleteDeveloperMetadata?: { dataFilter: { developerMetadataLookup: { metadataKey: string; metadataValue: string; locationType: 'SPREADSHEET' } } };
  updateDeveloperMetadata?: { dataFilters: { developerMetadataLookup: { metadataKey: string; locationType: 'SPREADSHEET' } }[]; developerMetadata: { metadataValue: string }; fields: string };
}

export type Dimension = 'ROWS' | 'COLUMNS';
export interface GridPoint { sheetId: number; rowIndex: number; columnIndex: number }
export interface GridArea { sheetId: number; startRowIndex?: number; endRowIndex?: number; startColumnIndex?: number; endColumnIndex?: number }
export interface DimensionSpan { sheetId: number; dimension: Dimension; startIndex: number; endIndex: number }

export interface CellContent { userEnteredValue?: CellValue; userEnteredFormat?: CellLook }
/** One of these; none clears the cell. */
export interface CellValue { numberValue?: number; stringValue?: string; boolValue?: boolean; formulaValue?: string }

export interface CellLook {
  numberFormat?: NumberPattern;
  backgroundColorStyle?: Colour;
  textFormat?: TextLook;
  horizontalAlignment?: string;
  verticalAlignment?: string;
  wrapStrategy?: string;
}
export interface NumberPattern { type: string; pattern: string }
export interface TextLook { fontSize?: number; foregroundColorStyle?: Colour; bold?: boolean }
export interface Colour { rgbColor: { red: number; green: number; blue: number } }

export interface CellRule {
  condition: { type: string; values?: { userEnteredValue: string }[] };
  strict: boolean;
  showCustomUi?: boolean;
  inputMessage: string;
}

export interface SheetProperties {
  sheetId: number;
  hidden?: boolean;
  gridProperties?: { frozenRowCount?: number; frozenColumnCount?: number; hideGridlines?: boolean };
}

export interface MetadataEntry {
  /** Google's choice where absent. */
  metadataId?: number;
  metadataKey: string;
  metadataValue: string;
  visibility: 'DOCUMENT';
  location: { sheetId: number } | { dimensionRange: DimensionSpan } | { spreadsheet: true };
}
