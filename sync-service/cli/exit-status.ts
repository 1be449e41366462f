import { ArchiveError } from '../archive/archive-error.ts';
import { QueueError } from '../jobs/cluster/queue-error.ts';
import { TemplateError } from '../documents/docx-template.ts';
import { UnrunnableWorkbookError } from '../jobs/run-workbook.ts';
import { MailSettingsError } from '../notify/open-transport.ts';
import { StoreError } from '../workbook/store.ts';
import { CommandError } from './command-error.ts';

/** Errors whose message is a sentence for people. */
const TOLD = [CommandError, StoreError, UnrunnableWorkbookError, MailSettingsError, ArchiveError, QueueError, TemplateError];

/** What went wrong, as a sentence where it is one for people. */
export function sentenceOf(error: unknown): string {
  if (isTold(error)) return error.message;
  return `程序出错:${error instanceof Error ? error.message : String(error)}`;
}

/** Prints a failure as a sentence and answers the exit status of the contract: 1 failed, nothing written; 2 wrong usage. */
export function statusOfError(error: unknown): number {
  if (isTold(error)) {
    process.stderr.write(`${error.message}\n`);
    return error instanceof CommandError ? error.status : 1;
  }
  process.stderr.write(`出错了,没有写入:${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
  return 1;
}

function isTold(error: unknown): error is Error {
  return TOLD.some((kind) => error instanceof kind);
}
