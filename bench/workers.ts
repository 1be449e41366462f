import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { parseWorkbook, planRun } from '#core';
import { POLICIES } from '#templates';
import { openJobQueue, QUEUE_TIMES } from '../sync-service/jobs/cluster/job-queue.ts';
import { openTimetable, type DutyMoment } from '../sync-service/jobs/cluster/moments.ts';
import { openSharedQuota } from '../sync-service/jobs/cluster/shared-quota.ts';
import { startWorker } from '../sync-service/jobs/cluster/worker.ts';
import { startPostgres, type Postgres } from '../test/support/postgres.ts';
import { ledgerRows, MemoryLedger, NOW } from './ledger.ts';
import { formatLine, HEADING } from './table.ts';

/**
 * `npm run bench:workers [-- WORKBOOKS]`: how many workbooks 1, 2 and 4 worker processes do in a minute, through a real PostgreSQL.
 * A job asks a stand-in of Google three times (read; read again before writing; write), 50 ms each, and plans 200 items. Then
 * the same with Google's real quota, which all workers share: it is the bound, whatever their number.
 */
const LATENCY_MS = 50;
const READS = 2;
const CALLS = 3;
/** Jobs at once in one worker: few, so that more workers share the wait for Google, and not the cores of this machine. */
const CONCURRENCY = 2;
const ITEMS = 200;
/** Google Sheets: reads a minute and project. */
const READS_PER_MINUTE = 300;
const QUOTA_SECONDS = 60;

const fail = (error: Error): void => { throw error; };

if (process.argv[2] === 'worker') await work(process.argv[3]!, process.argv[4] === 'quota');
else await measure(Number(process.argv[2] ?? 1000));

async function measure(workbooks: number): Promise<void> {
  const postgres = await startPostgres();
  try {
    process.stdout.write(`${HEADING}\n`);
    let alone = 0;
    for (const workers of [1, 2, 4]) {
      const { perMinute } = await throughput(postgres, `free${workers}`, workers, workbooks, false);
      alone = workers === 1 ? perMinute : alone;
      print(`${workbooks} workbooks, ${workers} workers: per minute, against ${workers} times one`, perMinute, alone * workers);
    }
    // One minute's worth, drawn from a bucket that begins empty.
    const allowed = (READS_PER_MINUTE / READS / 60) * QUOTA_SECONDS;
    for (const workers of [1, 2, 4]) {
      const { perMinute } = await throughput(postgres, `quota${workers}`, workers, allowed, true);
      print(`${allowed} workbooks under ${READS_PER_MINUTE} reads a minute, ${workers} workers`, perMinute, READS_PER_MINUTE / READS);
    }
  } finally {
    await postgres.close();
  }
}

function print(what: string, perMinute: number, bound: number): void {
  process.stdout.write(`${formatLine({ what, measured: perMinute.toFixed(0), bound: bound.toFixed(0), ratio: perMinute / bound, budget: null })}\n`);
}

/** Counts from when all workers are up to when the last job is done. */
async function throughput(postgres: Postgres, name: string, workers: number, workbooks: number, hasQuota: boolean): Promise<{ perMinute: number }> {
  const url = postgres.url.replace(/postgres$/, name);
  const root = await openJobQueue(postgres.url, fail);
  await root.database.executeSql(`CREATE DATABASE ${name}`, []);
  await root.close();
  const queue = await openJobQueue(url, fail);
  const children: ChildProcess[] = [];
  try {
    for (let worker = 0; worker < workers; worker += 1) children.push(fork(process.argv[1]!, ['worker', url, hasQuota ? 'quota' : 'free']));
    await Promise.all(children.map((child) => once(child, 'message')));
    const started = performance.now();
    await queue.announce(Array.from({ length: workbooks }, (_, index): DutyMoment => ({ kind: 'run', workbook: `gsheet:${index}`, reason: 'schedule', at: Date.now() })));
    while (await doneIn(queue) < workbooks) await wait(100);
    return { perMinute: workbooks / ((performance.now() - started) / 60_000) };
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await queue.close();
  }
}

async function doneIn({ database }: Awaited<ReturnType<typeof openJobQueue>>): Promise<number> {
  const { rows } = await database.executeSql("SELECT count(*)::int AS done FROM pgboss.job WHERE name = 'duban-duty' AND state = 'completed'", []);
  return (rows[0] as { done: number }).done;
}

async function work(url: string, hasQuota: boolean): Promise<void> {
  const queue = await openJobQueue(url, fail);
  const quota = await openSharedQuota(queue.database);
  const ledger = new MemoryLedger(ledgerRows({ items: ITEMS, notices: ITEMS, scores: ITEMS, history: 0 }));
  ledger.settle();
  const snapshot = ledger.snapshot();
  startWorker({
    queue, concurrency: CONCURRENCY, timetable: openTimetable([]), leaseSeconds: QUEUE_TIMES.leaseSeconds, clock: Date.now,
    async perform() {
      for (let call = 0; call < CALLS; call += 1) {
        if (hasQuota && call < READS) await quota.take('google-reads', READS_PER_MINUTE, 0);
        await wait(LATENCY_MS);
      }
      planRun(parseWorkbook(snapshot, POLICIES).workbook!, NOW, new Map());
      return [];
    },
    sentenceOf: String, databaseAway: (failure) => process.stderr.write(`${failure ?? ''}\n`), lost: () => undefined,
  });
  process.send!('up');
}
