import { defineConfig } from 'vitest/config';

/** `npm run mutation`: the tests that hold the rules, fast enough to run against every mutant. */
export default defineConfig({
  test: {
    include: ['core/**/*.test.ts', 'scenarios/scenarios.test.ts', 'test/{bad-input,edges}.test.ts'],
    testTimeout: 60_000,
  },
});
