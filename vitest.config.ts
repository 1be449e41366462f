import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{core,templates,sync-service,scenarios,test}/**/*.test.ts'],
    setupFiles: ['test/support/seed.ts'],
    globalSetup: ['test/support/build-once.ts', 'test/apps-script/build-once.ts'],
    maxWorkers: 2,
    // Files share a process and its modules: loading those for each file would take as long as the tests themselves. What a file
    // stands in for, and puts into the environment, it takes back.
    isolate: false,
    // Nothing is decided by time: these only end what hangs, on a machine however busy.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
