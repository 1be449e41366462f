// Draws the pictures of docs/install-*.md: windows as HTML mocks in Chromium, our own workbook by LibreOffice. Needs
// chromium, soffice and pdftoppm (npm test installs the first two); the PNGs are kept in docs/images.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { googlePictures } from './pictures/google.mjs';
import { windowsPictures } from './pictures/windows.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const images = join(root, 'docs', 'images');
mkdirSync(images, { recursive: true });

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const [name, html] of Object.entries({ ...windowsPictures, ...googlePictures })) {
  const tab = await browser.newPage({ deviceScaleFactor: 1.5 });
  await tab.setContent(html);
  await tab.locator('body').screenshot({ path: join(images, `${name}.png`) });
  await tab.close();
}
await browser.close();

const folder = mkdtempSync(join(tmpdir(), 'duban-pictures-'));
const file = join(folder, 'sample.xlsx');
run(process.execPath, ['dist/duban.js', 'init', file, '--policy', 'bus', '--sample']);
run(process.execPath, ['dist/duban.js', 'run', file, '--no-deliver', '--now', '2026-03-16T09:00+08:00']);
run('soffice', [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'pdf', '--outdir', folder, file]);
for (const [page, name, resolution] of [[1, 'workbook-home', 70], [2, 'workbook-items', 75]]) {
  run('pdftoppm', ['-r', String(resolution), '-f', String(page), '-l', String(page), '-singlefile', '-png', join(folder, 'sample.pdf'), join(images, name)]);
}
rmSync(folder, { recursive: true });

function run(command, args) {
  const { status, stderr, error } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command}: ${error?.message ?? stderr}`);
}
