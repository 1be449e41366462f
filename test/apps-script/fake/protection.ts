import type { Area } from './area.ts';
import { covers, intersects } from './area.ts';
import { ENUMS } from './enums.ts';
import { ScriptException } from './exception.ts';
import type { Execution } from './execution.ts';
import type { GProtection, GRange, GUser } from './google.ts';
import { cellsOf } from './range-base.ts';
import type { Place, SheetModel } from './sheet-model.ts';
import { Fake, face } from './strict-proxy.ts';
import { emailOf } from './user.ts';
import type { WorkbookModel } from './workbook-model.ts';

export interface ProtectionState {
  readonly sheet: SheetModel;
  /** Null protects the whole sheet. */
  place: Place | null;
  description: string;
  warningOnly: boolean;
  domainEdit: boolean;
  editors: Set<string>;
  unprotected: Place[];
}

export const PROTECTED_MESSAGE = 'You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit.';

/** A new protection lets everyone edit who could before; the script then removes them. */
export function addProtection(book: WorkbookModel, sheet: SheetModel, area: Area | null): ProtectionState {
  const state: ProtectionState = {
    sheet, place: area === null ? null : sheet.follow(area), description: '', warningOnly: false, domainEdit: false, editors: new Set(book.editors), unprotected: [],
  };
  book.protections.push(state);
  return state;
}

export function protectionsOf(book: WorkbookModel, sheet: SheetModel | null, type: GoogleAppsScript.Spreadsheet.ProtectionType): ProtectionState[] {
  const wholeSheets = type === ENUMS.ProtectionType.SHEET;
  return book.protections.filter((state) => (sheet === null || state.sheet === sheet) && isAlive(state) && (state.place === null) === wholeSheets);
}

/** Whether no protection keeps the user from writing here; null area: from changing the sheet's structure. */
export function mayEdit(book: WorkbookModel, sheet: SheetModel, area: Area, user: string): boolean {
  return book.protections.every((state) => {
    if (state.sheet !== sheet || !isAlive(state) || letsIn(book, state, user)) return true;
    if (state.place !== null) return !intersects(state.place.area!, area);
    return state.unprotected.some((place) => place.area !== null && covers(place.area, area));
  });
}

function isAlive(state: ProtectionState): boolean {
  return state.place === null || state.place.area !== null;
}

function letsIn(book: WorkbookModel, state: ProtectionState, user: string): boolean {
  return state.warningOnly || state.domainEdit || user === book.owner || state.editors.has(user);
}

type Members = 'setDescription' | 'getDescription' | 'setWarningOnly' | 'isWarningOnly' | 'addEditor' | 'addEditors' | 'removeEditor' | 'removeEditors' | 'getEditors'
  | 'setUnprotectedRanges' | 'getUnprotectedRanges' | 'getRange' | 'setRange' | 'getProtectionType' | 'canEdit' | 'remove' | 'setDomainEdit' | 'canDomainEdit';

export class FakeProtection extends Fake implements Pick<GProtection, Members> {
  readonly state: ProtectionState;
  constructor(run: Execution, state: ProtectionState) {
    super('Protection', run);
    this.state = state;
  }

  setDescription(description: string): GProtection { return this.#change(() => { this.state.description = description; }); }
  getDescription(): string { return this.state.description; }
  setWarningOnly(warningOnly: boolean): GProtection { return this.#change(() => { this.state.warningOnly = warningOnly; }); }
  isWarningOnly(): boolean { return this.state.warningOnly; }
  setDomainEdit(editable: boolean): GProtection { return this.#change(() => { this.state.domainEdit = editable; }); }
  canDomainEdit(): boolean { return this.state.domainEdit; }
  addEditor(user: string | GUser): GProtection { return this.addEditors([emailOf(user)]); }
  addEditors(emails: string[]): GProtection { return this.#change(() => { for (const email of emails) this.state.editors.add(email); }); }
  removeEditor(user: string | GUser): GProtection { return this.removeEditors([emailOf(user)]); }

  /** Google keeps the owner and the user who runs the script, whatever is asked. */
  removeEditors(users: (string | GUser)[]): GProtection {
    const kept = [this.run.world.book.owner, this.run.caller.effectiveUser];
    return this.#change(() => { for (const email of users.map(emailOf)) if (!kept.includes(email)) this.state.editors.delete(email); });
  }

  getEditors(): GUser[] { return [...this.state.editors].map((email) => this.run.fakes.user(email)); }
  getProtectionType(): GoogleAppsScript.Spreadsheet.ProtectionType { return ENUMS.ProtectionType[this.state.place === null ? 'SHEET' : 'RANGE']; }
  getRange(): GRange { return this.run.fakes.range(this.state.sheet, this.#area()); }
  setRange(range: GRange): GProtection {
    return this.#change(() => {
      if (this.state.place !== null) this.state.sheet.release(this.state.place);
      this.state.place = this.state.sheet.follow(cellsOf(range).area);
    });
  }
  getUnprotectedRanges(): GRange[] {
    return this.state.unprotected.flatMap(({ area }) => (area === null ? [] : [this.run.fakes.range(this.state.sheet, area)]));
  }
  setUnprotectedRanges(ranges: GRange[]): GProtection {
    return this.#change(() => {
      this.state.unprotected.forEach((place) => this.state.sheet.release(place));
      this.state.unprotected = ranges.map((range) => this.state.sheet.follow(cellsOf(range).area));
    });
  }
  canEdit(): boolean { return letsIn(this.run.world.book, this.state, this.run.caller.effectiveUser); }
  remove(): void {
    this.#change(() => {
      const { book } = this.run.world;
      book.protections = book.protections.filter((other) => other !== this.state);
      if (this.state.place !== null) this.state.sheet.release(this.state.place);
    });
  }

  #area(): Area {
    const { place, sheet } = this.state;
    return place?.area ?? { row: 1, column: 1, rows: sheet.maxRows, columns: sheet.maxColumns };
  }

  #change(change: () => void): GProtection {
    if (!this.canEdit()) throw new ScriptException(PROTECTED_MESSAGE);
    change();
    return face(this);
  }
}
