import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StoreError } from '../store.ts';
import { jsonIn, readIfThere } from './durable-file.ts';

/** Another machine's process can't be looked at; a save takes seconds, so its lock is dead after this long. */
const FOREIGN_STALE_MS = 10 * 60 * 1000;
const RETRY_MS = 50;

interface Holder { readonly pid: number; readonly started: string; readonly host: string; readonly at: number }

/**
 * Runs `work` while this process alone holds the lock file. The lock dies with its process: it names pid and start time
 * (a reused pid has another), so that the next one can tell a live holder from a dead one without waiting for a timeout.
 * Throws `changed-meanwhile` where another live process keeps it longer than `patienceMs`.
 */
export async function withProcessLock<T>(file: string, patienceMs: number, work: () => Promise<T>): Promise<T> {
  const until = Date.now() + patienceMs;
  const mine: Holder = { pid: process.pid, started: startOf(process.pid), host: hostname(), at: Date.now() };
  mkdirSync(dirname(file), { recursive: true });
  while (!tryTake(file, mine)) {
    removeIfDead(file);
    if (Date.now() > until) throw new StoreError('changed-meanwhile', '另一个督办程序正在写这个文件:请等它结束后再试');
    await wait(RETRY_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** A hard link appears whole or not at all: nobody reads a half-written lock. */
function tryTake(file: string, mine: Holder): boolean {
  counter += 1;
  const own = `${file}.${mine.pid}.${counter}`;
  writeFileSync(own, JSON.stringify(mine));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}
let counter = 0;

function removeIfDead(file: string): void {
  const text = readIfThere(file);
  if (text === '' || isAlive(text)) return;
  const aside = `${file}.dead.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  // Somebody may have replaced the dead lock in between: then theirs goes back.
  if (readFileSync(aside, 'utf8') !== text) {
    try {
      linkSync(aside, file);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
  rmSync(aside, { force: true });
}

function isAlive(text: string): boolean {
  const holder = jsonIn(text) as Partial<Holder> | undefined;
  if (holder === undefined) return false;
  if (holder.host !== hostname()) return Date.now() - (holder.at ?? 0) < FOREIGN_STALE_MS;
  return holder.pid !== undefined && isRunning(holder.pid) && startOf(holder.pid) === holder.started;
}

/** True where a process of this id runs on this machine. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Start time in clock ticks since boot (field 22 of /proc/PID/stat); empty where there is no /proc. */
function startOf(pid: number): string {
  if (process.platform !== 'linux') return '';
  const stat = readIfThere(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
