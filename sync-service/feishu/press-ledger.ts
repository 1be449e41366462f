import * as z from 'zod';
import { appendJsonLine, jsonLines, readJsonLines, replaceFile } from '../workbook/memory/durable-file.ts';

/** Feishu sends an event that it thinks unanswered again for some seven hours: so long, and as much again and more, a press is known. */
const KNOWN_MS = 24 * 3_600_000;

export const DECIDE = z.strictObject({ act: z.literal('decide'), book: z.string().max(40), notice: z.string().max(300), request: z.string().max(100), decision: z.enum(['同意', '不同意']) });
const PRESS = z.object({ id: z.string(), operator: z.string(), messageId: z.string(), value: DECIDE, at: z.number() });
const DONE = z.object({ done: z.string(), at: z.number() });

/** Somebody pressed a button: `id` is the event's, `at` when it was taken in (milliseconds since the epoch). */
export type Press = z.infer<typeof PRESS>;

/** The presses that a machine took in, durable before it answers. Of what was carried out its event's id alone is kept, for a day. */
export interface PressLedger {
  /** Taken in by an earlier process and not carried out. */
  readonly left: readonly Press[];
  /** False where the press was taken in before. */
  take(press: Omit<Press, 'at'>): boolean;
  done(id: string): void;
}

export function openPressLedger(file: string, clock: () => number): PressLedger {
  const open = new Map<string, Press>();
  const done = new Map<string, number>();
  for (const line of readJsonLines(file)) {
    const [press, end] = [PRESS.safeParse(line), DONE.safeParse(line)];
    if (press.success) open.set(press.data.id, press.data);
    else if (end.success) settle(end.data.done, end.data.at);
  }

  function settle(id: string, at: number): void {
    open.delete(id);
    done.set(id, at);
  }

  return {
    left: [...open.values()],
    take(press) {
      if (open.has(press.id) || done.has(press.id)) return false;
      const taken = { ...press, at: clock() };
      open.set(press.id, taken);
      appendJsonLine(file, taken);
      return true;
    },
    done(id) {
      settle(id, clock());
      for (const [known, at] of done) if (clock() - at > KNOWN_MS) done.delete(known);
      replaceFile(file, jsonLines([...open.values(), ...[...done].map(([known, at]) => ({ done: known, at }))]));
    },
  };
}
