import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { openJournalOf, type DeliveryJournal } from '../memory/delivery-journal.ts';
import { memoryKey, roleOf } from './copy-choice.ts';
import { dubanFolder, identityOfFile } from './identity.ts';

/** The delivery journal beside an .xlsx workbook. */
export function openDeliveryJournal(workbookPath: string): DeliveryJournal {
  const path = realpathSync(resolve(workbookPath));
  const identity = identityOfFile(path);
  return openJournalOf(dubanFolder(path), memoryKey(identity, roleOf(identity, path), path));
}
