/** What a clause of a regulation is about. */
export type ClauseKind =
  | 'role' | 'scoring' | 'classification' | 'inspection' | 'bulletin' | 'intake' | 'document' | 'deadline' | 'feedback' | 'escalation' | 'review'
  | 'archive' | 'calendar' | 'transition' | 'reminder' | 'ranking' | 'sanction' | 'rework' | 'confidentiality' | 'approval' | 'statistics'
  | 'mobile' | 'pause' | 'search';

/**
 * One clause of a regulation as an auditor looks it up. The scenarios that show it are not repeated here: a scenario
 * names its clauses (条款), and docs/conformance.md lists them from there.
 */
export interface ClauseEntry {
  readonly id: string;
  /** The article in the regulation's own numbering. */
  readonly article: string;
  readonly kind: ClauseKind;
  /** What it asks, in our own words. */
  readonly summary: string;
  /** Where it is found in the product: column, rule, parameter, notice, document or report. */
  readonly realised: string;
}
