import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { epochOf } from '#core';
import { openJobQueue, type JobQueue } from '../sync-service/jobs/cluster/job-queue.ts';
import { DIST_CLI } from '../test/support/built-cli.ts';
import { startPostgres, type Postgres } from '../test/support/postgres.ts';
import { SHIFTED_CLOCK } from '../test/support/working-clock.ts';
import { cpuSeconds, cpuSecondsOfTree } from './cpu-time.ts';
import { workbookId, type GoogleOrders, type GoogleWord } from './google-orders.ts';
import { NOW } from './ledger.ts';
import { formatLine, HEADING } from './table.ts';

/**
 * `npm run bench:workers [-- WORKBOOKS]`: how many spreadsheets of 200 rows 1, 2 and 4 `duban worker` processes do in a minute, each its
 * daily run: through a real PostgreSQL, against a Google double in a process of its own that takes 50 ms for each call. First
 * without Google's quotas; then with them (60 reads and 60 writes a minute for an account, 300 for the project; each worker has an
 * account of its own), for as long as two minutes' worth. A worker does one job at a time: so more workers share the wait for
 * Google, and not only the cores of this machine.
 */
const CONCURRENCY = 1;
const WORKERS = [1, 2, 4];
const LATENCY_MS = 50;
const QUOTA_MINUTES = 2;
/** Google counts whole minutes. */
const QUOTA = { perUser: 60, perProject: 300 };
/** The morning after the ledgers were last settled. */
const BEGIN = epochOf(NOW) + 25 * 3_600_000;
/** Measured from here on: while the first jobs are done, processes still load their modules. */
const WARM_SHARE = 0.1;

interface Measured { readonly perMinute: number; readonly reads: number; readonly writes: number; readonly refused: number; readonly workerMs: number; readonly googleMs: number; readonly databaseMs: number }

const fail = (error: Error): void => { throw error; };

const workbooks = Number(process.argv[2] ?? 1000);
if (!Number.isInteger(workbooks) || workbooks < 50) {
  process.stderr.write('usage: npm run bench:workers -- [WORKBOOKS (50 or more)]\n');
  process.exit(2);
}
const postgres = await startPostgres();
try {
  process.stdout.write(`${HEADING}\n`);
  let alone = 0;
  for (const workers of WORKERS) {
    const measured = await measure(postgres, `free${workers}`, workers, workbooks, false);
    alone = workers === 1 ? measured.perMinute : alone;
    print(`${workbooks} workbooks, ${workers} workers: per minute, against ${workers} times one`, measured.perMinute, alone * workers);
    tell(measured);
  }
  for (const workers of WORKERS) {
    const allowed = Math.min(QUOTA.perUser * workers, QUOTA.perProject);
    const measured = await measure(postgres, `quota${workers}`, workers, Math.round(allowed / 3) * QUOTA_MINUTES, true);
    print(`under ${QUOTA.perUser} reads a minute and account, ${workers} workers: reads a minute`, measured.perMinute * measured.reads, allowed);
    tell(measured);
  }
} finally {
  await postgres.close();
}

function print(what: string, perMinute: number, bound: number): void {
  process.stdout.write(`${formatLine({ what, measured: perMinute.toFixed(0), bound: bound.toFixed(0), ratio: perMinute / bound, budget: null })}\n`);
}

function tell({ perMinute, reads, writes, refused, workerMs, googleMs, databaseMs }: Measured): void {
  process.stdout.write(`  ${perMinute.toFixed(0)} a minute; a job: ${reads.toFixed(2)} reads, ${writes.toFixed(2)} writes; CPU of a job: ${workerMs.toFixed(0)} ms in the worker, `
    + `${googleMs.toFixed(0)} ms in the double, ${databaseMs.toFixed(0)} ms in PostgreSQL; ${refused} calls refused by the quota\n`);
}

