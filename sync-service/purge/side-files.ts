import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { parseWorkbook, planPurge, type Mention, type Moment } from '#core';
import { POLICIES } from '#templates';
import { archivesOf } from '../archive/rotation.ts';
import { isS3Url } from '../archive/places/s3.ts';
import { emlName } from '../notify/outbox-transport.ts';
import { StoreError } from '../workbook/store.ts';
import { plainText } from '../workbook/xlsx/clear-cells.ts';
import { parseJsonLines, readIfThere, replaceFile } from '../workbook/memory/durable-file.ts';
import { dubanFolder } from '../workbook/xlsx/identity.ts';
import { readEveryRow } from '../workbook/xlsx/read-snapshot.ts';
import { writtenFiles } from '../workbook/xlsx/written-sets.ts';
import { readZip } from '../workbook/xlsx/zip.ts';

/** How an item is looked for beside its workbook. */
export interface Sought {
  readonly path: string;
  /** The workbook's name in the journals of `.duban`. */
  readonly memory: string;
  readonly itemId: string;
  readonly mention: Mention;
  readonly now: Moment;
  /** Where backups may lie: absolute folders, and `s3://` places, which are not looked through. */
  readonly backupPlaces: readonly string[];
}

/** One file that holds the item, and how it is freed of it. */
export interface Holding {
  /** Relative to the workbook's folder. */
  readonly file: string;
  readonly how: 'delete' | 'rewrite';
  readonly apply: () => void;
}

/** Old versions of the workbook that hold the item. */
export function versionsHolding(sought: Sought): Holding[] {
  const folder = join(dubanFolder(sought.path), 'versions');
  const name = basename(sought.path);
  return namesIn(folder).filter((file) => /^\d{13}-/.test(file) && file.slice(14) === name && holds(join(folder, file), sought))
    .map((file) => deletion(sought, join(folder, file)));
}

/** Mails in the outbox by the keys of their notices. */
export function mailsOf({ path }: Pick<Sought, 'path'>, keys: readonly string[]): Holding[] {
  const folder = join(dirname(path), 'outbox');
  return [...new Set(keys)].map((key) => join(folder, emlName(key))).filter((file) => existsSync(file)).map((file) => deletion({ path }, file));
}

/** Journals of `.duban`: lines about the item go, lists of several items lose its lines. */
export function journalsHolding(sought: Sought): Holding[] {
  const folder = dubanFolder(sought.path);
  return [
    ...rewritten(sought, join(folder, 'deliveries.jsonl'), (line) => withoutItem(line, sought)),
    ...rewritten(sought, join(folder, 'mishaps.jsonl'), (line) => (sought.mention.names(JSON.stringify(line)) ? null : line)),
    ...rewritten(sought, join(folder, `${basename(sought.path)}.changes.jsonl`), (line) => (sought.mention.names(JSON.stringify(line)) ? null : line), true),
    ...writtenFiles(sought.path, sought.memory).filter((file) => sought.mention.names(readFileSync(file, 'utf8'))).map((file) => deletion(sought, file)),
  ];
}

/** Of a workbook in the cloud: the file that a backup wrote it out to. */
export function writtenOut(sought: Sought): Holding[] {
  return existsSync(sought.path) && holds(sought.path, sought) ? [deletion(sought, sought.path)] : [];
}

/** Pages beside the workbook that show it; the next run writes them anew. */
export function boardsHolding(sought: Sought): Holding[] {
  const folder = dirname(sought.path);
  return namesIn(folder).filter((file) => /^督办看板.*\.html$/.test(file) && isBoardOf(join(folder, file), sought) && sought.mention.names(readFileSync(join(folder, file), 'utf8')))
    .map((file) => deletion(sought, join(folder, file)));
}

/** Backups that hold the item, named from the workbook's folder where they lie in it; they are sealed and stay. */
export function backupsHolding(sought: Sought): string[] {
  return sought.backupPlaces.flatMap((place) => (isS3Url(place) ? [`${place} 里的备份(没有逐份查看)`]
    : archivesOf(basename(sought.path), namesIn(place)).map((file) => join(place, file)).filter((file) => holds(file, sought))))
    .map((file) => (file.startsWith(`${dirname(sought.path)}${sep}`) ? relative(sought, file) : file));
}

