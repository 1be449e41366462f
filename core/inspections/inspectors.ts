import type { Day } from '../calendar/plain-date.ts';
import { registeredRecusal } from '../lifecycle/recusal.ts';
import { officeNames } from '../notices/recipients.ts';
import type { Person } from '../workbook/directory.ts';
import { splitNames } from '../workbook/names.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** The people who inspect, in the order of roles; members from a unit that may send none are left out (logistics 5). */
export function inspectionGroup(workbook: Workbook): readonly Person[] {
  const rules = workbook.policy.inspections;
  if (rules === undefined) return [];
  return [...new Set(rules.group.flatMap((role) => workbook.directory.withRole(role)))].filter((person) => !isFromOtherUnit(workbook, person));
}

/** Whom to tell about inspections: the group, else the office. */
export function inspectionReaders(workbook: Workbook): readonly string[] {
  const group = inspectionGroup(workbook).map((person) => person.name);
  return group.length > 0 ? group : officeNames(workbook);
}

/** Whether a person is named as a member although the regulation takes none from that unit. */
export function isFromOtherUnit(workbook: Workbook, person: Person): boolean {
  const rule = workbook.policy.inspections?.memberUnits;
  if (rule === undefined || !splitNames(person.roles).some((role) => (rule.roles as readonly string[]).includes(role))) return false;
  return !rule.units.includes(person.unit);
}

/** What of an inspection may bring an inspector into a conflict of interest. */
export interface Inspected {
  readonly unit: string;
  /** People of the item inspected, and the unit's head. */
  readonly people: readonly string[];
  readonly on: Day;
}

/** Why a person must stand aside (logistics 21): the own unit, or an entry of 回避 in force on the day; null: no reason. */
export function recusalReason(workbook: Workbook, name: string, inspected: Inspected): string | null {
  if (inspected.unit !== '' && workbook.directory.person(name)?.unit === inspected.unit) return '督查人属于该单位';
  return registeredRecusal(workbook, name, { units: [inspected.unit], people: inspected.people }, inspected.on);
}

/** Whether 资格确认 is ticked: with 是 or √, or by naming all three conditions of the article (logistics 19). */
export function isQualified(person: Person): boolean {
  const text = person.qualified.trim();
  return /^(是|√|✓|三项|全部)/.test(text) || splitNames(text).length >= 3;
}

/** The member after those who may not: the qualified first, then by the order of the group. */
export function nextInspector(workbook: Workbook, instead: string, inspected: Inspected): string | null {
  const able = inspectionGroup(workbook).filter((person) => person.name !== instead && recusalReason(workbook, person.name, inspected) === null);
  return (able.find(isQualified) ?? able[0])?.name ?? null;
}
