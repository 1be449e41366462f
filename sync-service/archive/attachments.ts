import { statSync } from 'node:fs';
import { join } from 'node:path';
import { attachmentNames, type Workbook } from '#core';
import { isInside, relativePath } from './inside-folder.ts';
import type { LeftOut } from './manifest.ts';

export interface Attachments {
  /** Paths relative to the workbook's folder, sorted. */
  readonly found: readonly string[];
  readonly leftOut: readonly LeftOut[];
}

const LINK = /^(?:[a-z][a-z0-9+.-]*:\/\/|mailto:)/i;
/** 附件 also lists papers by their names alone; what has a folder or an ending is meant as a file. */
const LOOKS_LIKE_FILE = /[/\\]|\.[a-z0-9]{2,5}$/i;

/** The files that the cells of 附件 name by relative path, and what they name that lies elsewhere or nowhere. */
export function findAttachments({ sheets: { items, requests, feedback, bulletins } }: Workbook, folder: string): Attachments {
  const cells = [items, requests, feedback, bulletins].flatMap(({ rows }) => rows.map((row) => row.cells.attachments));
  const found = new Set<string>();
  const leftOut = new Map<string, string>();
  for (const text of new Set(cells.flatMap(attachmentNames))) {
    if (LINK.test(text)) continue;
    const path = relativePath(text);
    if (path === null || !isInside(folder, path)) leftOut.set(text, '在工作簿所在的文件夹之外');
    else if (statSync(join(folder, path), { throwIfNoEntry: false })?.isFile() === true) found.add(path);
    else if (LOOKS_LIKE_FILE.test(text)) leftOut.set(text, '工作簿旁没有这个文件');
  }
  return { found: [...found].sort(), leftOut: [...leftOut].map(([name, why]) => ({ what: `附件 ${name}`, why })) };
}
