import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { appendJsonLines, readJsonLines } from '../workbook/memory/durable-file.ts';
import { openPressLedger } from './press-ledger.ts';

const HOUR = 3_600_000;
let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'duban-presses-')); });
afterEach(() => { rmSync(folder, { recursive: true }); });

const press = (id: string): Parameters<ReturnType<typeof openPressLedger>['take']>[0] => ({ id, operator: 'ou_1', messageId: 'om_1', value: { act: 'decide', book: 'bk', notice: 'n', request: 'SQ-1', decision: '同意' } });

it('does not grow with the presses of years, and still knows those of the day', () => {
  const file = join(folder, 'presses.jsonl');
  const presses = Array.from({ length: 1_000 }, (_, index) => ({ ...press(`p${index}`), at: index * HOUR }));
  appendJsonLines(file, presses.flatMap((one) => [one, { done: one.id, at: one.at }]));
  const now = 1_000 * HOUR;
  const ledger = openPressLedger(file, () => now);
  for (const id of ['new', 'open']) ledger.take(press(id));
  ledger.done('new');
  // What was pressed about which item stands there no longer than it takes.
  expect(readFileSync(file, 'utf8').match(/"request"/g)).toHaveLength(1);
  expect(readJsonLines(file)).toHaveLength(1 + 1 + 24);
  const next = openPressLedger(file, () => now);
  expect(next.left.map(({ id }) => id)).toEqual(['open']);
  expect(['p999', 'p976', 'new', 'p975'].map((id) => next.take(press(id)))).toEqual([false, false, false, true]);
});

it('whatever was taken in and not done is left for the next process, and nothing of eight hours is taken twice', () => {
  const steps = fc.array(fc.record({ id: fc.nat({ max: 40 }).map((id) => `p${id}`), done: fc.boolean(), hours: fc.nat({ max: 3 }), restart: fc.boolean() }), { maxLength: 30 });
  let files = 0;
  fc.assert(fc.property(steps, (all) => {
    const file = join(folder, `${files += 1}.jsonl`);
    let now = 0;
    let ledger = openPressLedger(file, () => now);
    const open = new Set<string>();
    const seen = new Map<string, number>();
    for (const { id, done, hours, restart } of all) {
      now += hours * HOUR;
      if (restart) ledger = openPressLedger(file, () => now);
      const isNew = ledger.take(press(id));
      if (!seen.has(id)) expect(isNew).toBe(true);
      if (open.has(id) || now - (seen.get(id) ?? -Infinity) <= 8 * HOUR) expect(isNew).toBe(false);
      if (isNew) {
        open.add(id);
        seen.set(id, now);
      }
      if (done && open.delete(id)) ledger.done(id);
    }
    expect(openPressLedger(file, () => now).left.map(({ id }) => id).sort()).toEqual([...open].sort());
  }), { numRuns: 20 });
});

it('reads on where a crash tore a line', () => {
  const file = join(folder, 'presses.jsonl');
  const ledger = openPressLedger(file, () => 0);
  ledger.take(press('whole'));
  appendFileSync(file, '{"id":"torn","oper');
  const next = openPressLedger(file, () => 0);
  expect(next.left.map(({ id }) => id)).toEqual(['whole']);
  next.done('whole');
  expect(openPressLedger(file, () => 0).left).toEqual([]);
  expect(readFileSync(file, 'utf8').endsWith('\n')).toBe(true);
});
