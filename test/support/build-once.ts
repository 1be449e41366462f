import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DIST_CLI, ROOT } from './built-cli.ts';

/** vitest globalSetup: the command line is built once, where dist is missing or older than a source. */
export default function buildOnce(): void {
  const sources = ['core', 'templates', 'sync-service', 'scripts'].flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|mjs|docx)$/.test(name)).map((name) => join(ROOT, room, name)));
  const newest = Math.max(...[...sources, join(ROOT, 'package.json')].map((file) => statSync(file).mtimeMs));
  if (existsSync(DIST_CLI) && statSync(DIST_CLI).mtimeMs >= newest) return;
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs')], { cwd: ROOT, stdio: 'inherit' });
}
