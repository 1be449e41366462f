import { runProgram } from '../../sync-service/cli/program.ts';
import type { CliResult } from './built-cli.ts';

/**
 * `duban` with these arguments in the process of the tests, which takes a tenth of what a process of its own does. For what a
 * command does to workbooks and says; that the built command line is whole, and all that needs a process to kill, to stop or to
 * give other settings, is shown by `duban` of built-cli.ts.
 */
export async function dubanHere(args: readonly string[]): Promise<CliResult> {
  const printed = { stdout: '', stderr: '' };
  const kept = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write.bind(stream) }));
  process.stdout.write = (text) => { printed.stdout += String(text); return true; };
  process.stderr.write = (text) => { printed.stderr += String(text); return true; };
  try {
    return { status: await runProgram(args), ...printed };
  } finally {
    for (const { stream, write } of kept) stream.write = write;
  }
}
