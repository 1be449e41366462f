// Packs the program as npm does, installs the package in an empty folder and works with it: `npm run try:package`.
// Ends with 1 where something is in the package that no office needs, or a command of the installed one fails.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Every file of the package begins with one of these. */
const WANTED = ['dist/duban.js', 'dist/chunks/', 'dist/console/', 'templates/', 'package.json', 'README.md', 'README.zh-CN.md', 'CHANGELOG.md', 'LICENSE'];
const NOW = ['--now', '2026-03-16T09:00+08:00'];

const folder = mkdtempSync(join(tmpdir(), 'duban-package-'));
try {
  const [{ filename, files, size, unpackedSize }] = JSON.parse(run(process.cwd(), 'npm', ['pack', '--json', '--silent', '--pack-destination', folder]));
  const unwanted = files.map(({ path }) => path).filter((path) => !WANTED.some((begin) => path.startsWith(begin)) || /\.(map|ts)$/.test(path));
  if (unwanted.length > 0) throw new Error(`not for the package: ${unwanted.join(', ')}`);
  const missing = WANTED.filter((begin) => !files.some(({ path }) => path.startsWith(begin)));
  if (missing.length > 0) throw new Error(`missing in the package: ${missing.join(', ')}`);
  console.log(`${filename}: ${files.length} files, ${(size / 1e6).toFixed(1)} MB, ${(unpackedSize / 1e6).toFixed(1)} MB unpacked`);

  const office = join(folder, 'office');
  mkdirSync(office);
  writeFileSync(join(office, 'package.json'), '{ "private": true }\n');
  run(office, 'npm', ['install', '--omit=dev', '--no-audit', '--no-fund', '--prefer-offline', join(folder, filename)]);
  const duban = (...args) => run(office, 'npx', ['--no-install', 'duban', ...args]);
  for (const args of [
    ['init', '台账.xlsx', '--policy', 'tax', '--sample', ...NOW], ['run', '台账.xlsx', ...NOW], ['report', '台账.xlsx', '--period', '2026-02', ...NOW], ['backup', '台账.xlsx', ...NOW],
  ]) console.log(`duban ${args.join(' ')}\n  ${duban(...args).trim().split('\n').at(-1)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(cwd, command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}${stdout}`);
  return stdout;
}
