import { basename } from 'node:path';
import { POLICIES } from '#templates';
import { boardHtml } from '../documents/board-html.ts';
import type { CallQuota } from '../workbook/call-quota.ts';
import { holdWorkbook } from '../workbook/held-workbook.ts';
import { isFile } from '../workbook/location.ts';
import { writeBoard } from '../workbook/xlsx/board-file.ts';
import type { ProgressReporter } from './progress.ts';
import { runWorkbook, type RunInput, type RunOutcome } from './run-workbook.ts';

/** A run with much mail over a slow server takes minutes. */
const LOCK_PATIENCE_MS = 5 * 60_000;

export type LocatedRun = Pick<RunInput, 'now' | 'transport' | 'dryRun' | 'digests' | 'version' | 'progress' | 'policyExpected' | 'answerLinks' | 'messenger' | 'robots' | 'beforeWrite'> & {
  /** Where what belongs to the workbook lies (see siteOf). */
  readonly site: string;
  /** Where calls to the cloud are counted; absent: this process alone. */
  readonly quota?: CallQuota | undefined;
};

/**
 * One run of the workbook at a location with its delivery journal, alone among the processes of this machine, and of an .xlsx
 * the board beside it; a dry run writes nothing and needs no lock.
 */
export async function runLocated(location: string, { site, quota, ...input }: LocatedRun): Promise<RunOutcome> {
  const started = performance.now();
  const held = await holdWorkbook(location, site, process.env, quota);
  const work = async (): Promise<RunOutcome> => {
    const outcome = await runWorkbook({ ...input, store: held.store, policies: POLICIES, memory: held.openJournal(), elapsed: () => performance.now() - started });
    if (isFile(location) && outcome.state !== 'dry-run' && !outcome.workbook.isCopy) publishBoard(held.store.location, outcome, input.progress);
    return outcome;
  };
  return input.dryRun ? work() : held.alone(LOCK_PATIENCE_MS, work);
}

/** A page that can't be written (open in a program that locks it) is no reason for a run to fail: the next one writes it. */
function publishBoard(path: string, { workbook, plan, state }: RunOutcome, progress: ProgressReporter): void {
  try {
    writeBoard(path, boardHtml({ workbook, plan, workbookName: basename(path), isHeld: state === 'journaled' }));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    progress.step(`督办看板没有更新(${String(error.code)})`);
  }
}
