import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DIST } from './office.ts';

const ROOT = process.cwd();
/** The last file that the build writes. */
const LAST = join(DIST, 'appsscript.json');

/** vitest globalSetup: the bundle is built once, where it is missing or older than a source. Its size is for the build to judge. */
export default function buildBundle(): void {
  const sources = ['core', 'templates', 'apps-script', 'scripts'].flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|mjs|html|json)$/.test(name) && !name.startsWith('dist')).map((name) => join(ROOT, room, name)));
  const newest = Math.max(...sources.map((file) => statSync(file).mtimeMs));
  if (existsSync(LAST) && statSync(LAST).mtimeMs >= newest) return;
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'build-apps-script.mjs')], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DUBAN_ANY_SIZE: '1' } });
}
