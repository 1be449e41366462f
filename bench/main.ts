import { measureCore } from './core.ts';
import { formatTable } from './table.ts';
import { runTask, type Task } from './tasks.ts';
import { measureXlsx } from './xlsx.ts';

// Without arguments everything; `core`, `10000` or `100000` that part alone; a task and a file in a child process.
const [first, file] = process.argv.slice(2);
if (file !== undefined) {
  await runTask(first as Task, file);
} else {
  const parts = {
    core: () => measureCore(), '10000': () => measureXlsx([10_000]), '100000': () => measureXlsx([100_000]),
  };
  const wanted = Object.entries(parts).filter(([name]) => first === undefined || first === name);
  for (const [, measure] of wanted) process.stdout.write(`${formatTable(await measure())}\n`);
}
