/** What an execution log keeps of one run. */
export interface ExecutionRecord {
  readonly handler: string;
  readonly entry: Entry;
  readonly startedAt: number;
  readonly milliseconds: number;
  readonly serviceCalls: number;
  /** Null where it ended well. A failed trigger tells nobody but its creator by mail (notes 3.2). */
  readonly error: { readonly name: string; readonly message: string; readonly stack?: string | undefined } | null;
}

/** How a run was started, which decides its rights: menu and dialog by a click, the others by a trigger. */
export type Entry = 'menu' | 'dialog' | 'simple' | 'installable' | 'clock';
