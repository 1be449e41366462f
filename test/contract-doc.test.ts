import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { contractMarkdown } from '#core';

const FILE = new URL('../docs/workbook-contract.md', import.meta.url);

it('docs/workbook-contract.md says what the contract says (UPDATE_DOCS=1 rewrites it)', () => {
  const text = contractMarkdown();
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(FILE, text);
  expect(readFileSync(FILE, 'utf8')).toBe(text);
});
