/** A finding about what people wrote. `code` is for machines and never changes; `message` is for people. */
export interface RowIssue {
  readonly code: IssueCode;
  readonly severity: 'error' | 'hint';
  /** Sheet name as people see it. */
  readonly sheet: string;
  /** Row as people see it (1-based), null for a whole sheet. */
  readonly row: number | string | null;
  /** Header of the column, null for a whole row. */
  readonly column: string | null;
  /** The offending value, shortened. */
  readonly value: string;
  /** A sentence in Chinese: what is wrong and what to do. */
  readonly message: string;
  /** Clause or parameter behind it, where there is one. */
  readonly because: string | null;
}

export type IssueCode =
  | 'sheet-missing' | 'header-missing' | 'column-missing' | 'column-doubled' | 'column-restored' | 'cell-merged'
  | 'policy-unknown' | 'parameter-invalid' | 'parameter-unknown' | 'parameter-doubled' | 'calendar-unpublished'
  | 'id-doubled' | 'id-altered' | 'id-restored' | 'row-vanished'
  | 'date-unreadable' | 'date-impossible' | 'number-unreadable' | 'value-unknown' | 'text-too-long'
  | 'formula-in-text' | 'formula-kept' | 'cell-error'
  | 'unit-unknown' | 'unit-outside' | 'person-unknown' | 'person-ambiguous' | 'address-invalid'
  | 'item-unknown' | 'parent-cycle' | 'parent-open'
  | 'deadline-missing' | 'deadline-before-start' | 'deadline-changed'
  | 'status-refused' | 'status-incomplete'
  | 'request-refused' | 'request-incomplete'
  | 'inspection-incomplete' | 'inspection-short' | 'archive-incomplete'
  | 'points-out-of-range' | 'value-restored' | 'value-out-of-range' | 'setup-gap' | 'batch-held' | 'workbook-copy';

/** Findings about what the run itself puts right: nothing is left for people to do, so they are told once and not counted. */
const REPAIRS: ReadonlySet<IssueCode> = new Set<IssueCode>(['value-restored', 'column-restored', 'id-restored']);

export function isRepair(issue: RowIssue): boolean {
  return REPAIRS.has(issue.code);
}

/** A row as people find it: by its number in a sheet, in a Feishu base by the record's id (`record=` in its address). */
export function rowName(ref: number | string): string {
  return typeof ref === 'number' ? `第 ${ref} 行` : `记录 ${ref} `;
}

const SHOWN_LENGTH = 40;

/** A value as it may stand in a sentence: short, on one line. */
export function shown(value: unknown): string {
  const text = String(value).replace(/\s+/g, ' ');
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}
