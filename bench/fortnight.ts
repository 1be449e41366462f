import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playFortnight } from '../test/fortnight/play.ts';
import { recount } from '../test/fortnight/recount.ts';

/** `npm run soak:fortnight [-- MATTERS SEED]`: 200 matters, seed 1 unless told otherwise; ends with 1 where the recount finds a fault, and keeps the office then. */
const [matters, seed] = [Number(process.argv[2] ?? 200), Number(process.argv[3] ?? 1)];
if (![matters, seed].every(Number.isInteger) || matters < 20) {
  process.stderr.write('usage: npm run soak:fortnight -- [MATTERS (20 or more)] [SEED]\n');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'duban-fortnight-'));
const { faults, counted } = await recount(await playFortnight(folder, matters, seed, (line) => process.stderr.write(`${line}\n`)));
process.stdout.write(`${String(matters)} matters, seed ${String(seed)}: ${Object.entries(counted).map(([what, count]) => `${String(count)} ${what}`).join(', ')}\n`);
process.stdout.write(faults.length === 0
  ? "Every duty done once, every mistake told, every score explained, not one people's cell changed.\n"
  : `${String(faults.length)} faults; the office is kept in ${folder}:\n${faults.map((fault) => `  ${fault}`).join('\n')}\n`);
if (faults.length === 0) rmSync(folder, { recursive: true });
process.exitCode = faults.length === 0 ? 0 : 1;
