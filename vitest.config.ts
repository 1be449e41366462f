import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{core,templates,sync-service,scenarios,test}/**/*.test.ts'],
    globalSetup: ['test/support/build-once.ts', 'test/apps-script/build-once.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
