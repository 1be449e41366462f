import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Policy, WorkbookSnapshot } from '#core';
import type { CallQuota } from './call-quota.ts';
import { baseTokenOf, googleIdOf } from './location.ts';
import { openJournalOf, type DeliveryJournal } from './memory/delivery-journal.ts';
import { withProcessLock } from './memory/process-lock.ts';
import type { WorkbookStore } from './store.ts';
import { openDeliveryJournal } from './xlsx/delivery-journal.ts';
import { dubanFolder } from './xlsx/identity.ts';
import { readEveryRow } from './xlsx/read-snapshot.ts';
import { withRunLock } from './xlsx/run-lock.ts';
import { openXlsxStore } from './xlsx/store.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A workbook with what this machine keeps of it, whatever its host. */
export interface HeldWorkbook {
  readonly store: WorkbookStore;
  readonly openJournal: () => DeliveryJournal;
  /** The path of an .xlsx with the workbook's rows: itself, or, of one in the cloud, one that is written out at its site. */
  readonly asFile: (policies: Readonly<Record<string, Policy>>) => Promise<string>;
  /** The workbook with every row, also those that a run needs nothing of. */
  readonly everyRow: () => Promise<WorkbookSnapshot>;
  /** Alone among the processes of this machine. Throws a StoreError where another one stays longer than `patienceMs`. */
  alone<T>(patienceMs: number, work: () => Promise<T>): Promise<T>;
}

/** Holds the workbook at a location; `site` is where what belongs to it lies (see siteOf), `quota` where calls to the cloud are counted, this process alone unless told otherwise. Reads nothing of the workbook yet. */
export async function holdWorkbook(location: string, site: string, environment: Environment, quota?: CallQuota): Promise<HeldWorkbook> {
  const [google, feishu] = [googleIdOf(location), baseTokenOf(location)];
  if (google !== null) return inCloud(location, google, site, await googleSide(google, dubanFolder(site), environment, quota));
  if (feishu !== null) return inCloud(location, feishu, site, await feishuSide(feishu, dubanFolder(site), environment, quota));
  return {
    store: openXlsxStore(location), openJournal: () => openDeliveryJournal(location),
    everyRow: async () => readEveryRow(await readFile(location), Date.now()).snapshot, asFile: () => Promise.resolve(location),
    alone: (patienceMs, work) => withRunLock(realpathSync(location), patienceMs, work),
  };
}

/** What tells one host in the cloud from another. */
interface CloudSide {
  readonly store: WorkbookStore;
  readonly everyRow: () => Promise<WorkbookSnapshot>;
}

// The hosts' clients take long to load: not for those who have none.
async function googleSide(id: string, folder: string, environment: Environment, quota: CallQuota | undefined): Promise<CloudSide> {
  const [{ sheetsApiFrom }, { openGoogleStore }, { loadWorkbook }] = await Promise.all([import('./google-sheets/access.ts'), import('./google-sheets/store.ts'), import('./google-sheets/read-snapshot.ts')]);
  const api = sheetsApiFrom(environment, quota);
  return { store: openGoogleStore(api, id, folder), everyRow: async () => (await loadWorkbook(api, id, 'every')).snapshot };
}

async function feishuSide(appToken: string, folder: string, environment: Environment, quota: CallQuota | undefined): Promise<CloudSide> {
  const [{ bitableApiFrom, peopleFrom }, { openBitableStore }, { loadBase }] = await Promise.all([import('./feishu-bitable/access.ts'), import('./feishu-bitable/store.ts'), import('./feishu-bitable/read-snapshot.ts')]);
  const api = bitableApiFrom(environment, appToken, quota);
  return { store: openBitableStore(api, folder, peopleFrom(environment, folder, quota)), everyRow: async () => (await loadBase(api, 'every')).snapshot };
}

function inCloud(location: string, id: string, site: string, { store, everyRow }: CloudSide): HeldWorkbook {
  const folder = dubanFolder(site);
  return {
    store, everyRow, openJournal: () => openJournalOf(folder, id),
    async asFile(policies) {
      const { exportXlsx } = await import('./export-xlsx.ts');
      const bytes = await exportXlsx(await everyRow(), { id, location, file: site }, policies);
      mkdirSync(dirname(site), { recursive: true });
      writeFileSync(site, bytes, { mode: 0o600 });
      return site;
    },
    alone: (patienceMs, work) => withProcessLock(join(folder, `${basename(site)}.run.lock`), patienceMs, work),
  };
}
