import { dayOf, groupBy, itemsAt, type Answer, type CellsOf, type ItemsAt, type Moment, type Policy, type Workbook } from '#core';
import { readable, writeAnswer, type WriteOutcome } from '../jobs/write-answer.ts';
import { StoreError, type WorkbookStore } from '../workbook/store.ts';

/** A workbook as it was read, with what holds of its items now. */
export interface BookState {
  readonly at: ItemsAt;
  /** Another text once the workbook was saved. */
  readonly version: string;
}

/** One workbook as the console reads and writes it. */
export interface Book {
  /** In addresses and links: the same for as long as the workbook lies where it is. */
  readonly key: string;
  readonly name: string;
  /** The folder in which what belongs to the workbook lies: attachments, the office's own templates; null where there is none. */
  readonly folder: string | null;
  /** Throws a StoreError or an UnreadableBookError (write-answer.ts) with a sentence for people. */
  state(): Promise<BookState>;
  /** Every row of 流转记录 about an item, in its order. */
  historyOf(itemId: string): Promise<readonly CellsOf<'history'>[]>;
  /** Writes what a person decided, as 操作人 `actor` (asked for once it is decided), into the workbook as it is at that moment. */
  write(actor: string | (() => string), decide: (workbook: Workbook, now: Moment) => Answer): Promise<WriteOutcome>;
  /** Calls back when the workbook was saved; answers how to stop. */
  watch(changed: () => void): () => void;
}

export interface BookParts {
  readonly key: string;
  readonly name: string;
  readonly folder: string | null;
  readonly policies: Readonly<Record<string, Policy>>;
  readonly store: WorkbookStore;
  /** Changes whenever the workbook is saved. */
  version(): string;
  /** 流转记录 with every row: a store may read its last row only. */
  readHistory(): Promise<readonly CellsOf<'history'>[]>;
  /** Keeps other processes of this machine out while a person's decision is written; absent where the store does. */
  readonly alone?: <T>(work: () => Promise<T>) => Promise<T>;
  readonly clock: () => Moment;
  readonly programVersion: string;
  /** After something was written: the next run shows what follows from it. */
  written(): void;
}

const LOOK_EVERY_MS = 2000;
/** Lights follow the day, and the hour where limits have one: a few minutes later is soon enough for a screen. */
const KEPT_MINUTES = 5;

/**
 * Keeps a workbook parsed until it is saved, and what holds of its items for some minutes. Reading never waits for a run,
 * and a run never for a reader; a person's writes go in one after the other.
 */
export function openBook(parts: BookParts): Book {
  const { store, clock } = parts;
  let read: { readonly version: string; readonly workbook: Promise<Workbook> } | null = null;
  let shown: (BookState & { readonly now: Moment }) | null = null;
  let history: { readonly version: string; readonly byItem: Promise<ReadonlyMap<string, readonly CellsOf<'history'>[]>> } | null = null;
  let writing: Promise<unknown> = Promise.resolve();
  const watchers = new Set<() => void>();
  let timer: NodeJS.Timeout | null = null;

  function workbookAt(version: string): Promise<Workbook> {
    if (read?.version !== version) {
      const workbook = store.read().then((snapshot) => readable(parts.policies, snapshot));
      read = { version, workbook };
      workbook.catch(() => { if (read?.workbook === workbook) read = null; });
    }
    return read.workbook;
  }

  return {
    key: parts.key, name: parts.name, folder: parts.folder,
    async state() {
      const version = parts.version();
      const workbook = await workbookAt(version);
      const now = clock();
      if (shown?.version !== version || now >= shown.now + KEPT_MINUTES || dayOf(now) !== dayOf(shown.now)) shown = { version, now, at: itemsAt(workbook, now) };
      return shown;
    },
    async historyOf(itemId) {
      const version = parts.version();
      if (history?.version !== version) {
        const byItem = parts.readHistory().then((rows) => groupBy(rows, ({ itemId: id }) => id));
        history = { version, byItem };
        byItem.catch(() => { if (history?.byItem === byItem) history = null; });
      }
      return (await history.byItem).get(itemId) ?? [];
    },
    write(actor, decide) {
      const decided = (): Promise<WriteOutcome> => writeAnswer(parts, typeof actor === 'string' ? () => actor : actor, decide);
      const mine = writing.then(() => (parts.alone === undefined ? decided() : parts.alone(decided))).then((outcome) => {
        if (outcome.kind === 'done' && outcome.written > 0) parts.written();
        return outcome;
      }, (error: unknown): WriteOutcome => {
        if (error instanceof StoreError && error.code === 'changed-meanwhile') return { kind: 'held', message: '督办程序或别人正在写这份工作簿:请稍后再试' };
        throw error;
      });
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
