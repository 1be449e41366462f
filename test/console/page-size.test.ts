import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const FOLDER = 'dist/console';
const KIB = 1024;

/** A script and what it needs before it runs; what it imports later is not counted. */
function weight(name: string, counted = new Set<string>()): number {
  if (counted.has(name)) return 0;
  counted.add(name);
  const text = readFileSync(`${FOLDER}/${name}`, 'utf8');
  const needed = [...text.matchAll(/(?:from|import)\s*"\.\/([\w-]+\.js)"/g)].map(([, file]) => file!);
  return gzipSync(text).length + needed.reduce((sum, file) => sum + weight(file, counted), 0);
}

it('the first view of the console needs at most 150 KiB of compressed script, the page behind a link less', () => {
  expect(weight('app.js')).toBeLessThan(150 * KIB);
  expect(weight('answer.js')).toBeLessThan(40 * KIB);
  // The charts come later, and not into what comes first.
  expect(readFileSync(`${FOLDER}/app.js`, 'utf8')).toMatch(/import\("\.\/charts-\w+\.js"\)/);
});

it('nothing on the page is inline, so that its policy can forbid it', () => {
  for (const file of ['index.html', 'answer.html']) {
    const text = readFileSync(`${FOLDER}/${file}`, 'utf8');
    expect(text).not.toMatch(/<style|style=|<script(?![^>]*src=)|\son\w+=/);
  }
});
