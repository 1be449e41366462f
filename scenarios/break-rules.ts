import type { Policy } from '#core';

/** A policy with one thing of one rule taken away or changed, and what that was. */
export interface BrokenPolicy {
  readonly what: string;
  readonly policy: Policy;
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type Path = readonly (string | number)[];

/** What a rule is called, says or rests on: words, not what it does; and when a notice falls due, which is no part to leave out. */
const WORDS: ReadonlySet<string> = new Set(['id', 'name', 'kind', 'clause', 'text', 'ask', 'reason', 'type', 'moment']);
/** The rules of a policy; the rest is its vocabulary. */
const RULES = [
  'deadlines', 'notices', 'feedbackCycles', 'feedback', 'scores', 'approvals', 'guards', 'issueApprovals', 'rights', 'assignableRoles', 'assignableUnitTypes',
  'sanctions', 'accountability', 'manualScores', 'inspections', 'tracks', 'staffing', 'archive', 'defaults', 'issueDocuments', 'nodeTemplates', 'bulletins',
] as const;

/** Every way to break one rule of a policy: an element left out, an optional part left out, a default value moved. */
export function* brokenPolicies(policy: Policy): Generator<BrokenPolicy> {
  for (const name of RULES) if (policy[name] !== undefined) yield* broken(policy, [name]);
  for (const [index, { key, type, value }] of policy.parameters.entries()) {
    const others = type.kind === 'choice' ? type.values.filter((other) => other !== value) : typeof value === 'number' ? [value + 1] : [];
    for (const other of others) yield { what: `${key} ${other} 而非 ${value}`, policy: changed(policy, ['parameters', index, 'value'], other) };
  }
}

function* broken(policy: Policy, path: Path): Generator<BrokenPolicy> {
  const value = at(policy, path);
  if (Array.isArray(value)) {
    for (const index of value.keys()) {
      yield { what: `${told(policy, path)} 少 ${JSON.stringify(value[index]).slice(0, 90)}`, policy: changed(policy, path, value.filter((_, place) => place !== index)) };
      if (typeof value[index] === 'object') yield* broken(policy, [...path, index]);
    }
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const isCondition = path.at(-1) === 'when';
  for (const [key, part] of Object.entries(value)) {
    if (WORDS.has(key)) continue;
    if (typeof part === 'object' && !isCondition) yield* broken(policy, [...path, key]);
    else yield { what: `${told(policy, path)} 无 ${key} ${JSON.stringify(part)}`, policy: changed(policy, path, Object.fromEntries(Object.entries(value).filter(([other]) => other !== key))) };
  }
}

function told(policy: Policy, path: Path): string {
  const rule = at(policy, path.slice(0, 2));
  const { clause = '', type = '' } = (typeof rule === 'object' ? rule : {}) as { readonly clause?: string; readonly type?: string };
  return `${path.join('.')} ${clause} ${type}`;
}

function at(value: unknown, path: Path): Json {
  return path.reduce((part, key) => (part as Record<string, unknown>)[key], value) as Json;
}

function changed<T>(value: T, path: Path, to: unknown): T {
  const [key, ...rest] = path;
  if (key === undefined) return to as T;
  const own = (value as Record<string, unknown>)[key];
  const next = changed(own, rest, to);
  return (Array.isArray(value) ? value.map((part: unknown, index) => (index === key ? next : part)) : { ...value, [key]: next }) as T;
}
