import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** Seconds of CPU that a process has used so far, with those of its children that have ended. */
export function cpuSeconds(pid: number): number {
  return statOf(pid).seconds;
}

/** The same of a process and its living children. */
export function cpuSecondsOfTree(pid: number): number {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => statOf(Number(name))).filter(({ parent }) => parent === pid);
  return children.reduce((sum, { seconds }) => sum + seconds, cpuSeconds(pid));
}

function statOf(pid: number): { readonly parent: number; readonly seconds: number } {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (error) {
    // It ended while the others were looked at.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return { parent: 0, seconds: 0 };
    throw error;
  }
  // The name, in brackets, may hold blanks.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(fields[1]), seconds: [11, 12, 13, 14].reduce((sum, place) => sum + Number(fields[place]), 0) / TICKS_PER_SECOND };
}
