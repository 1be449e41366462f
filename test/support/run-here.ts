import { instantArgument } from '../../sync-service/cli/arguments.ts';
import { runFile } from '../../sync-service/cli/commands/run.ts';
import type { RunOutcome } from '../../sync-service/jobs/run-workbook.ts';

const SILENT = { step: () => undefined, count: () => undefined };

/** One `duban run` with delivery, in the process of the tests: for what is about workbooks and mails, not about the command line. */
export async function runHere(file: string, at: string): Promise<RunOutcome> {
  const outcome = await runFile(file, { now: instantArgument(at), dryRun: false, deliver: true }, SILENT);
  if (outcome.undelivered.length > 0) throw new Error(outcome.undelivered.map(({ key, message }) => `${key}: ${message}`).join('\n'));
  return outcome;
}

/** What a run did, as `duban run --json` counts it. */
export function countsOf({ writes, notices, delivered, conflicts }: RunOutcome): Record<'writes' | 'notices' | 'delivered' | 'conflicts', number> {
  return { writes, notices, delivered, conflicts: conflicts.length };
}
