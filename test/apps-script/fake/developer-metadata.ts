import { ENUMS, EnumValue } from './enums.ts';
import type { Execution } from './execution.ts';
import type { GMetadata, GRange, GSheet, GSpreadsheet } from './google.ts';
import type { Place, SheetModel } from './sheet-model.ts';
import { Fake, face } from './strict-proxy.ts';
import type { WorkbookModel } from './workbook-model.ts';

type LocationType = GoogleAppsScript.Spreadsheet.DeveloperMetadataLocationType;
type Visibility = GoogleAppsScript.Spreadsheet.DeveloperMetadataVisibility;

export interface MetadataLocation {
  readonly type: LocationType;
  /** Null for the spreadsheet itself. */
  readonly sheet: SheetModel | null;
  /** The row or column it moves with. */
  readonly place: Place | null;
}
export interface MetadataState extends MetadataLocation {
  readonly id: number;
  key: string;
  value: string | null;
  visibility: Visibility;
}

/** The overloads of addDeveloperMetadata: key, key+value, key+visibility, all three. */
export function metadataArgs([key, ...rest]: readonly [string, ...unknown[]]): Pick<MetadataState, 'key' | 'value' | 'visibility'> {
  const visibility = rest.find((argument) => argument instanceof EnumValue) as Visibility | undefined;
  const value = rest.find((argument) => typeof argument === 'string');
  return { key, value: value ?? null, visibility: visibility ?? ENUMS.DeveloperMetadataVisibility.DOCUMENT };
}

/** Nothing keeps two entries of one key from the same place: Google allows it too. */
export function addMetadata(book: WorkbookModel, location: MetadataLocation, entry: Pick<MetadataState, 'key' | 'value' | 'visibility'>, id = book.nextId()): MetadataState {
  const state = { id, ...location, ...entry };
  book.metadata.push(state);
  return state;
}

/** Entries whose row or column still exists. */
export function livingMetadata(book: WorkbookModel): MetadataState[] {
  return book.metadata.filter(({ place }) => place === null || place.area !== null);
}

export class FakeMetadata extends Fake implements Pick<GMetadata, 'getId' | 'getKey' | 'getValue' | 'getVisibility' | 'getLocation' | 'setKey' | 'setValue' | 'setVisibility' | 'remove'> {
  readonly state: MetadataState;
  constructor(run: Execution, state: MetadataState) {
    super('DeveloperMetadata', run);
    this.state = state;
  }
  getId(): number { return this.state.id; }
  getKey(): string { return this.state.key; }
  getValue(): string | null { return this.state.value; }
  getVisibility(): Visibility { return this.state.visibility; }
  getLocation(): GoogleAppsScript.Spreadsheet.DeveloperMetadataLocation { return face(new FakeLocation(this.run, this.state)); }
  setKey(key: string): GMetadata { return this.#set({ key }); }
  setValue(value: string): GMetadata { return this.#set({ value }); }
  setVisibility(visibility: Visibility): GMetadata { return this.#set({ visibility }); }
  remove(): void {
    const { book } = this.run.world;
    book.metadata = book.metadata.filter((other) => other !== this.state);
  }
  #set(change: Partial<MetadataState>): GMetadata {
    Object.assign(this.state, change);
    return face(this);
  }
}

type GLocation = GoogleAppsScript.Spreadsheet.DeveloperMetadataLocation;

class FakeLocation extends Fake implements Pick<GLocation, 'getLocationType' | 'getColumn' | 'getRow' | 'getSheet' | 'getSpreadsheet'> {
  readonly location: MetadataLocation;
  constructor(run: Execution, location: MetadataLocation) {
    super('DeveloperMetadataLocation', run);
    this.location = location;
  }
  getLocationType(): LocationType { return this.location.type; }
  getColumn(): GRange | null { return this.#line(ENUMS.DeveloperMetadataLocationType.COLUMN); }
  getRow(): GRange | null { return this.#line(ENUMS.DeveloperMetadataLocationType.ROW); }
  /** Only for metadata of a sheet itself; a column's sheet is that of its range. */
  getSheet(): GSheet | null { return this.location.type === ENUMS.DeveloperMetadataLocationType.SHEET ? this.run.fakes.sheet(this.location.sheet!) : null; }
  getSpreadsheet(): GSpreadsheet | null { return this.location.type === ENUMS.DeveloperMetadataLocationType.SPREADSHEET ? this.run.fakes.spreadsheet() : null; }
  #line(type: LocationType): GRange | null {
    const area = this.location.place?.area ?? null;
    return this.location.type === type && area !== null ? this.run.fakes.range(this.location.sheet!, area) : null;
  }
}

type Finder = GoogleAppsScript.Spreadsheet.DeveloperMetadataFinder;

/** Finds within the whole spreadsheet, or within one sheet and its rows and columns. */
export class FakeMetadataFinder extends Fake implements Pick<Finder, 'withId' | 'withKey' | 'withValue' | 'withLocationType' | 'withVisibility' | 'find'> {
  readonly #within: SheetModel | null;
  readonly #wanted: ((state: MetadataState) => boolean)[] = [];
  constructor(run: Execution, within: SheetModel | null) {
    super('DeveloperMetadataFinder', run);
    this.#within = within;
  }
  withId(id: number): Finder { return this.#with((state) => state.id === id); }
  withKey(key: string): Finder { return this.#with((state) => state.key === key); }
  withValue(value: string): Finder { return this.#with((state) => state.value === value); }
  withLocationType(type: LocationType): Finder { return this.#with((state) => state.type === type); }
  withVisibility(visibility: Visibility): Finder { return this.#with((state) => state.visibility === visibility); }
  find(): GMetadata[] {
    return livingMetadata(this.run.world.book)
      .filter((state) => (this.#within === null || state.sheet === this.#within) && this.#wanted.every((holds) => holds(state)))
      .map((state) => face<GMetadata>(new FakeMetadata(this.run, state)));
  }
  #with(condition: (state: MetadataState) => boolean): Finder {
    this.#wanted.push(condition);
    return face(this);
  }
}
