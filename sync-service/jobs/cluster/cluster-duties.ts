import { relative, sep } from 'node:path';
import type { Logger } from 'pino';
import { digestMoment, epochOf } from '#core';
import type { ServedWorkbook } from '../../config/config.ts';
import type { OfficeServiceParts } from '../office-service.ts';
import { isFile } from '../../workbook/location.ts';
import { reportDuty, tellBackup, tellRun } from '../tell-duty.ts';
import type { RunOutcome } from '../run-workbook.ts';
import type { TakenDuty } from './job-queue.ts';
import { LeaseLostError, type Lease } from './lease.ts';
import type { DutyMoment } from './moments.ts';
import { QueueError } from './queue-error.ts';

export interface ClusterDutiesParts extends Pick<OfficeServiceParts, 'backups' | 'sentenceOf' | 'reports' | 'clock'> {
  readonly workbooks: ReadonlyMap<string, ServedWorkbook>;
  /** One run, which asks before each mail and before it writes whether the job is still this worker's. */
  run(workbook: ServedWorkbook, stillOurs: () => Promise<void>): Promise<RunOutcome>;
  /** A failure is reported by mail when it was the last attempt. */
  readonly retryLimit: number;
  readonly log: Logger;
}

/** The workbooks of a configuration by their keys: of a file its path from the configuration's folder, which may lie elsewhere on each machine. */
export function workbookKeys(workbooks: readonly ServedWorkbook[], folder: string): Map<string, ServedWorkbook> {
  return new Map(workbooks.map((workbook) => [isFile(workbook.path) ? relative(folder, workbook.path).split(sep).join('/') : workbook.path, workbook]));
}

/** What a worker does with a job: the functions of the service on one machine, told and reported in the same words. */
export function clusterDuties(parts: ClusterDutiesParts): (duty: TakenDuty, lease: Lease) => Promise<readonly DutyMoment[]> {
  const { log, clock } = parts;
  return async (duty, lease) => {
    const workbook = parts.workbooks.get(duty.workbook);
    if (workbook === undefined) throw new QueueError(`这台机器的 duban.yaml 里没有 ${duty.workbook}:请让各台机器用同一份配置,改了配置要全部重新启动`);
    const { path } = workbook;
    const report = (failure: string | null): Promise<void> => (failure !== null && duty.retries < parts.retryLimit ? Promise.resolve()
      : reportDuty({ duty: duty.kind === 'run' ? '巡检' : '备份', path }, failure, workbook, parts));
    const started = clock();
    const seconds = (): number => (clock() - started) / 1000;
    try {
      if (duty.kind === 'backup') {
        const outcome = await parts.backups?.backUp(workbook);
        if (outcome !== undefined) tellBackup(log, { path, failure: null, outcome });
        await report(null);
        return [];
      }
      const outcome = await parts.run(workbook, lease.confirm);
      tellRun(log, { path, reason: duty.reason, seconds: seconds(), failure: null, outcome });
      await report(null);
      return comeBack(duty.workbook, outcome);
    } catch (error) {
      if (error instanceof LeaseLostError) throw error;
      const failure = parts.sentenceOf(error);
      if (duty.kind === 'backup') tellBackup(log, { path, failure, outcome: null });
      else tellRun(log, { path, reason: duty.reason, seconds: seconds(), failure, outcome: null });
      await report(failure);
      throw error;
    }
  };
}

/** A run before the hour of digests wants another at it. */
function comeBack(workbook: string, { workbook: read, plan }: RunOutcome): DutyMoment[] {
  return plan.clock.digestsDue ? [] : [{ kind: 'run', workbook, reason: 'digest', at: epochOf(digestMoment(read, plan.clock.today)) }];
}
