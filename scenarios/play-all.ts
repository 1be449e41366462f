import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { POLICIES } from '#templates';
import type { ScenarioResult } from './conformance.ts';
import { play, type Scenario } from './scenario.ts';

/** Every scenario file of a folder with its scenarios, in the order of their names. */
export function readScenarios(folder: string): { readonly file: string; readonly scenarios: readonly Scenario[] }[] {
  return readdirSync(folder).filter((name) => name.endsWith('.yaml')).sort()
    .map((file) => ({ file, scenarios: parse(readFileSync(join(folder, file), 'utf8')) as Scenario[] }));
}

/** Plays every scenario of a folder; a failure becomes part of the result, so that one does not hide the next. */
export function playAll(folder: string): ScenarioResult[] {
  return readScenarios(folder).flatMap(({ file, scenarios }) => scenarios.map((scenario) => ({
    file, title: scenario.说明, clauses: scenario.条款, failure: failureOf(scenario),
  })));
}

function failureOf(scenario: Scenario): string | null {
  try {
    play(scenario, POLICIES);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
