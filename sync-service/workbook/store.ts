import type { Conflict, Mishap, Moment, Plan, WorkbookSnapshot } from '#core';

export interface ApplyResult {
  /** Cells written and rows appended. */
  readonly written: number;
  readonly conflicts: readonly Conflict[];
  /**
   * `saved`: in the workbook. `journaled`: an editor holds the file open; the change set lies in the journal and is
   * applied by the next run.
   */
  readonly state: 'saved' | 'journaled' | 'unchanged';
}

/** What every host of a workbook offers. The three adapters (xlsx, google-sheets, feishu-bitable) look alike. */
export interface WorkbookStore {
  /** Where the workbook is, as people name it: a path or an id. */
  readonly location: string;
  /**
   * Reads the workbook; writes nothing unless `settleAt` is given: then first what earlier runs still owe (changes that an
   * editor held back, and what a stale save took away), as of that moment.
   */
  read(options?: { readonly settleAt: Moment }): Promise<WorkbookSnapshot>;
  /**
   * Checks and writes. `snapshot` is the one the plan came from. Throws a StoreError with code `changed-meanwhile`
   * where the whole workbook moved on and must be read and planned again.
   */
  apply(snapshot: WorkbookSnapshot, changes: Plan['changes']): Promise<ApplyResult>;
  /**
   * Before the first mail of a run, where machines that share nothing may run the same workbook: makes sure that no other one sends from
   * what this one read. Throws a StoreError, `sent-elsewhere` or `changed-meanwhile`.
   */
  claimSending?(snapshot: WorkbookSnapshot): Promise<void>;
  /** Remembers beside the workbook what went wrong and was put right, for 首页; durable when it returns. */
  noteMishaps(snapshot: WorkbookSnapshot, mishaps: readonly Mishap[]): void;
}

export type StoreErrorCode =
  | 'not-found' | 'not-xlsx' | 'encrypted' | 'old-format' | 'binary-format' | 'zip64' | 'zip-bomb' | 'truncated'
  | 'strict-ooxml' | 'too-large' | 'changed-meanwhile' | 'held-open' | 'verify-failed' | 'no-permission' | 'disk-full'
  | 'sent-elsewhere' | 'credentials' | 'unreachable' | 'quota' | 'refused' | 'time-zone' | 'not-set-up';

/** A failure of the store itself: a code for machines, a Chinese sentence for people. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
