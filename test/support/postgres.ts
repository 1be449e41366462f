import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, until } from './served-office.ts';

/** Debian's account for what needs no rights; PostgreSQL refuses to run as root. */
const NOBODY = 65_534;
const DEBIAN = '/usr/lib/postgresql';

export interface Postgres {
  readonly url: string;
  /** The server's process; its connections are its children. */
  readonly pid: number;
  /** Ends it at once and removes its files. */
  close(): Promise<void>;
}

/** A PostgreSQL server of the test's own, in a temporary folder and without care for power loss. */
export async function startPostgres(): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'duban-postgres-'));
  const account = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : null;
  if (account !== null) chownSync(folder, account.uid, account.gid);
  const data = join(folder, 'data');
  execFileSync(join(programs(), 'initdb'), ['-D', data, '-U', 'duban', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync', '--no-instructions'], { ...account, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const port = await freePort();
  const server = spawn(join(programs(), 'postgres'), ['-D', data, '-k', folder, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'max_connections=60'], { ...account, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => { log += text; });
  const ended = new Promise((done) => server.once('close', done));
  try {
    await until('PostgreSQL is ready', () => {
      if (server.exitCode !== null) throw new Error(log);
      return log.includes('ready to accept connections');
    });
  } catch (error) {
    server.kill('SIGKILL');
    throw error;
  }
  return {
    url: `postgres://duban@127.0.0.1:${port}/postgres`,
    pid: server.pid!,
    async close() {
      server.kill('SIGQUIT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Where the server's programs lie: Debian keeps them by version and out of the path. */
function programs(): string {
  const version = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a))[0] : undefined;
  if (version === undefined) throw new Error('PostgreSQL is missing: node scripts/setup.mjs --test installs it');
  return join(DEBIAN, version, 'bin');
}
