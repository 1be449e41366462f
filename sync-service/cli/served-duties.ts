import { basename } from 'node:path';
import { momentFromEpoch } from '#core';
import { POLICIES } from '#templates';
import { backUp } from '../archive/make-archive.ts';
import { openPlace } from '../archive/places/place.ts';
import { nameBeginning, newestArchive } from '../archive/rotation.ts';
import { backupPlace, type ServeConfig, type ServedWorkbook } from '../config/config.ts';
import { robotsOf } from '../config/robot-settings.ts';
import type { AnswerLinks } from '../jobs/compose-notice.ts';
import type { CallQuota } from '../workbook/call-quota.ts';
import type { OfficeServiceParts } from '../jobs/office-service.ts';
import { runLocated, type LocatedRun } from '../jobs/run-located.ts';
import type { RunOutcome } from '../jobs/run-workbook.ts';
import { guarded } from '../notify/guarded-transport.ts';
import { holdWorkbook } from '../workbook/held-workbook.ts';
import { answerLinks } from '../console/answer-links.ts';
import { linkSecret, LinkSecretError } from '../console/link-secret.ts';
import { bookKey } from '../console/xlsx-book.ts';
import { CommandError } from './command-error.ts';
import type { LoadedConfig } from './serve-config.ts';
import { VERSION } from './version.ts';
import { requireLive, transportFor } from './workbook-files.ts';

/** The backups that a configuration asks for; the same on one machine and in a cluster, where `quota` counts the calls to the cloud. */
export function backupsOf({ schedule, to, recipients }: NonNullable<ServeConfig['backups']>, quota?: CallQuota): NonNullable<OfficeServiceParts['backups']> {
  return {
    schedule,
    async newest({ site }) {
      return newestArchive(basename(site), await openPlace(backupPlace(site, to), process.env).list(nameBeginning(basename(site))));
    },
    async backUp({ path, site }) {
      requireLive(path);
      const file = await (await holdWorkbook(path, site, process.env, quota)).asFile(POLICIES);
      return backUp({ file, place: openPlace(backupPlace(site, to), process.env), recipients, now: momentFromEpoch(Date.now()), version: VERSION, policies: POLICIES });
    },
  };
}

/** The links of a workbook's mails; none where nobody reaches the console. Throws a CommandError on a secret that is none. */
export function answerLinksFor({ config, folder }: LoadedConfig): (workbook: ServedWorkbook) => AnswerLinks | undefined {
  const { url } = config.console;
  if (url === null) return () => undefined;
  const secret = secretOf(folder);
  return ({ path }) => answerLinks(url, secret, bookKey(path));
}

/** The secret behind links. Throws a CommandError (2) where the setting is none. */
export function secretOf(folder: string): Buffer {
  try {
    return linkSecret(folder, process.env);
  } catch (error) {
    if (error instanceof LinkSecretError) throw new CommandError(2, error.message);
    throw error;
  }
}

type ServedRun = Pick<LocatedRun, 'answerLinks' | 'messenger' | 'quota'> & {
  /** Before each mail and before anything is written: ends the run by rejecting. */
  readonly stillOurs?: () => Promise<void>;
  /** Before each mail: may hold it up. */
  readonly mailAllowed?: () => Promise<void>;
};

/** One run of a served workbook; the same on one machine and in a cluster. */
export async function runServed(workbook: ServedWorkbook, mailEnv: Record<string, string | undefined>, step: (message: string) => void, { stillOurs, mailAllowed, messenger, ...more }: ServedRun): Promise<RunOutcome> {
  const role = requireLive(workbook.path);
  const transport = guarded(transportFor(workbook.site, role, mailEnv), async () => {
    await stillOurs?.();
    await mailAllowed?.();
  });
  try {
    return await runLocated(workbook.path, {
      site: workbook.site, now: momentFromEpoch(Date.now()), policyExpected: workbook.policy, transport, dryRun: false, digests: 'from-digest-time', version: VERSION, beforeWrite: stillOurs,
      messenger: role === 'drill' ? undefined : messenger, robots: role === 'drill' ? [] : robotsOf(workbook.robots, process.env), progress: { step, count: () => undefined }, ...more,
    });
  } finally {
    await transport.close();
  }
}
