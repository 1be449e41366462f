import type { PolicyId } from '#core';
import { CLAUSES } from '../../templates/clauses.ts';

/** How people call a clause of a regulation: `第十五条2`; the id itself where the register has none. */
export function articlesOf(policy: PolicyId): (clause: string) => string {
  const articles = new Map(CLAUSES[policy].map(({ id, article }) => [id, article]));
  return (clause) => articles.get(clause) ?? clause;
}
