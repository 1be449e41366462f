import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SHEETS } from '#core';
import { checkDatabase } from '../sync-service/doctor/check-database.ts';
import { openJobQueue, type JobQueue, type QueueTimes, type TakenDuty } from '../sync-service/jobs/cluster/job-queue.ts';
import { openTimetable, type DutyMoment } from '../sync-service/jobs/cluster/moments.ts';
import { openSharedQuota } from '../sync-service/jobs/cluster/shared-quota.ts';
import { startWorker, type ClusterWorker } from '../sync-service/jobs/cluster/worker.ts';
import { plainBase } from './feishu/contract-workbook.ts';
import { FeishuDouble } from './feishu/feishu-double.ts';
import { ACCOUNT } from './google/contract-workbook.ts';
import { GoogleDouble } from './google/google-double.ts';
import { plainBook, SMALL_OFFICE } from './google/plain-book.ts';
import { serviceAccountFile } from './google/tokens.ts';
import { DIST_CLI } from './support/built-cli.ts';
import { dubanHere } from './support/cli-here.ts';
import { startPostgres, type Postgres } from './support/postgres.ts';
import { countsOf, runHere } from './support/run-here.ts';
import { mailServer, servedOffice, until } from './support/served-office.ts';
import { BACK_TO_WORK_MS, SHIFTED_CLOCK } from './support/working-clock.ts';

let postgres: Postgres;
const root = mkdtempSync(join(tmpdir(), 'duban-cluster-'));
/** Begun at once, in a database of its own: it waits for a lease to run out while the others are tested. */
let takeover: ReturnType<typeof killedOverMails>;
beforeAll(async () => {
  postgres = await startPostgres();
  const queue = await openJobQueue(postgres.url, unexpected);
  await queue.database.executeSql('CREATE DATABASE office', []);
  await queue.database.executeSql('CREATE DATABASE clouds', []);
  await queue.close();
  takeover = killedOverMails(postgres.url.replace(/postgres$/, 'office'));
  takeover.catch(() => undefined);
});
afterAll(async () => {
  await takeover.catch(() => undefined);
  await postgres.close();
  rmSync(root, { recursive: true, force: true });
});

const FAST: QueueTimes = { leaseSeconds: 2, retryLimit: 2, retryDelaySeconds: 1 };
const unexpected = (error: Error): void => { throw error; };

