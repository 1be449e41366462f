import { readFileSync, readdirSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';

/**
 * A lock file that no editor refreshes: editors leave them behind when they crash. Nobody keeps one workbook open for
 * days on purpose; a lock older than this is taken for left behind.
 */
const STALE_AFTER_MS = 36 * 60 * 60 * 1000;

/** An editor that seems to hold the workbook open. */
export interface EditorLock {
  readonly file: string;
  /** Who, as far as the lock file says. */
  readonly user: string;
}

/**
 * The live editor locks of a workbook: `~$name` (Excel, WPS on Windows; long names lose their first two letters),
 * `.~name` (WPS on Mac and Linux), `.~lock.name#` (LibreOffice). `nowMs` is the clock, in milliseconds since the epoch;
 * `isOfficeRunning` whether any LibreOffice runs on this machine.
 */
export function liveEditorLocks(workbookPath: string, nowMs: number, isOfficeRunning = officeIsRunning): EditorLock[] {
  const folder = dirname(workbookPath);
  const name = basename(workbookPath);
  const candidates = new Set([`~$${name}`, `.~${name}`, `.~lock.${name}#`]);
  if (name.length - extname(name).length > 6) candidates.add(`~$${name.slice(2)}`);
  const locks: EditorLock[] = [];
  for (const entry of readdirSync(folder)) {
    if (!candidates.has(entry)) continue;
    const file = join(folder, entry);
    const lock = readLock(file, entry, nowMs, isOfficeRunning);
    if (lock !== null) locks.push(lock);
  }
  return locks;
}

function readLock(file: string, name: string, nowMs: number, isOfficeRunning: () => boolean): EditorLock | null {
  try {
    if (nowMs - statSync(file).mtimeMs > STALE_AFTER_MS) return null;
    const content = readFileSync(file);
    if (!name.startsWith('.~lock.')) return { file, user: excelUser(content) };
    const [, user = '', host = ''] = content.toString('utf8').split(',');
    // LibreOffice keeps its file when killed; on this machine a lock without any office process is left behind.
    if (host === hostname() && !isOfficeRunning()) return null;
    return { file, user };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT') return null;
    // Windows refuses to read the lock of an editor that is running.
    if (code === 'EBUSY' || code === 'EPERM' || code === 'EACCES') return { file, user: '' };
    throw error;
  }
}

/** First byte: length of the user name; then the name. */
function excelUser(content: Buffer): string {
  return content.length === 0 ? '' : content.toString('utf8', 1, 1 + content[0]!).replaceAll('\0', '').trim();
}

function officeIsRunning(): boolean {
  if (process.platform !== 'linux') return true;
  return readdirSync('/proc').some((entry) => /^\d+$/.test(entry) && commandOf(entry).includes('soffice'));
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH' || error.code === 'EACCES')) return '';
    throw error;
  }
}
