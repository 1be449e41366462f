import { momentFromEpoch } from '#core';
import { POLICIES } from '#templates';
import { readable } from '../jobs/write-answer.ts';
import { holdWorkbook } from '../workbook/held-workbook.ts';
import type { WorkbookStore } from '../workbook/store.ts';
import { openBook, type Book } from './book.ts';
import { bookKey } from './xlsx-book.ts';

/** A run of the same process may be at work. */
const PATIENCE_MS = 60_000;
/** What nobody told of is seen after so long: each look reads the whole base. */
const LOOK_EVERY_MS = 5 * 60_000;

/** A Feishu base as the console's workbook. `runs`: how often it was run; `written`: something was written, a run is due. */
export function openBaseBook(location: string, { site, programVersion, runs, written }: { readonly site: string; readonly programVersion: string; readonly runs: () => number; readonly written: () => void }): Book {
  const held = () => holdWorkbook(location, site, process.env);
  let writes = 0;
  const store: WorkbookStore = {
    location, read: async (options) => (await own()).read(options), apply: async (snapshot, changes) => (await own()).apply(snapshot, changes), noteMishaps: () => undefined,
  };
  // One store for all reads and writes: it knows only snapshots that it read itself.
  let opened: Promise<WorkbookStore> | null = null;
  const own = (): Promise<WorkbookStore> => (opened ??= held().then((one) => one.store));
  return openBook({
    key: bookKey(location), name: location, policies: POLICIES, programVersion, store, clock: () => momentFromEpoch(Date.now()),
    version: () => `${runs()}-${writes}-${Math.floor(Date.now() / LOOK_EVERY_MS)}`,
    readHistory: async () => readable(POLICIES, await (await held()).everyRow()).sheets.history.rows.map(({ cells }) => cells),
    alone: async (work) => (await held()).alone(PATIENCE_MS, work),
    written() {
      writes += 1;
      written();
    },
  });
}
