import type { Day } from '../calendar/plain-date.ts';
import { SHEETS, type CellsOf } from './columns.ts';
import { createDirectory, type Directory } from './directory.ts';
import type { ParsedSheet } from './parse-sheet.ts';

/** For tests: who is who, from as few cells as a test speaks of. */

const NOBODY: CellsOf<'people'> = { name: '', unit: '', roles: '', email: '', phone: '', feishuId: '', substitute: '', substituteFrom: null, substituteTo: null, qualified: '', active: '', leftOn: null, successor: '' };
const NO_UNIT: CellsOf<'units'> = { name: '', code: '', type: '', head: '', dutyPerson: '', leaderInCharge: '', email: '', contractPoints: null, criticismPoints: null, formerNames: '', mergedInto: '', effectiveFrom: null, active: '' };

function sheetOf<S extends 'people' | 'units'>(key: S, rows: readonly CellsOf<S>[]): ParsedSheet<S> {
  return { key, name: SHEETS[key].name, present: true, columns: {} as ParsedSheet<S>['columns'], header: null, covered: new Map(), rows: rows.map((cells, ref) => ({ ref, cells, raw: [], values: [] }) as never) };
}

export function peopleSheet(people: readonly Partial<CellsOf<'people'>>[]): ParsedSheet<'people'> {
  return sheetOf('people', people.map((person) => ({ ...NOBODY, ...person })));
}

export function directoryOf(people: readonly Partial<CellsOf<'people'>>[], units: readonly Partial<CellsOf<'units'>>[], on: Day | null): Directory {
  return createDirectory(sheetOf('units', units.map((unit) => ({ ...NO_UNIT, ...unit }))), peopleSheet(people), on);
}
