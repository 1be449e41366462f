import { POLICIES } from '#templates';
import type { PolicyId } from '#core';
import type { ClauseEntry } from '../templates/clause-entry.ts';

/** How a scenario went: null where it held, else why not. */
export interface ScenarioResult {
  readonly file: string;
  readonly title: string;
  readonly clauses: readonly string[];
  readonly failure: string | null;
}

export interface ClauseResult {
  readonly entry: ClauseEntry;
  readonly scenarios: readonly ScenarioResult[];
  /** A clause holds where a scenario shows it and every scenario that shows it passes. */
  readonly standing: '成立' | '不成立' | '无情景';
}

export interface Conformance {
  readonly policies: readonly { readonly id: PolicyId; readonly results: readonly ClauseResult[]; readonly holding: number }[];
  /** One sentence for each thing that keeps the register from being complete and true. */
  readonly gaps: readonly string[];
}

/** How many clauses each regulation has: a register that loses one is no register. */
const CLAUSE_COUNTS: Readonly<Record<PolicyId, number>> = { bus: 58, logistics: 38, expo: 66, company: 51, platform: 37, tax: 43 };

type Register = Readonly<Record<PolicyId, readonly ClauseEntry[]>>;

/** Judges every clause of the register by the scenarios that name it. */
export function judgeConformance(register: Register, results: readonly ScenarioResult[], counts: Readonly<Record<PolicyId, number>> = CLAUSE_COUNTS): Conformance {
  const gaps: string[] = [];
  const showing = new Map<string, ScenarioResult[]>();
  for (const result of results) {
    if (result.failure !== null) gaps.push(`${result.file}「${result.title}」未通过:${result.failure.split('\n')[0]}`);
    for (const id of result.clauses) showing.set(id, [...(showing.get(id) ?? []), result]);
  }
  const known = new Set<string>();
  const policies = (Object.keys(register) as PolicyId[]).map((id) => {
    const entries = register[id];
    const ids = new Set(entries.map((entry) => entry.id));
    if (ids.size !== counts[id]) gaps.push(`${id} 应登记 ${counts[id]} 条,实有 ${ids.size} 条`);
    const judged = entries.map((entry): ClauseResult => {
      known.add(entry.id);
      const scenarios = showing.get(entry.id) ?? [];
      const standing = scenarios.length === 0 ? '无情景' : scenarios.every((scenario) => scenario.failure === null) ? '成立' : '不成立';
      if (standing !== '成立') gaps.push(`${entry.id} ${standing}`);
      return { entry, scenarios, standing };
    });
    return { id, results: judged, holding: judged.filter((result) => result.standing === '成立').length };
  });
  for (const id of showing.keys()) if (!known.has(id)) gaps.push(`情景所列条款 ${id} 不在登记册中`);
  return { policies, gaps };
}

/** docs/conformance.md: what an auditor reads. */
export function conformanceMarkdown({ policies }: Conformance): string {
  const total = policies.reduce((sum, { results }) => sum + results.length, 0);
  const holding = policies.reduce((sum, policy) => sum + policy.holding, 0);
  const lines = [
    '# 条款对照', '',
    '每一条款在产品中如何实现、由哪些情景证明。本文件由 `npm run conformance` 生成,请勿手改;情景原文在 `scenarios/` 目录,一条款的全部情景通过方为成立。', '',
    '| 制度 | 条款数 | 成立 |', '|---|---|---|',
    ...policies.map(({ id, results, holding: own }) => `| ${POLICIES[id].name}(${id}) | ${results.length} | ${own} |`),
    `| 合计 | ${total} | ${holding} |`,
  ];
  for (const { id, results } of policies) {
    lines.push('', `## ${POLICIES[id].name}(${id})`, '', '| 条款 | 内容 | 实现 | 情景 | 结果 |', '|---|---|---|---|---|');
    for (const { entry, scenarios, standing } of results) {
      const shown = scenarios.map((scenario) => `${scenario.file.replace('.yaml', '')}:${scenario.title}`);
      lines.push(row([`${entry.id}(${entry.article})`, entry.summary, entry.realised, shown.join('<br>'), standing]));
    }
  }
  return `${lines.join('\n')}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}
