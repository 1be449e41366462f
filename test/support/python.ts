import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { ROOT } from './built-cli.ts';

const PYTHON = '/usr/bin/python3';
const support = (name: string): string => join(ROOT, 'test', 'support', name);

interface Server { readonly requests: string; readonly answers: string }
let server: Server | null = null;

/**
 * Runs one of test/support's Python scripts with openpyxl and answers its output; throws with that output where it fails.
 * The interpreter is started once for each process of tests: loading openpyxl takes longer than what the scripts do.
 */
export function python(script: string, ...args: readonly string[]): string {
  server ??= start();
  writeFileSync(server.requests, `${JSON.stringify([support(script), ...args])}\n`);
  const { status, out } = JSON.parse(readFileSync(server.answers, 'utf8')) as { status: number; out: string };
  if (status !== 0) throw new Error(`${script} ${args.join(' ')}: ${out}`);
  return out;
}

function start(): Server {
  const folder = mkdtempSync(join(tmpdir(), 'duban-python-'));
  const pipes = { requests: join(folder, 'requests'), answers: join(folder, 'answers') };
  execFileSync('mkfifo', [pipes.requests, pipes.answers]);
  const child = spawn(PYTHON, ['-W', 'ignore', support('hand.py'), pipes.requests, pipes.answers], { stdio: ['pipe', 'inherit', 'inherit'] });
  // It ends with this process, whose end of the pipe closes then, and keeps it from nothing.
  child.unref();
  (child.stdin as Writable & Pick<Socket, 'unref'>).unref();
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return pipes;
}
