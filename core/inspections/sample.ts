import type { Day } from '../calendar/plain-date.ts';
import { periodOf } from '../appraisal/periods.ts';
import { compareText } from '../workbook/directory.ts';
import { isInService } from '../workbook/unit-register.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { inspectionGroup } from './inspectors.ts';

/**
 * The units to inspect unannounced in a month (logistics 8), drawn from the seed so that the draw can be repeated and
 * checked. Only the group sees it; nobody does while no seed is set.
 */
export function inspectionSample(workbook: Workbook, on: Day, reader: string): readonly string[] {
  const rule = workbook.policy.inspections?.sample;
  if (rule === undefined || !inspectionGroup(workbook).some((person) => person.name === reader)) return [];
  const seed = workbook.parameters.number(rule.seedKey, on);
  const size = workbook.parameters.number(rule.sizeKey, on) ?? 0;
  const month = periodOf('month', on);
  const units = workbook.directory.units.filter((unit) => isInService(unit, month.last) && rule.unitTypes.includes(unit.type)).map((unit) => unit.name);
  return seed === null ? [] : drawUnits(units, `${seed}/${month.id}`, size);
}

/** So many of the units, each as likely as the other; the order in which they stand does not matter. */
export function drawUnits(units: readonly string[], seed: string, size: number): readonly string[] {
  return [...new Set(units)].map((unit) => ({ unit, lot: hashOf(`${seed}/${unit}`) }))
    .sort((a, b) => a.lot - b.lot || compareText(a.unit, b.unit)).slice(0, size).map(({ unit }) => unit);
}

/** FNV-1a with a final mix, so that names that differ in their last character alone draw lots far apart. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
