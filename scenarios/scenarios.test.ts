import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { parse } from 'yaml';
import { POLICIES } from '#templates';
import { play, type Scenario } from './scenario.ts';

for (const file of readdirSync(import.meta.dirname).filter((name) => name.endsWith('.yaml')).sort()) {
  const scenarios = parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as Scenario[];
  describe(file, () => {
    it.each(scenarios.map((scenario) => [`${scenario.条款.join(' ')} ${scenario.说明}`, scenario] as const))('%s', (_name, scenario) => {
      play(scenario, POLICIES);
    });
  });
}