/** Yearly archives beside the workbook that hold the item: those that 归档案卷 names, and any that bear such a name. */
export function yearlyHolding(sought: Sought, named: Iterable<string>): string[] {
  const folder = dirname(sought.path);
  const files = new Set([...named, ...namesIn(folder).filter((name) => /^督办归档-\d{4}.*\.xlsx$/.test(name))]);
  return [...files].filter((name) => name !== basename(sought.path) && existsSync(join(folder, name)) && holds(join(folder, name), sought));
}

/** Documents that `duban report` wrote and that hold the item. */
export function reportsHolding(sought: Sought): string[] {
  const folder = join(dirname(sought.path), 'reports');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => /\.(?:docx|xlsx)$/i.test(file) && holds(file, sought)).map((file) => file.slice(dirname(sought.path).length + 1));
}

function holds(file: string, sought: Sought): boolean {
  return bytesHold(basename(file), readFileSync(file), sought);
}

/** Whether a workbook, a document or an archive of such holds the item; what can't be opened counts as holding it. */
function bytesHold(name: string, bytes: Buffer, sought: Sought): boolean {
  try {
    if (/\.xlsx$/i.test(name)) {
      const { snapshot } = readEveryRow(bytes, 0);
      const { workbook } = parseWorkbook(snapshot, POLICIES);
      if (workbook !== null) return planPurge(snapshot, workbook, sought.itemId, sought.now) !== null;
    }
    const zip = readZip(bytes);
    return [...zip.entries.keys()].some((part) => {
      const content = zip.read(part)!;
      if (/\.(?:xlsx|docx)$/i.test(part)) return bytesHold(part, content, sought);
      if (/\.(?:jsonl?|html)$/i.test(part)) return isNamed(content.toString('utf8'), sought.mention);
      return /\.xml$/i.test(part) && isNamed(plainText(content), sought.mention);
    });
  } catch (error) {
    if (error instanceof StoreError) return true;
    throw error;
  }
}

function isNamed(text: string, mention: Mention): boolean {
  return mention.names(text) || mention.titles(text);
}

/** A line of the delivery journal without the item; null where it was about the item alone. */
function withoutItem(line: unknown, { memory, mention }: Sought): unknown {
  if (typeof line !== 'object' || line === null || !('workbook' in line) || line.workbook !== memory) return line;
  const { key, subject, body, members } = line as { key?: unknown; subject?: unknown; body?: unknown; members?: unknown };
  if (typeof key === 'string' && mention.names(key)) return null;
  const text = (value: unknown): unknown => (typeof value === 'string' && mention.names(value) ? mention.withoutLines(value) ?? '' : value);
  return { ...line, subject: text(subject), body: text(body), ...(Array.isArray(members) ? { members: members.filter((member) => typeof member !== 'string' || !mention.names(member)) } : {}) };
}

/** A file of JSON lines where a line changes or goes; lines that nobody can read go where they name the item. */
function rewritten(sought: Sought, file: string, change: (line: unknown) => unknown, removeEmpty = false): Holding[] {
  const text = readIfThere(file);
  if (!sought.mention.names(text)) return [];
  const lines = parseJsonLines(text).map(change).filter((line) => line !== null);
  const next = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  if (next === text) return [];
  return [{ file: relative(sought, file), how: 'rewrite', apply: () => {
    if (next === '' && removeEmpty) rmSync(file, { force: true });
    else replaceFile(file, next);
  } }];
}

function isBoardOf(file: string, { path }: Sought): boolean {
  return readFileSync(file, 'utf8').includes(`<meta name="duban-workbook" content="${basename(path)}">`);
}

function deletion(sought: Pick<Sought, 'path'>, file: string): Holding {
  return { file: relative(sought, file), how: 'delete', apply: () => rmSync(file, { force: true }) };
}

function relative({ path }: Pick<Sought, 'path'>, file: string): string {
  return file.slice(dirname(path).length + 1);
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
