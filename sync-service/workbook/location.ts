import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where a workbook is, as people write it: the path of an .xlsx, or `gsheet:ID`. */
const GOOGLE = /^gsheet:([\w-]+)$/;

/** The id of a Google spreadsheet; null for a path. */
export function googleIdOf(location: string): string | null {
  return GOOGLE.exec(location)?.[1] ?? null;
}

/**
 * The path beside which what belongs to a workbook lies (`.duban`, outbox, reports, backups): of an .xlsx its own, of a
 * spreadsheet that of an .xlsx of its id in a folder of its own under `home`.
 */
export function siteOf(location: string, home: string): string {
  const id = googleIdOf(location);
  return id === null ? resolve(location) : join(home, 'gsheet', id, `${id}.xlsx`);
}

/** Where a command keeps what belongs to spreadsheets: beside the duban.yaml of this folder, else under data/. */
export function homeOfCommands(): string {
  return existsSync(resolve('duban.yaml')) ? resolve('.') : resolve('data');
}
