import type { Quota } from '../test/google/google-double.ts';

/** What a Google double in a process of its own holds, and how it behaves. */
export interface GoogleOrders {
  readonly workbooks: number;
  readonly latencyMs: number;
  /** Null: as much as wanted. */
  readonly quota: Quota | null;
  /** How far its clock is from the machine's, as the workers' is. */
  readonly clockShiftMs: number;
}

/** What it tells its parent: once when it listens, then on every message. */
export interface GoogleWord {
  readonly address: string;
  /** The key files of the workers' accounts. */
  readonly keys: readonly object[];
  readonly calls: { readonly reads: number; readonly writes: number; readonly refused: number };
}

export function workbookId(index: number): string {
  return `bench-${index}`;
}
