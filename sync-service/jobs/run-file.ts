import { realpathSync } from 'node:fs';
import { POLICIES } from '#templates';
import { openDeliveryJournal } from '../workbook/xlsx/delivery-journal.ts';
import { withRunLock } from '../workbook/xlsx/process-lock.ts';
import { openXlsxStore } from '../workbook/xlsx/store.ts';
import { runWorkbook, type RunInput, type RunOutcome } from './run-workbook.ts';

/** A run with much mail over a slow server takes minutes. */
const LOCK_PATIENCE_MS = 5 * 60_000;

export type FileRun = Pick<RunInput, 'now' | 'transport' | 'dryRun' | 'version' | 'progress' | 'policyExpected'>;

/** One run of an .xlsx with its delivery journal, alone among the processes of this machine; a dry run writes nothing and needs no lock. */
export async function runXlsxFile(file: string, input: FileRun): Promise<RunOutcome> {
  const started = performance.now();
  const work = (): Promise<RunOutcome> => runWorkbook({
    ...input, store: openXlsxStore(file), policies: POLICIES, memory: openDeliveryJournal(file), elapsed: () => performance.now() - started,
  });
  return input.dryRun ? work() : withRunLock(realpathSync(file), LOCK_PATIENCE_MS, work);
}