/** Workers in this process, each with a queue of its own, that do what `perform` says. */
async function cluster(count: number, perform: (duty: TakenDuty, worker: number) => Promise<readonly DutyMoment[]>, duties: Parameters<typeof openTimetable>[0] = []): Promise<{ queues: JobQueue[]; workers: ClusterWorker[] }> {
  const queues = await Promise.all(Array.from({ length: count }, () => openJobQueue(postgres.url, unexpected, FAST)));
  for (const queue of queues) open.push(queue);
  const workers = queues.map((queue, worker) => startWorker({
    queue, concurrency: 2, timetable: openTimetable(duties), leaseSeconds: FAST.leaseSeconds, perform: (duty) => perform(duty, worker),
    sentenceOf: (error) => (error as Error).message, databaseAway: (failure) => { throw new Error(String(failure)); }, lost: () => undefined, clock: Date.now,
  }));
  working.push(...workers);
  return { queues, workers };
}
const open: JobQueue[] = [];
const working: ClusterWorker[] = [];
afterEach(async () => {
  await Promise.all(working.splice(0).map((worker) => worker.stop()));
  await open[0]?.database.executeSql('TRUNCATE pgboss.job, pgboss.archive', []);
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const moment = (workbook: string, at: number): DutyMoment => ({ kind: 'run', workbook, reason: 'schedule', at });

describe('a cluster', () => {
  it('fires a schedule once for all its workers, makes up for the last time missed, and never works at one workbook twice at once', async () => {
    const done: string[] = [];
    const busy = new Set<string>();
    const perform = async ({ workbook, reason }: TakenDuty): Promise<readonly DutyMoment[]> => {
      expect(busy.has(workbook)).toBe(false);
      busy.add(workbook);
      await wait(300);
      busy.delete(workbook);
      done.push(`${workbook} ${reason}`);
      return [];
    };
    // 甲 is due every second, 乙 was due in the past only: once is made up for.
    const { queues } = await cluster(3, perform, [{ kind: 'run', workbook: '甲', patterns: ['* * * * * *'] }, { kind: 'run', workbook: '乙', patterns: ['0 0 1 1 *'] }]);
    const started = Date.now();
    await until('甲 has run four times', () => done.filter((one) => one.startsWith('甲')).length >= 4);
    const seconds = Math.ceil((Date.now() - started) / 1000);
    expect(done.filter((one) => one.startsWith('甲')).length).toBeLessThanOrEqual(seconds + 1);
    expect(done.filter((one) => one.startsWith('乙'))).toEqual(['乙 schedule']);
    // The same moments announced once more by everybody are nothing new.
    const at = Date.now() - 60_000;
    for (const queue of [...queues, ...queues]) await queue.announce([moment('丙', at)]);
    await until('丙 has run', () => done.includes('丙 schedule'));
    await wait(1500);
    expect(done.filter((one) => one.startsWith('丙'))).toHaveLength(1);
  });

  it('lets others pass a workbook that is being worked at, and makes one job of many requests meanwhile', async () => {
    const order: string[] = [];
    let release: () => void = () => undefined;
    const slow = new Promise<void>((done) => { release = done; });
    const { queues: [queue] } = await cluster(1, async ({ workbook }) => {
      order.push(workbook);
      if (workbook === '慢' && order.filter((one) => one === '慢').length === 1) await slow;
      return [];
    });
    await queue!.announce([moment('慢', 1)]);
    await until('the slow one is at work', () => order.includes('慢'));
    await queue!.announce([moment('慢', 2), moment('慢', 3), moment('慢', 4), moment('快', 1)]);
    await until('another has passed', () => order.includes('快'));
    expect(order).toEqual(['慢', '快']);
    release();
    await until('the slow one comes again', () => order.length === 3);
    await wait(2500);
    expect(order).toEqual(['慢', '快', '慢']);
  });

  it('tries a failing job again with growing pauses, then keeps it with its reason until somebody sets it waiting again', async () => {
    const attempts: number[] = [];
    let isMended = false;
    const { queues: [queue] } = await cluster(1, () => {
      attempts.push(Date.now());
      return isMended ? Promise.resolve([]) : Promise.reject(new Error('共享断开'));
    });
    await queue!.announce([moment('坏', 1)]);
    await until('it was given up', async () => (await queue!.list()).some(({ state }) => state === 'failed'));
    expect(attempts).toHaveLength(1 + FAST.retryLimit);
    expect(attempts[1]! - attempts[0]!).toBeGreaterThan(900);
    expect(attempts[2]! - attempts[1]!).toBeGreaterThan(1900);
    const [dead] = await queue!.list();
    expect(dead).toMatchObject({ workbook: '坏', state: 'failed', failure: '共享断开', retries: FAST.retryLimit, isMadeGood: false });
    const listed = await withDatabase(postgres.url, () => dubanHere(['jobs']));
    expect(listed).toMatchObject({ status: 1, stdout: expect.stringMatching(/已放弃 1 件\n {2}\S+ {2}巡检 坏 .*原因:共享断开/) as string });
    expect(await checkDatabase(postgres.url)).toMatchObject({ level: 'warn', message: expect.stringContaining('有 1 件工作') as string });
    isMended = true;
    expect(await withDatabase(postgres.url, () => dubanHere(['jobs', '--retry', dead!.id.slice(0, 8)]))).toMatchObject({ status: 0, stdout: expect.stringContaining('已重新排队:坏') as string });
    await until('it is done', async () => (await queue!.list()).length === 0);
    expect(await queue!.retry(dead!.id)).toBe('unknown');
  });

  it('a worker that gave no sign of life loses its job to another, and can neither end nor fail it any more', async () => {
    const queue = await openJobQueue(postgres.url, unexpected, FAST);
    open.push(queue);
    await queue.announce([moment('失', 1)]);
    await queue.handOver();
    const first = (await queue.take())!;
    expect(await queue.beat(first)).toBe(true);
    await wait(FAST.leaseSeconds * 1000 + 200);
    await queue.recover();
    expect(await queue.beat(first)).toBe(false);
    let second: TakenDuty | null = null;
    await until('it can be taken again', async () => (second = await queue.take()) !== null);
    expect(second).toMatchObject({ id: first.id, retries: 1 });
    await queue.fail(first, '太晚');
    await queue.complete(first);
    expect(await queue.list()).toMatchObject([{ state: 'active', retries: 1 }]);
    await queue.complete({ ...first, retries: 1 });
    expect(await queue.list()).toEqual([]);
  });

  it('shares what a provider allows per minute', async () => {
    const queue = await openJobQueue(postgres.url, unexpected, FAST);
    open.push(queue);
    const quotas = await Promise.all([0, 1, 2].map(() => openSharedQuota(queue.database)));
    const started = Date.now();
    // Of 220 a minute 11 go at once and the others at 209 a minute: 20 take the time of 9; the wider limit holds nobody up.
    const limits = [{ name: 'user', calls: 300, seconds: 60 }, { name: 'project', calls: 220, seconds: 60 }];
    await Promise.all(Array.from({ length: 20 }, (_, index) => quotas[index % 3]!.take(limits)));
    expect(Date.now() - started).toBeGreaterThanOrEqual(2500);
    expect(Date.now() - started).toBeLessThan(6000);
  });
});

/** Three worker processes over three workbooks, of which the first is killed as its first mail is out. */
async function killedOverMails(url: string): Promise<{ mailsAtKill: number; ids: readonly string[]; file: string; exits: readonly (number | null)[]; logs: string }> {
  const office = await servedOffice(root, '集团', { clockShiftMs: BACK_TO_WORK_MS });
  for (const name of ['乙.xlsx', '丙.xlsx']) copyFileSync(office.file, join(office.folder, name));
  writeFileSync(join(office.folder, 'duban.yaml'), 'workbooks:\n  - { path: 台账.xlsx, schedule: "0 0 1 1 *" }\n  - { path: 乙.xlsx, schedule: "0 0 1 1 *" }\n  - { path: 丙.xlsx, schedule: "0 0 1 1 *" }\n');
  const server = await mailServer();
  const smtp = { DUBAN_SMTP_URL: `smtp://${server.url}` };
  const workers = [start(office.folder, url, smtp)];
  try {
    await until('the first mail is out', () => server.ids.length > 0);
    workers[0]!.child.kill('SIGKILL');
    const mailsAtKill = server.ids.length;
    workers.push(start(office.folder, url, smtp), start(office.folder, url, smtp));
    const queue = await openJobQueue(url, unexpected);
    try {
      await until('another is at it', async () => (await queue.list()).every(({ state, retries, workbook }) => workbook !== '台账.xlsx' || (state === 'active' && retries > 0)));
      await until('all is done', async () => (await queue.list()).length === 0);
    } finally {
      await queue.close();
    }
    for (const { child } of workers) child.kill('SIGTERM');
    const exits = await Promise.all(workers.map(({ ended }) => ended));
    return { mailsAtKill, ids: server.ids, file: office.file, exits, logs: workers.map(({ stderr }) => stderr()).join('') };
  } finally {
    for (const { child } of workers) child.kill('SIGKILL');
    server.close();
  }
}

function start(folder: string, url: string, settings: Readonly<Record<string, string>>): { readonly child: ChildProcess; readonly stderr: () => string; readonly ended: Promise<number | null> } {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(DUBAN_|VITEST|NODE_)/.test(key)));
  const child = spawn(process.execPath, [SHIFTED_CLOCK, DIST_CLI, 'worker', '--concurrency', '2', '--config', join(folder, 'duban.yaml')], {
    cwd: folder, env: { ...inherited, SHIFT_MS: String(BACK_TO_WORK_MS), DUBAN_DATABASE_URL: url, ...settings }, stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text; });
  return { child, stderr: () => stderr, ended: new Promise((done) => child.once('close', done)) };
}

