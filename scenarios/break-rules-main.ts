import { POLICIES } from '#templates';
import { brokenPolicies } from './break-rules.ts';
import { readScenarios } from './play-all.ts';
import { play, type Scenario } from './scenario.ts';

// Run from the repository's root (npm run mutation:rules [policy …]): lists every rule whose breaking no scenario of its policy notices.
const wanted = process.argv.slice(2);
for (const policy of Object.values(POLICIES).filter(({ id }) => wanted.length === 0 || wanted.includes(id))) {
  const scenarios = readScenarios('scenarios').flatMap((file) => file.scenarios).filter((scenario) => scenario.制度 === policy.id);
  let total = 0;
  let noticed = 0;
  for (const broken of brokenPolicies(policy)) {
    total += 1;
    const noticing = scenarios.findIndex((scenario) => fails(scenario, { ...POLICIES, [policy.id]: broken.policy }));
    if (noticing < 0) {
      console.log(`${policy.id} ${broken.what}`);
      continue;
    }
    noticed += 1;
    // What noticed one broken rule is likely to notice the next of its kind.
    scenarios.unshift(...scenarios.splice(noticing, 1));
  }
  console.log(`${policy.id} ${noticed} / ${total}`);
}

function fails(scenario: Scenario, policies: typeof POLICIES): boolean {
  try {
    play(scenario, policies, { after: () => undefined });
    return false;
  } catch {
    return true;
  }
}
