import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { POLICIES } from '#templates';
import { CLAUSES } from '../templates/clauses.ts';
import type { ClauseEntry } from '../templates/clause-entry.ts';
import { DOCUMENTS } from '../templates/document-register.ts';
import { conformanceMarkdown, judgeConformance, type ScenarioResult } from './conformance.ts';
import { playAll } from './play-all.ts';

const EMPTY = { bus: [], logistics: [], expo: [], company: [], platform: [], tax: [] };
const COUNTS = { bus: 0, logistics: 0, expo: 0, company: 0, platform: 0, tax: 1 };
const entry: ClauseEntry = { id: 'tax-6', article: '六', kind: 'calendar', summary: '自公布之日起执行', realised: '制度生效日' };

function scenario(clauses: readonly string[], failure: string | null = null): ScenarioResult {
  return { file: 'tax-x.yaml', title: '生效', clauses, failure };
}

test.each([
  ['holds where its scenario passes', [entry], [scenario(['tax-6'])], '成立', []],
  ['does not hold without a scenario', [entry], [], '无情景', ['tax-6 无情景']],
  ['does not hold where one of two scenarios fails', [entry], [scenario(['tax-6']), scenario(['tax-6'], '应有 3\n实有')], '不成立', ['tax-x.yaml「生效」未通过:应有 3', 'tax-6 不成立']],
] as const)('a clause %s', (_name, tax, results, standing, gaps) => {
  const judged = judgeConformance({ ...EMPTY, tax }, results, COUNTS);
  expect(judged.policies.at(-1)!.results[0]!.standing).toBe(standing);
  expect(judged.gaps).toEqual(gaps);
});

test('a clause lost from the register and a clause unknown to it are gaps', () => {
  expect(judgeConformance(EMPTY, [scenario(['tax-6'])], COUNTS).gaps).toEqual(['tax 应登记 1 条,实有 0 条', '情景所列条款 tax-6 不在登记册中']);
});

test('a cell of the table keeps its bars and line breaks out of the markdown', () => {
  const text = conformanceMarkdown(judgeConformance({ ...EMPTY, tax: [{ ...entry, summary: '甲|乙\n丙' }] }, [], COUNTS));
  expect(text).toContain('| tax-6(六) | 甲\\|乙 丙 | 制度生效日 |  | 无情景 |');
});

test('the register holds every clause once, under its own policy', () => {
  expect(judgeConformance(CLAUSES, []).gaps.filter((gap) => gap.includes('应登记'))).toEqual([]);
  for (const [policy, entries] of Object.entries(CLAUSES)) expect(entries.filter(({ id }) => !id.startsWith(`${policy}-`))).toEqual([]);
});

test('every clause that a policy or a document names is in the register', () => {
  const known = new Set(Object.values(CLAUSES).flat().map(({ id }) => id));
  const named = [...JSON.stringify([POLICIES, DOCUMENTS]).matchAll(/"((?:bus|logistics|expo|company|platform|tax)-[0-9a-z][0-9a-z.-]*)"/g)].map((match) => match[1]!);
  expect(named.length).toBeGreaterThan(300);
  expect([...new Set(named)].filter((id) => !known.has(id))).toEqual([]);
});

test('every document that goes out at issue is one that can be filled', () => {
  for (const policy of Object.values(POLICIES)) {
    const names = DOCUMENTS[policy.id].map((document) => document.name);
    expect((policy.issueDocuments ?? []).flatMap((rule) => rule.names).filter((name) => !names.includes(name))).toEqual([]);
  }
});

test('docs/conformance.md is what the scenarios prove now (npm run conformance rewrites it)', () => {
  const file = new URL('../docs/conformance.md', import.meta.url);
  const conformance = judgeConformance(CLAUSES, playAll(import.meta.dirname));
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, conformanceMarkdown(conformance));
  expect(conformance.gaps).toEqual([]);
  expect(readFileSync(file, 'utf8')).toBe(conformanceMarkdown(conformance));
});