describe('duban worker', () => {
  it('three processes, one killed over its mails: another takes the job over, all is done, each mail went out once', async () => {
    const { mailsAtKill, ids, file, exits, logs } = await takeover;
    expect(exits).toEqual([null, 0, 0]);
    expect(logs).not.toMatch(/数据库不可用|没有完成/);
    expect(ids.length).toBeGreaterThan(mailsAtKill);
    // Only the mail whose answer the killed worker did not live to see may come twice, as the same.
    expect(ids.length - new Set(ids).size).toBeLessThanOrEqual(1);
    expect(countsOf(await runHere(file, new Date(Date.now() + BACK_TO_WORK_MS).toISOString()))).toMatchObject({ notices: 0, delivered: 0 });
  });

  it('runs a spreadsheet and a base, counting the calls for all workers, and leaves nothing to do', async () => {
    const folder = join(root, '云上');
    mkdirSync(folder);
    writeFileSync(join(folder, 'duban.yaml'), 'workbooks:\n  - { path: "gsheet:sheet-1", schedule: "0 0 1 1 *" }\n  - { path: "bitable:bascnOne", schedule: "0 0 1 1 *" }\n');
    const google = new GoogleDouble(() => Date.now() + BACK_TO_WORK_MS);
    const book = plainBook('sheet-1', SMALL_OFFICE, [ACCOUNT]);
    google.hold(book);
    const feishu = new FeishuDouble();
    const base = plainBase(SMALL_OFFICE, undefined, 'bascnOne');
    feishu.hold(base);
    const url = postgres.url.replace(/postgres$/, 'clouds');
    const queue = await openJobQueue(url, unexpected);
    const worker = start(folder, url, {
      DUBAN_GOOGLE_URL: await google.listen(), DUBAN_GOOGLE_CREDENTIALS: JSON.stringify(serviceAccountFile(ACCOUNT)),
      DUBAN_FEISHU_URL: await feishu.listen(), DUBAN_FEISHU_APP_ID: feishu.appId, DUBAN_FEISHU_APP_SECRET: feishu.appSecret,
    });
    try {
      const lastRuns = (): unknown[] => [book.sheet(SHEETS.runs.name)!.lastRow() - 1, base.named(SHEETS.runs.name).records.length];
      await until('both have run', () => lastRuns().every((count) => count === 1));
      await until('both are done', async () => (await queue.list()).length === 0);
      worker.child.kill('SIGTERM');
      expect(await worker.ended).toBe(0);
      expect(worker.stderr()).not.toMatch(/没有完成|没有写入/);
      for (const place of ['gsheet/sheet-1', 'bitable/bascnOne']) expect(readdirSync(join(folder, place, 'outbox')).length).toBeGreaterThan(0);
      const { rows } = await queue.database.executeSql('SELECT name FROM duban.quota ORDER BY name', []);
      expect((rows as { name: string }[]).map(({ name }) => name)).toEqual([
        `feishu ${feishu.appId}`, 'google read project duban-test', `google read user ${ACCOUNT}`, 'google write project duban-test', `google write user ${ACCOUNT}`,
      ]);
      expect([google.reads(), google.writes()]).toEqual([4, 2]);
    } finally {
      worker.child.kill('SIGKILL');
      await Promise.all([google.close(), feishu.close(), queue.close()]);
    }
  });

  it.each<[string, string | null, number, RegExp]>([
    ['without a database', null, 2, /DUBAN_DATABASE_URL 没有设置.*duban serve/],
    ['with an address that is none', 'mysql://geheim@h/d', 2, /应写作 postgres:\/\//],
    ['with a database that does not answer', 'postgres://u:geheim@127.0.0.1:9/d', 1, /数据库没有办成\(ECONNREFUSED\):连不上/],
  ])('%s', async (_, url, status, sentence) => {
    writeFileSync(join(root, 'duban.yaml'), 'workbooks: [{ path: 台账.xlsx }]\n');
    const result = await withDatabase(url, () => dubanHere(['worker', '--config', join(root, 'duban.yaml')]));
    expect(result).toMatchObject({ status, stderr: expect.stringMatching(sentence) as string });
    expect(result.stderr).not.toContain('geheim');
  });
});

async function withDatabase<T>(url: string | null, act: () => Promise<T>): Promise<T> {
  if (url !== null) process.env['DUBAN_DATABASE_URL'] = url;
  try {
    return await act();
  } finally {
    delete process.env['DUBAN_DATABASE_URL'];
  }
}
