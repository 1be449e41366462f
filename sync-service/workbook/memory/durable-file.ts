import { closeSync, fchmodSync, fsyncSync, fstatSync, mkdirSync, openSync, readFileSync, readSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes what a folder lists durable. */
export function syncFolder(folder: string): void {
  // Windows can't open a folder; NTFS journals its own directory entries.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try { fsyncSync(handle); } finally { closeSync(handle); }
}

/** Adds one JSON line, durable when it returns; a line that a crash tore before is closed first. */
export function appendJsonLine(file: string, value: unknown): void {
  appendJsonLines(file, [value]);
}

/** Files whose names this process has seen on the disk. */
const listed = new Set<string>();

/** As `appendJsonLine`, for many at once. */
export function appendJsonLines(file: string, values: readonly unknown[]): void {
  mkdirSync(dirname(file), { recursive: true });
  const handle = openSync(file, 'a+', 0o600);
  let isNew: boolean;
  try {
    const { size } = fstatSync(handle);
    isNew = size === 0;
    const last = Buffer.alloc(1);
    const isTorn = !isNew && readSync(handle, last, 0, 1, size - 1) === 1 && last.toString() !== '\n';
    writeAll(handle, Buffer.from(`${isTorn ? '\n' : ''}${jsonLines(values)}`, 'utf8'));
    fsyncSync(handle);
  } finally { closeSync(handle); }
  if (!isNew && listed.has(file)) return;
  syncFolder(dirname(file));
  listed.add(file);
}

export function jsonLines(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

/** The values of a file of JSON lines; lines that a crash tore are left out, a missing file is empty. */
export function readJsonLines(file: string): unknown[] {
  return parseJsonLines(readIfThere(file));
}

export function parseJsonLines(text: string): unknown[] {
  const values: unknown[] = [];
  for (const line of text.split('\n')) {
    const value = jsonIn(line);
    if (value !== undefined) values.push(value);
  }
  return values;
}

/** What a text of JSON holds; undefined where it is none, as where a crash tore it. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Replaces a small file in one step, durable when it returns; for its owner alone unless `mode` says more. */
export function replaceFile(file: string, text: string, mode = 0o600): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  const handle = openSync(temporary, 'w', 0o600);
  try {
    writeAll(handle, Buffer.from(text, 'utf8'));
    // The umask may have taken rights away.
    fchmodSync(handle, mode);
    fsyncSync(handle);
  } finally { closeSync(handle); }
  renameSync(temporary, file);
  syncFolder(dirname(file));
}

export function writeAll(handle: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at, bytes.length - at);
}

export function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
