import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Policy } from '#core';
import { googleIdOf } from './location.ts';
import { openJournalOf, type DeliveryJournal } from './memory/delivery-journal.ts';
import { withProcessLock } from './memory/process-lock.ts';
import type { WorkbookStore } from './store.ts';
import { openDeliveryJournal } from './xlsx/delivery-journal.ts';
import { dubanFolder } from './xlsx/identity.ts';
import { withRunLock } from './xlsx/run-lock.ts';
import { openXlsxStore } from './xlsx/store.ts';

/** A workbook with what this machine keeps of it, whatever its host. */
export interface HeldWorkbook {
  readonly store: WorkbookStore;
  readonly openJournal: () => DeliveryJournal;
  /** The path of an .xlsx with the workbook's rows: itself, or, of a spreadsheet, one that is written out at its site. */
  readonly asFile: (policies: Readonly<Record<string, Policy>>) => Promise<string>;
  /** Alone among the processes of this machine. Throws a StoreError where another one stays longer than `patienceMs`. */
  alone<T>(patienceMs: number, work: () => Promise<T>): Promise<T>;
}

/** Holds the workbook at a location; `site` is where what belongs to it lies (see siteOf). Reads nothing of the workbook yet. */
export async function holdWorkbook(location: string, site: string, environment: Readonly<Record<string, string | undefined>>): Promise<HeldWorkbook> {
  const id = googleIdOf(location);
  if (id === null) {
    return {
      store: openXlsxStore(location), openJournal: () => openDeliveryJournal(location), asFile: () => Promise.resolve(location),
      alone: (patienceMs, work) => withRunLock(realpathSync(location), patienceMs, work),
    };
  }
  // Google's client takes long to load: not for those who have none.
  const [{ sheetsApiFrom }, { openGoogleStore }] = await Promise.all([import('./google-sheets/access.ts'), import('./google-sheets/store.ts')]);
  const folder = dubanFolder(site);
  const api = sheetsApiFrom(environment);
  return {
    store: openGoogleStore(api, id, folder), openJournal: () => openJournalOf(folder, id),
    async asFile(policies) {
      const { exportXlsx } = await import('./google-sheets/export-xlsx.ts');
      const bytes = await exportXlsx(api, id, site, policies);
      mkdirSync(dirname(site), { recursive: true });
      writeFileSync(site, bytes, { mode: 0o600 });
      return site;
    },
    alone: (patienceMs, work) => withProcessLock(join(folder, `${basename(site)}.run.lock`), patienceMs, work),
  };
}
