import { dayOf, groupBy, itemsAt, parseWorkbook, signChanges, workbookOn, type Answer, type CellsOf, type ItemsAt, type Moment, type Policy, type Workbook } from '#core';
import { StoreError, type WorkbookStore } from '../workbook/store.ts';

/** A workbook as it was read, with what holds of its items now. */
export interface BookState {
  readonly at: ItemsAt;
  /** Another text once the workbook was saved. */
  readonly version: string;
}

export type WriteOutcome =
  | { readonly kind: 'done'; readonly written: number }
  | { readonly kind: 'refused' | 'conflict' | 'held'; readonly message: string };

/** One workbook as the console reads and writes it. */
export interface Book {
  /** In addresses and links: the same for as long as the workbook lies where it is. */
  readonly key: string;
  readonly name: string;
  /** Throws a StoreError or an UnreadableBookError with a sentence for people. */
  state(): Promise<BookState>;
  /** Every row of 流转记录 about an item, in its order. */
  historyOf(itemId: string): Promise<readonly CellsOf<'history'>[]>;
  /** Writes what a person decided, as 操作人 `actor`, into the workbook as it is at that moment. */
  write(actor: string, decide: (workbook: Workbook, now: Moment) => Answer): Promise<WriteOutcome>;
  /** Calls back when the workbook was saved; answers how to stop. */
  watch(changed: () => void): () => void;
}

export interface BookParts {
  readonly key: string;
  readonly name: string;
  readonly policies: Readonly<Record<string, Policy>>;
  readonly store: WorkbookStore;
  /** Changes whenever the workbook is saved. */
  version(): string;
  /** 流转记录 with every row: a store may read its last row only. */
  readHistory(): readonly CellsOf<'history'>[];
  readonly clock: () => Moment;
  readonly programVersion: string;
  /** After something was written: the next run shows what follows from it. */
  written(): void;
}

/** A workbook that reads, but can't be run. */
export class UnreadableBookError extends Error {}

const LOOK_EVERY_MS = 2000;
/** Lights follow the day, and the hour where limits have one: a few minutes later is soon enough for a screen. */
const KEPT_MINUTES = 5;
const TRIES = 4;

/**
 * Keeps a workbook parsed until it is saved, and what holds of its items for some minutes. Reading never waits for a run,
 * and a run never for a reader; a person's writes go in one after the other.
 */
export function openBook(parts: BookParts): Book {
  const { store, clock } = parts;
  let read: { readonly version: string; readonly workbook: Promise<Workbook> } | null = null;
  let shown: (BookState & { readonly now: Moment }) | null = null;
  let history: { readonly version: string; readonly byItem: ReadonlyMap<string, readonly CellsOf<'history'>[]> } | null = null;
  let writing: Promise<unknown> = Promise.resolve();
  const watchers = new Set<() => void>();
  let timer: NodeJS.Timeout | null = null;

  function workbookAt(version: string): Promise<Workbook> {
    if (read?.version !== version) {
      const workbook = store.read().then((snapshot) => parsed(parts, snapshot));
      read = { version, workbook };
      workbook.catch(() => { if (read?.workbook === workbook) read = null; });
    }
    return read.workbook;
  }

  async function writeOnce(actor: string, decide: (workbook: Workbook, now: Moment) => Answer): Promise<WriteOutcome> {
    const now = clock();
    const snapshot = await store.read({ settleAt: now });
    const workbook = workbookOn(parsed(parts, snapshot), dayOf(now));
    if (workbook.isCopy) return { kind: 'refused', message: '这是副本,不能在网页办理:请先选择搬家、存档或演练' };
    const answer = decide(workbook, now);
    if (answer.kind === 'refused') return answer;
    const applied = await store.apply(snapshot, signChanges(workbook, answer.changes, actor, now, parts.programVersion));
    const clash = applied.conflicts[0];
    if (clash !== undefined) return { kind: 'conflict', message: `表格刚被人改动(现为「${clash.found}」),没有写入:请看过后再办` };
    if (applied.written > 0) parts.written();
    return { kind: 'done', written: answer.changes.length };
  }

  async function write(actor: string, decide: (workbook: Workbook, now: Moment) => Answer): Promise<WriteOutcome> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await writeOnce(actor, decide);
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        if (error.code === 'held-open') return { kind: 'held', message: error.message };
        if (error.code !== 'changed-meanwhile' || attempt >= TRIES) throw error;
      }
    }
  }

  return {
    key: parts.key, name: parts.name,
    async state() {
      const version = parts.version();
      const workbook = await workbookAt(version);
      const now = clock();
      if (shown?.version !== version || now >= shown.now + KEPT_MINUTES || dayOf(now) !== dayOf(shown.now)) shown = { version, now, at: itemsAt(workbook, now) };
      return shown;
    },
    async historyOf(itemId) {
      const version = parts.version();
      if (history?.version !== version) history = { version, byItem: groupBy(parts.readHistory(), ({ itemId }) => itemId) };
      return Promise.resolve(history.byItem.get(itemId) ?? []);
    },
    write(actor, decide) {
      const mine = writing.then(() => write(actor, decide));
      writing = mine.catch(() => undefined);
      return mine;
    },
    watch(changed) {
      watchers.add(changed);
      let known = parts.version();
      timer ??= setInterval(() => {
        const now = parts.version();
        if (now === known) return;
        known = now;
        for (const watcher of watchers) watcher();
      }, LOOK_EVERY_MS).unref();
      return () => {
        watchers.delete(changed);
        if (watchers.size > 0 || timer === null) return;
        clearInterval(timer);
        timer = null;
      };
    },
  };
}

function parsed({ policies }: BookParts, snapshot: Parameters<typeof parseWorkbook>[0]): Workbook {
  const { workbook, issues } = parseWorkbook(snapshot, policies);
  if (workbook === null) throw new UnreadableBookError(issues.find(({ severity }) => severity === 'error')?.message ?? '工作簿不完整');
  return workbook;
}