async function measure({ url: server, pid: database }: Postgres, name: string, workers: number, count: number, hasQuota: boolean): Promise<Measured> {
  const url = server.replace(/postgres$/, name);
  const root = await openJobQueue(server, fail);
  await root.database.executeSql(`CREATE DATABASE ${name}`, []);
  await root.close();
  const queue = await openJobQueue(url, fail);
  const folder = mkdtempSync(join(tmpdir(), 'duban-workers-'));
  const google = await startGoogle({ workbooks: count, latencyMs: LATENCY_MS, quota: hasQuota ? QUOTA : null, clockShiftMs: BEGIN - Date.now() });
  const children: ChildProcess[] = [];
  try {
    // Its time of this year is over: each is due once, when the first worker starts.
    writeFileSync(join(folder, 'duban.yaml'), `workbooks:\n${Array.from({ length: count }, (_, index) => `  - { path: "gsheet:${workbookId(index)}", schedule: "0 0 1 1 *" }\n`).join('')}`);
    for (let worker = 0; worker < workers; worker += 1) children.push(startWorker(join(folder, `worker-${worker}`), google.keys[worker]!, url, { DUBAN_GOOGLE_URL: google.address, ...(hasQuota ? {} : { DUBAN_GOOGLE_PER_MINUTE: '1000000' }) }));
    const used = (): number[] => [children.reduce((sum, { pid }) => sum + cpuSeconds(pid!), 0), cpuSeconds(google.child.pid!), cpuSecondsOfTree(database)];
    const warm = await reached(queue, count * WARM_SHARE);
    const [started, before, callsBefore] = [performance.now(), used(), await google.calls()];
    const done = (await reached(queue, count)) - warm;
    const [minutes, after, calls] = [(performance.now() - started) / 60_000, used(), await google.calls()];
    const [workerMs = 0, googleMs = 0, databaseMs = 0] = after.map((seconds, index) => ((seconds - before[index]!) * 1000) / done);
    return { perMinute: done / minutes, reads: (calls.reads - callsBefore.reads) / done, writes: (calls.writes - callsBefore.writes) / done, refused: calls.refused, workerMs, googleMs, databaseMs };
  } finally {
    for (const child of [...children, google.child]) child.kill('SIGKILL');
    await queue.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How many are done, once these many are. */
async function reached({ database }: JobQueue, wanted: number): Promise<number> {
  for (;;) {
    const { rows } = await database.executeSql("SELECT count(*) FILTER (WHERE state = 'completed')::int AS done, max(output ->> 'message') AS failure FROM pgboss.job WHERE name = 'duban-duty'", []);
    const { done, failure } = rows[0] as { done: number; failure: string | null };
    if (failure !== null) throw new Error(`a job failed: ${failure}`);
    if (done >= wanted) return done;
    await wait(100);
  }
}

/** A worker of an account of its own, in a folder of its own beside those of the others. */
function startWorker(home: string, key: object, database: string, settings: Readonly<Record<string, string>>): ChildProcess {
  mkdirSync(home);
  writeFileSync(join(home, 'key.json'), JSON.stringify(key));
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(DUBAN_|NODE_)/.test(key)));
  return spawn(process.execPath, [SHIFTED_CLOCK, DIST_CLI, 'worker', '--concurrency', String(CONCURRENCY), '--config', join(home, '..', 'duban.yaml')], {
    cwd: home, stdio: 'ignore',
    env: { ...inherited, SHIFT_MS: String(BEGIN - Date.now()), DUBAN_DATABASE_URL: database, DUBAN_GOOGLE_CREDENTIALS: join(home, 'key.json'), ...settings },
  });
}

interface GoogleProcess extends Pick<GoogleWord, 'address' | 'keys'> { readonly child: ChildProcess; calls(): Promise<{ reads: number; writes: number; refused: number }> }

async function startGoogle(orders: GoogleOrders): Promise<GoogleProcess> {
  const child = fork(join(import.meta.dirname, 'google-process.js'), [JSON.stringify(orders)]);
  const answer = async (): Promise<GoogleWord> => (await once(child, 'message') as [GoogleWord])[0];
  const { address, keys } = await answer();
  return {
    child, address, keys,
    async calls() {
      child.send('calls');
      return (await answer()).calls;
    },
  };
}
