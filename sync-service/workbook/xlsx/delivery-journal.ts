import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Deliveries, Delivery } from '#core';
import { appendJsonLine, readJsonLines } from './durable-file.ts';
import { dubanFolder, identityOfFile, workbookFileName } from './identity.ts';

/** What was really sent from a workbook: kept beside it, since a colleague's stale save may erase rows of 通知. */
export interface DeliveryJournal {
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
  const workbook = identityOfFile(path).id ?? workbookFileName(path);
  const last = new Map<string, Delivery>();
  for (const line of readJsonLines(file)) {
    if (isLine(line) && line.workbook === workbook) last.set(line.key, line);
  }
  return {
    record(delivery) {
      appendJsonLine(file, { workbook, ...delivery });
      last.set(delivery.key, delivery);
    },
    entries: () => last,
  };
}

function isLine(value: unknown): value is Delivery & { readonly workbook: string } {
  return typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string'
    && 'state' in value && (value.state === 'sending' || value.state === 'sent' || value.state === 'failed') && 'workbook' in value;
}
