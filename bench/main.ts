import { measureCore } from './core.ts';
import { formatTable } from './table.ts';

process.stdout.write(`${formatTable(measureCore())}\n`);
