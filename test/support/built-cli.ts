import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** Tests and benchmarks are started from the project's root. */
export const ROOT = process.cwd();
export const DIST_CLI = resolve(ROOT, 'dist', 'duban.js');

export interface CliResult {
  /** Exit status; null where a signal ended the process. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with the process once it runs, and at its first word on stderr (the workbook is read by then). */
  readonly onStart?: (kill: () => void) => void;
  readonly onFirstWord?: (kill: () => void) => void;
  /** Called at its first word too, with the process stopped until this returns. */
  readonly whilePaused?: () => void;
}

/** Runs the built `duban` in a process of its own, without mail settings unless `env` gives them. */
export function duban(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(DUBAN_|VITEST|NODE_)/.test(name)));
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, ['--enable-source-maps', DIST_CLI, ...args], {
      cwd: options.cwd ?? ROOT, env: { ...inherited, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'],
    });
    const kill = (): void => void child.kill('SIGKILL');
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.stderr.once('data', () => {
      options.onFirstWord?.(kill);
      if (options.whilePaused === undefined) return;
      child.kill('SIGSTOP');
      options.whilePaused();
      child.kill('SIGCONT');
    });
    child.on('error', failed);
    child.on('close', (status) => done({ status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }));
    options.onStart?.(kill);
  });
}
