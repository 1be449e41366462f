// Bundles the tests that hold the rules, together with the core that stryker has instrumented, for scripts/mutation-runner.mjs.
import { build } from 'esbuild';
import { readdirSync, readFileSync } from 'node:fs';

const ROOMS = ['core/calendar', 'core/policy', 'core/lifecycle', 'core/appraisal'];
const unitTests = ROOMS.flatMap((room) => readdirSync(room).filter((name) => name.endsWith('.test.ts')).map((name) => `${room}/${name}`));
// Hand edits along every edge are a quarter of the work, and speak of core/lifecycle alone.
const isMutated = (room) => readdirSync(room).some((name) => readFileSync(`${room}/${name}`, 'utf8').includes('stryMutAct_'));
const tests = [...unitTests, 'scenarios/played-once.ts', ...(isMutated('core/lifecycle') ? ['test/edges.test.ts'] : [])];
const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

await build({
  stdin: { contents: tests.map((path) => `import './${path}';`).join('\n'), resolveDir: '.' },
  outfile: '.build/mutation-tests.mjs',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  external: Object.keys({ ...dependencies, ...devDependencies }).flatMap((name) => [name, `${name}/*`]),
  // Only the scenarios ask where they are.
  define: { 'import.meta.dirname': '"scenarios"' },
  // A bare import of a test file is no dead code, whatever package.json says of side effects.
  ignoreAnnotations: true,
  charset: 'utf8',
  logLevel: 'warning',
});
