import { describe, it } from 'vitest';
import { POLICIES } from '#templates';
import { readScenarios } from './play-all.ts';
import { play } from './scenario.ts';

for (const { file, scenarios } of readScenarios(import.meta.dirname)) {
  describe(file, () => {
    it.each(scenarios.map((scenario) => [`${scenario.条款.join(' ')} ${scenario.说明}`, scenario] as const))('%s', (_name, scenario) => {
      play(scenario, POLICIES);
    });
  });
}
