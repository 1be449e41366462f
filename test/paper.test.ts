import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dubanHere } from './support/cli-here.ts';

/** Sizes in points: A4 upright, A3 lying. */
const A4 = [595, 842];
const A3 = [1191, 842];

let folder = '';
let pages: number[][] = [];

/** Width and height of every page of a PDF as LibreOffice writes it. */
function pageSizes(pdf: Buffer): number[][] {
  return [...pdf.toString('latin1').matchAll(/\/Type\/Page\/.*?\/MediaBox\[0 0 ([\d.]+) ([\d.]+)\]/gs)].map(([, width, height]) => [Math.round(Number(width)), Math.round(Number(height))]);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'duban-paper-'));
  const file = join(folder, '台账.xlsx');
  expect((await dubanHere(['init', file, '--policy', 'bus', '--sample'])).status).toBe(0);
  expect((await dubanHere(['run', file, '--now', '2026-03-16T09:00+08:00'])).status).toBe(0);
  await promisify(execFile)('soffice', [`-env:UserInstallation=file://${join(folder, 'profile')}`, '--headless', '--convert-to', 'pdf', '--outdir', folder, file], { timeout: 100_000 });
  pages = pageSizes(await readFile(join(folder, '台账.pdf')));
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

test('首页 prints on one A4 page, every other sheet on A3 lying', () => {
  expect(pages[0]).toEqual(A4);
  expect(pages.length).toBeGreaterThan(15);
  expect(pages.slice(1).filter((size) => String(size) !== String(A3))).toEqual([]);
});
