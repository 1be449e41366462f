import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { POLICIES } from '#templates';
import { boardHtml } from '../documents/board-html.ts';
import { writeBoard } from '../workbook/xlsx/board-file.ts';
import { openDeliveryJournal } from '../workbook/xlsx/delivery-journal.ts';
import { withRunLock } from '../workbook/xlsx/run-lock.ts';
import { openXlsxStore } from '../workbook/xlsx/store.ts';
import type { ProgressReporter } from './progress.ts';
import { runWorkbook, type RunInput, type RunOutcome } from './run-workbook.ts';

/** A run with much mail over a slow server takes minutes. */
const LOCK_PATIENCE_MS = 5 * 60_000;

export type FileRun = Pick<RunInput, 'now' | 'transport' | 'dryRun' | 'digests' | 'version' | 'progress' | 'policyExpected'>;

/** One run of an .xlsx with its delivery journal, alone among the processes of this machine, and the board beside it; a dry run writes nothing and needs no lock. */
export async function runXlsxFile(file: string, input: FileRun): Promise<RunOutcome> {
  const started = performance.now();
  const store = openXlsxStore(file);
  const work = async (): Promise<RunOutcome> => {
    const outcome = await runWorkbook({ ...input, store, policies: POLICIES, memory: openDeliveryJournal(file), elapsed: () => performance.now() - started });
    if (outcome.state !== 'dry-run' && !outcome.workbook.isCopy) publishBoard(store.location, outcome, input.progress);
    return outcome;
  };
  return input.dryRun ? work() : withRunLock(realpathSync(file), LOCK_PATIENCE_MS, work);
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
