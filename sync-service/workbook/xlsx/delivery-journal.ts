import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import type { Deliveries, Delivery, Moment } from '#core';
import { appendJsonLine, readJsonLines } from './durable-file.ts';
import { dubanFolder, identityOfFile } from './identity.ts';

const LINE = z.object({
  workbook: z.string(),
  key: z.string(),
  state: z.enum(['sending', 'sent', 'failed']),
  at: z.number().transform((value) => value as Moment),
  attempts: z.number(),
  error: z.string(),
  permanent: z.boolean(),
  subject: z.string(),
  body: z.string(),
  members: z.array(z.string()),
});

/** What was really sent from a workbook: kept beside it, since a colleague's stale save may erase rows of 通知. */
export interface DeliveryJournal {
  readonly workbookId: string;
  /** Durable when it returns. */
  record(delivery: Delivery): void;
  /** The last record of each key. */
  entries(): Deliveries;
}

/**
 * The delivery journal `.duban/deliveries.jsonl` beside a workbook. Workbooks of one folder share the file; each line
 * names its workbook by hidden id, so that a rename loses nothing and equal item numbers don't mix. Lines that a crash
 * tore are passed over.
 */
export function openDeliveryJournal(workbookPath: string): DeliveryJournal {
  const path = realpathSync(resolve(workbookPath));
  const file = join(dubanFolder(path), 'deliveries.jsonl');
  const workbook = identityOfFile(path).id ?? path;
  const last = new Map<string, Delivery>();
  for (const line of readJsonLines(file)) {
    const parsed = LINE.safeParse(line);
    if (!parsed.success || parsed.data.workbook !== workbook) continue;
    last.set(parsed.data.key, parsed.data);
  }
  return {
    workbookId: workbook,
    record(delivery) {
      appendJsonLine(file, { workbook, ...delivery });
      last.set(delivery.key, delivery);
    },
    entries: () => last,
  };
}
