import type { ProgressReporter } from '../jobs/progress.ts';

const QUIET_MS = 500;

/** Progress on stderr, so that stdout stays the command's answer: steps as lines, counts at most twice a second. */
export function stderrProgress(): ProgressReporter {
  let last = 0;
  return {
    step: (message) => process.stderr.write(`${message}…\n`),
    count: (message, done, total) => {
      const now = performance.now();
      if (done < total && now - last < QUIET_MS) return;
      last = now;
      process.stderr.write(`${message} ${done}/${total}\n`);
    },
  };
}
