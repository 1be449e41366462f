import { defineConfig } from 'vitest/config';

const EVERYWHERE = {
  setupFiles: ['test/support/seed.ts'],
  // Nothing is decided by time: these only end what hangs, on a machine however busy.
  testTimeout: 240_000,
  hookTimeout: 240_000,
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      // Functions without state: their files share one process and its modules, which saves most of the time they would take.
      { test: { ...EVERYWHERE, name: 'rooms', include: ['{core,templates,sync-service,scenarios}/**/*.test.ts'], isolate: false } },
      { test: { ...EVERYWHERE, name: 'built', include: ['test/**/*.test.ts'], globalSetup: ['test/support/build-once.ts', 'test/apps-script/build-once.ts'] } },
    ],
  },
});
