import { join } from 'node:path';
import * as z from 'zod';
import { SENT_CHANNELS, type Deliveries, type Delivery, type Moment } from '#core';
import { appendJsonLines, readJsonLines } from './durable-file.ts';

const LINE = z.object({
  workbook: z.string(),
  key: z.string(),
  state: z.enum(['sending', 'sent', 'failed']),
  at: z.number().transform((value) => value as Moment),
  attempts: z.number(),
  error: z.string(),
  permanent: z.boolean(),
  refused: z.array(z.string()).exactOptional(),
  subject: z.string(),
  body: z.string(),
  members: z.array(z.string()),
  copy: z.string().exactOptional(),
  clause: z.string().exactOptional(),
  channel: z.enum(SENT_CHANNELS).exactOptional(),
});

/** One mailbox of a mail that goes to several and is not yet through. */
const REACHED_LINE = z.object({ workbook: z.string(), key: z.string(), reached: z.string() });

/** What was really sent from a workbook: kept beside it, since a colleague's stale save may erase rows of 通知. */
export interface DeliveryJournal {
  readonly workbookId: string;
  /** Durable when it returns. */
  record(delivery: Delivery): void;
  /** As `record`, for many at once. */
  recordAll(deliveries: readonly Delivery[]): void;
  /** The last record of each key. */
  entries(): Deliveries;
  /** Who has a mail that is not yet through; `add` is durable when it returns. */
  reached(key: string): { has(address: string): boolean; add(address: string): void };
}

/**
 * The delivery journal `deliveries.jsonl` of a `.duban` folder. Workbooks of one folder share the file; each line names its
 * workbook by id, so that a rename loses nothing and equal item numbers don't mix. Lines that a crash tore are passed over.
 * The workbook itself need not be there.
 */
export function openJournalOf(folder: string, workbook: string): DeliveryJournal {
  const file = join(folder, 'deliveries.jsonl');
  const last = new Map<string, Delivery>();
  const reached = new Map<string, Set<string>>();
  const reach = (key: string, address: string): void => void reached.set(key, (reached.get(key) ?? new Set()).add(address));
  for (const line of readJsonLines(file)) {
    if (typeof line === 'object' && line !== null && 'reached' in line) {
      const mailbox = REACHED_LINE.safeParse(line);
      if (mailbox.success && mailbox.data.workbook === workbook) reach(mailbox.data.key, mailbox.data.reached);
      continue;
    }
    const parsed = LINE.safeParse(line);
    if (!parsed.success || parsed.data.workbook !== workbook) continue;
    last.set(parsed.data.key, parsed.data);
    // Through: whoever sends it once more means everybody.
    if (parsed.data.state === 'sent') reached.delete(parsed.data.key);
  }
  const recordAll = (deliveries: readonly Delivery[]): void => {
    appendJsonLines(file, deliveries.map((delivery) => ({ ...delivery, workbook })));
    for (const delivery of deliveries) {
      last.set(delivery.key, delivery);
      if (delivery.state === 'sent') reached.delete(delivery.key);
    }
  };
  return {
    workbookId: workbook, record: (delivery) => recordAll([delivery]), recordAll, entries: () => last,
    reached: (key) => ({
      has: (address) => reached.get(key)?.has(address) ?? false,
      add(address) {
        appendJsonLines(file, [{ workbook, key, reached: address }]);
        reach(key, address);
      },
    }),
  };
}

/** Deliveries from the lines of a journal, whatever workbook they name; null where a line is none. */
export function deliveriesFrom(lines: readonly unknown[]): Delivery[] | null {
  const parsed = z.array(LINE).safeParse(lines);
  return parsed.success ? parsed.data : null;
}
