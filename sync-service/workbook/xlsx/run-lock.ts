import { join } from 'node:path';
import { withProcessLock } from '../memory/process-lock.ts';
import { dubanFolder, workbookFileName } from './identity.ts';

/**
 * Keeps a second run of one workbook out from reading to saving: two that plan from the same state would send the same
 * mails twice. As `withProcessLock`.
 */
export function withRunLock<T>(workbookPath: string, patienceMs: number, work: () => Promise<T>): Promise<T> {
  return withProcessLock(join(dubanFolder(workbookPath), `${workbookFileName(workbookPath)}.run.lock`), patienceMs, work);
}
