import { measureAppsScript } from './apps-script.ts';
import { measureFirstRun } from './apps-script-first-run.ts';
import { measureConsole } from './console.ts';
import { measureCore } from './core.ts';
import { formatLine, HEADING, type Measurement } from './table.ts';
import { runTask, type Task } from './tasks.ts';
import { measureXlsx } from './xlsx.ts';

// Without arguments everything; `core`, `10000`, `100000`, `console` or `google` that part alone; a task and a file in a child process.
const [first, file] = process.argv.slice(2);
if (file !== undefined) {
  await runTask(first as Task, file);
} else {
  const parts: Readonly<Record<string, (found: (measurement: Measurement) => void) => Promise<void> | void>> = {
    core: (found) => measureCore(found), '10000': (found) => measureXlsx(10_000, found), '100000': (found) => measureXlsx(100_000, found),
    async console(found) {
      for (const items of [10_000, 100_000]) await measureConsole(items, found);
    },
    google: (found) => {
      measureAppsScript(found);
      measureFirstRun(20_000, found);
    },
  };
  process.stdout.write(`${HEADING}\n`);
  for (const [name, measure] of Object.entries(parts)) {
    if (first === undefined || first === name) await measure((measurement) => process.stdout.write(`${formatLine(measurement)}\n`));
  }
}
