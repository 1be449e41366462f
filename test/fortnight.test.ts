import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { playFortnight } from './fortnight/play.ts';
import { recount } from './fortnight/recount.ts';

it('a fortnight in an office: every duty done once, every mistake told, every score explained, no cell of people touched', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'duban-fortnight-'));
  try {
    const { faults, counted } = await recount(await playFortnight(folder, 40, 1, () => undefined));
    expect(faults).toEqual([]);
    expect(Object.values(counted).every((count) => count > 0), JSON.stringify(counted)).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
