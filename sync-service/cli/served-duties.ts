import { basename } from 'node:path';
import { momentFromEpoch } from '#core';
import { POLICIES } from '#templates';
import { backUp } from '../archive/make-archive.ts';
import { openPlace } from '../archive/places/place.ts';
import { nameBeginning, newestArchive } from '../archive/rotation.ts';
import { backupPlace, type ServeConfig, type ServedWorkbook } from '../config/config.ts';
import type { OfficeServiceParts } from '../jobs/office-service.ts';
import { runLocated } from '../jobs/run-located.ts';
import type { RunOutcome } from '../jobs/run-workbook.ts';
import { guarded } from '../notify/guarded-transport.ts';
import { holdWorkbook } from '../workbook/held-workbook.ts';
import { VERSION } from './version.ts';
import { requireLive, transportFor } from './workbook-files.ts';

/** The backups that a configuration asks for; the same on one machine and in a cluster. */
export function backupsOf({ schedule, to, recipients }: NonNullable<ServeConfig['backups']>): NonNullable<OfficeServiceParts['backups']> {
  return {
    schedule,
    async newest({ site }) {
      return newestArchive(basename(site), await openPlace(backupPlace(site, to), process.env).list(nameBeginning(basename(site))));
    },
    async backUp({ path, site }) {
      requireLive(path);
      const file = await (await holdWorkbook(path, site, process.env)).asFile(POLICIES);
      return backUp({ file, place: openPlace(backupPlace(site, to), process.env), recipients, now: momentFromEpoch(Date.now()), version: VERSION, policies: POLICIES });
    },
  };
}

/** One run of a served workbook; the same on one machine and in a cluster. Before each mail `beforeMail` may hold it up, or end the run by rejecting. */
export async function runServed(
  workbook: ServedWorkbook, mailEnv: Record<string, string | undefined>, step: (message: string) => void, beforeMail: () => Promise<void> = () => Promise.resolve(),
): Promise<RunOutcome> {
  const transport = guarded(transportFor(workbook.site, requireLive(workbook.path), mailEnv), beforeMail);
  try {
    return await runLocated(workbook.path, {
      site: workbook.site, now: momentFromEpoch(Date.now()), policyExpected: workbook.policy, transport, dryRun: false, digests: 'from-digest-time', version: VERSION, progress: { step, count: () => undefined },
    });
  } finally {
    await transport.close();
  }
}
