import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { momentFromEpoch, type WorkbookSnapshot } from '#core';
import { POLICIES } from '#templates';
import { readable } from '../jobs/write-answer.ts';
import { holdWorkbook, type HeldWorkbook } from '../workbook/held-workbook.ts';
import { baseTokenOf } from '../workbook/location.ts';
import { openBook, type Book, type BookParts } from './book.ts';
import { bookKey } from './xlsx-book.ts';

/** A run may take minutes; who waits before a screen is told after this long. */
const RUN_PATIENCE_MS = 5_000;
/** How old what is shown may be while somebody looks. A base is read page by page and has few calls a second. */
const FRESH_MS = { gsheet: 60_000, bitable: 180_000 } as const;

export interface CloudBookParts extends Pick<BookParts, 'programVersion' | 'written'> {
  readonly location: string;
  /** Where what belongs to it lies (see siteOf). */
  readonly site: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** How often it was run: what a run wrote is read anew. */
  readonly runs: () => number;
  /** What kept it from being read anew: what was read before is shown meanwhile. */
  readonly failed: (error: unknown) => void;
}

/**
 * A Google spreadsheet or a Feishu base as the console's workbook. Nothing tells when people change it, so it is read again after
 * some time while somebody looks; what a person writes is checked against what stands there then. A place that can't be reached
 * yet is no reason not to start: each reading tries anew.
 */
export function openCloudBook({ location, site, environment, clock, runs, failed, programVersion, written }: CloudBookParts): Book {
  const fresh = FRESH_MS[baseTokenOf(location) === null ? 'gsheet' : 'bitable'];
  let holding: Promise<HeldWorkbook> | null = null;
  let kept: { readonly snapshot: WorkbookSnapshot; readonly print: string; readonly at: number; readonly runs: number } | null = null;
  let reading: Promise<WorkbookSnapshot> | null = null;
  let generation = 0;

  const held = (): Promise<HeldWorkbook> => {
    holding ??= holdWorkbook(location, site, environment).catch((error: unknown) => { holding = null; throw error; });
    return holding;
  };
  const readAnew = (): Promise<WorkbookSnapshot> => {
    const after = runs();
    reading ??= held().then(({ store }) => store.read()).then((snapshot) => {
      const print = createHash('sha256').update(JSON.stringify(snapshot.sheets)).digest('base64');
      if (kept !== null && kept.print !== print) generation += 1;
      kept = { snapshot, print, at: clock(), runs: after };
      return snapshot;
    }).finally(() => { reading = null; });
    return reading;
  };

  return openBook({
    key: bookKey(location), name: `${baseTokenOf(location) === null ? '谷歌表格' : '多维表格'} ${location.split(':')[1]!.slice(0, 8)}`, folder: dirname(site), policies: POLICIES, programVersion, written,
    clock: () => momentFromEpoch(clock()),
    version() {
      if (kept !== null && (clock() - kept.at > fresh || runs() !== kept.runs) && reading === null) {
        // Whoever asks next sees what came; what can't be read now is tried again after the same time.
        readAnew().catch((error: unknown) => { if (kept !== null) kept = { ...kept, at: clock(), runs: runs() }; failed(error); });
      }
      return String(generation);
    },
    async readHistory() {
      return readable(POLICIES, await (await held()).everyRow()).sheets.history.rows.map(({ cells }) => cells);
    },
    // Both append to 流转记录: a run and a person take turns.
    alone: async (work) => (await held()).alone(RUN_PATIENCE_MS, work),
    store: {
      location,
      read: async (options) => (options === undefined ? kept?.snapshot ?? readAnew() : (await held()).store.read(options)),
      async apply(snapshot, changes) {
        try {
          return await (await held()).store.apply(snapshot, changes);
        } finally {
          kept = null;
          generation += 1;
        }
      },
      noteMishaps: () => undefined,
    },
  });
}
