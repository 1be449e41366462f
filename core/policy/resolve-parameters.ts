import type { Day } from '../calendar/plain-date.ts';
import { compareText } from '../workbook/directory.ts';
import { cleanName } from '../workbook/half-width.ts';
import type { RowRef } from '../workbook/snapshot.ts';
import { expectedValue, readParameter, type ParameterValue } from './read-parameter.ts';
import type { ParameterDefinition } from './schema.ts';

/** One row of 制度参数. */
export interface ParameterRow {
  readonly key: string;
  readonly value: string;
  /** First day on which the value counts; null: always. */
  readonly effectiveFrom: Day | null;
  readonly ref: RowRef;
}

export interface ParameterIssue {
  readonly ref: RowRef;
  readonly key: string;
  readonly value: string;
  readonly message: string;
  readonly code: 'parameter-invalid' | 'parameter-unknown' | 'parameter-doubled';
}

/** The values in force on any day. Every lookup throws a RangeError for a key that the policy doesn't define. */
export interface Parameters {
  /** null when blank or not a number; a time as minutes of the day. */
  number(key: string, on: Day): number | null;
  /** '' when blank. */
  text(key: string, on: Day): string;
  /** null when blank or not a date. */
  day(key: string, on: Day): Day | null;
  /** True for 是. */
  flag(key: string, on: Day): boolean;
  /** The text of a key that only some policies have; '' where this one has none. */
  choice(key: string, on: Day): string;
}

interface Step { readonly from: number; readonly value: ParameterValue; readonly row: ParameterRow | null }

/**
 * Values by day from the rows of 制度参数 over the definitions' defaults. The row with the latest 生效日 in force on the
 * day wins. Of rows with the same 生效日 the one whose value comes last as text wins, wherever they stand, and every row is
 * reported. Refused values leave the previous ones in force.
 */
export function resolveParameters(
  definitions: readonly ParameterDefinition[], rows: readonly ParameterRow[],
): { parameters: Parameters; issues: readonly ParameterIssue[] } {
  const byKey = new Map(definitions.map((definition) => [definition.key, definition]));
  const stepsByKey = new Map<string, Step[]>();
  for (const definition of definitions) stepsByKey.set(definition.key, [{ from: -Infinity, value: defaultOf(definition), row: null }]);
  const issues: ParameterIssue[] = [];
  for (const row of rows) {
    const key = cleanName(row.key);
    if (key === '') continue;
    const definition = byKey.get(key);
    if (definition === undefined) {
      issues.push({ ref: row.ref, key, value: row.value, code: 'parameter-unknown', message: `本制度没有参数「${key}」:请核对「键」,或删去此行` });
      continue;
    }
    const value = readParameter(definition.type, row.value);
    if (value === null || (value.text === '' && !mayBeBlank(definition))) {
      issues.push({
        ref: row.ref, key, value: row.value, code: 'parameter-invalid',
        message: `「${definition.label}」${row.value.trim() === '' ? '不能空白' : `不能填「${row.value}」`},仍按原值执行:${expectedValue(definition)}`,
      });
      continue;
    }
    stepsByKey.get(key)!.push({ from: row.effectiveFrom ?? -Infinity, value, row });
  }
  for (const [key, steps] of stepsByKey) {
    const standing = inForce(steps);
    issues.push(...doubled(byKey.get(key)!, steps, standing));
    stepsByKey.set(key, standing);
  }
  return { parameters: lookups(stepsByKey), issues };
}

function mayBeBlank(definition: ParameterDefinition): boolean {
  return definition.optional === true || definition.value === '';
}

function defaultOf(definition: ParameterDefinition): ParameterValue {
  const value = readParameter(definition.type, definition.value);
  if (value === null) throw new RangeError(`default of ${definition.key} is invalid: ${definition.value}`);
  return value;
}

/** By day, one step a day. The default gives way to any row; rows of one day are ordered by their text, never by their place. */
function inForce(steps: readonly Step[]): Step[] {
  const sorted = [...steps].sort((a, b) => (a.from === b.from ? Number(a.row !== null) - Number(b.row !== null) || compareText(a.value.text, b.value.text) : a.from - b.from));
  return sorted.filter((step, index) => sorted[index + 1]?.from !== step.from);
}

/** Every row that shares its key and 生效日 with another of a different value. */
function doubled(definition: ParameterDefinition, steps: readonly Step[], standing: readonly Step[]): ParameterIssue[] {
  return steps.flatMap(({ from, row }): ParameterIssue[] => {
    if (row === null) return [];
    const rivals = steps.filter((step) => step.row !== null && step.from === from);
    const winner = standing.find((step) => step.from === from)!.value.text;
    if (rivals.every((step) => step.value.text === winner)) return [];
    return [{
      ref: row.ref, key: definition.key, value: row.value, code: 'parameter-doubled',
      message: `「${definition.label}」同一生效日有 ${rivals.length} 个不同的值,暂按「${winner}」执行:请只留一行,或填不同的生效日`,
    }];
  });
}

function lookups(stepsByKey: ReadonlyMap<string, readonly Step[]>): Parameters {
  const find = (key: string, on: Day): ParameterValue => {
    const steps = stepsByKey.get(key);
    if (steps === undefined) throw new RangeError(`unknown parameter: ${key}`);
    let low = 0;
    let high = steps.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (steps[middle]!.from <= on) low = middle;
      else high = middle - 1;
    }
    return steps[low]!.value;
  };
  return {
    number: (key, on) => find(key, on).number,
    text: (key, on) => find(key, on).text,
    day: (key, on) => find(key, on).day,
    flag: (key, on) => find(key, on).text === '是',
    choice: (key, on) => (stepsByKey.has(key) ? find(key, on).text : ''),
  };
}
