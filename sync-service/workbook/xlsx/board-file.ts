import { existsSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { readIfThere, replaceFile } from '../memory/durable-file.ts';

const NAME = '督办看板';
const OWNER = /<meta name="duban-workbook" content="([^"]*)">/;

/**
 * Puts the board beside a workbook, whoever has that open, and returns its path. Its name is 督办看板.html, or
 * 督办看板-台账名.html where another workbook of the folder has that one. Untouched where it says the same already.
 * The page says in its own `duban-workbook` which workbook it is of.
 */
export function writeBoard(workbookPath: string, page: string): string {
  const folder = dirname(workbookPath);
  const file = boardPath(folder, basename(workbookPath), OWNER.exec(page)?.[1] ?? '');
  if (readIfThere(file) === page) return file;
  // As readable as the workbook itself.
  replaceFile(file, page, statSync(workbookPath).mode & 0o666);
  return file;
}

function boardPath(folder: string, workbookName: string, owner: string): string {
  const plain = join(folder, `${NAME}.html`);
  const holder = OWNER.exec(readIfThere(plain))?.[1];
  const isFree = holder === undefined || holder === owner || !existsSync(join(folder, holder));
  return isFree ? plain : join(folder, `${NAME}-${workbookName.slice(0, -extname(workbookName).length)}.html`);
}
