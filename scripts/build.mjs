// Bundles the command line and its companions into dist/. Packages stay outside, so node_modules is needed at run time;
// but for those that every run loads: whole, and file by file, they take longer to load than a run takes.
// With --program: the command line and the console's page alone, as npm packs them.
import { build } from 'esbuild';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';

const entries = {
  duban: 'sync-service/cli/main.ts',
  start: 'sync-service/cli/start.ts',
  bench: 'bench/main.ts',
  'kill-soak': 'bench/kill-soak.ts',
  fortnight: 'bench/fortnight.ts',
  quarter: 'bench/quarter.ts',
  feishu: 'bench/feishu.ts',
  seeds: 'bench/seeds.ts',
  'serve-kills': 'bench/serve-kills.ts',
  workers: 'bench/workers.ts',
  'worker-kills': 'bench/worker-kills.ts',
  'google-process': 'bench/google-process.ts',
  conformance: 'scenarios/conformance-main.ts',
  'break-rules': 'scenarios/break-rules-main.ts',
};

const isProgram = process.argv.includes('--program');
const wanted = Object.entries(entries).filter(([name, file]) => existsSync(file) && (name === 'duban' || !isProgram));

const BUNDLED = ['date-fns', 'zod', 'nodemailer', 'hono'];
const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const external = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !BUNDLED.includes(name));

const { metafile } = await build({
  entryPoints: Object.fromEntries(wanted),
  outdir: 'dist',
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  external: external.flatMap((name) => [name, `${name}/*`]),
  charset: 'utf8',
  sourcemap: 'linked',
  metafile: true,
  logLevel: 'warning',
});

// What earlier builds left behind is in nobody's package.
for (const name of readdirSync('dist/chunks')) if (metafile.outputs[`dist/chunks/${name}`] === undefined) rmSync(`dist/chunks/${name}`);

// The console's page: what a browser loads, charts apart and later.
const page = 'sync-service/console/page';
rmSync('dist/console', { recursive: true, force: true });
mkdirSync('dist/console', { recursive: true });
await build({
  entryPoints: { app: `${page}/main.tsx`, answer: `${page}/answer.tsx`, style: `${page}/app.css` },
  outdir: 'dist/console', bundle: true, splitting: true, chunkNames: '[name]-[hash]', platform: 'browser', format: 'esm', target: ['chrome109', 'firefox115', 'safari16'],
  jsx: 'automatic', jsxImportSource: 'preact', minify: true, charset: 'utf8', legalComments: 'none', logLevel: 'warning', define: { 'process.env.NODE_ENV': '"production"' },
});
for (const file of ['index.html', 'answer.html', 'icon.svg']) copyFileSync(`${page}/${file}`, `dist/console/${file}`);
