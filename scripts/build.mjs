// Bundles the command line and its companions into dist/. Packages stay outside, so node_modules is needed at run time.
import { build } from 'esbuild';
import { existsSync } from 'node:fs';

const entries = {
  duban: 'sync-service/cli/main.ts',
  start: 'sync-service/cli/start.ts',
  bench: 'bench/main.ts',
  'kill-soak': 'bench/kill-soak.ts',
};

await build({
  entryPoints: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
  outdir: 'dist',
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  packages: 'external',
  charset: 'utf8',
  sourcemap: 'linked',
  logLevel: 'warning',
});
