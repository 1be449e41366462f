import { describe, it } from 'vitest';
import { POLICIES } from '#templates';
import { readScenarios } from './play-all.ts';
import { play } from './scenario.ts';

// The scenarios for mutation tests: without the second run of each step, which test/invariants.test.ts holds and which takes half the time.
for (const { file, scenarios } of readScenarios(import.meta.dirname)) {
  describe(file, () => {
    it.each(scenarios.map((scenario) => [`${scenario.条款.join(' ')} ${scenario.说明}`, scenario] as const))('%s', (_name, scenario) => {
      play(scenario, POLICIES, { after: () => undefined });
    });
  });
}
