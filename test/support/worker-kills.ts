import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openJobQueue, type JobQueue } from '../../sync-service/jobs/cluster/job-queue.ts';
import { DIST_CLI, duban } from './built-cli.ts';
import { flakyMailServer, type Failure, type FlakyMailServer } from './flaky-mail-server.ts';
import { startPostgres } from './postgres.ts';
import { until, type LogLine } from './served-office.ts';
import { countMails, newMatter, nextOfficeMoment, sendRefusedAgain, type MailCount } from './soak-mails.ts';
import { SHIFTED_CLOCK } from './working-clock.ts';

export interface WorkerKillReport extends MailCount {
  /** Mails taken over by the server in the second before a kill tell that it fell among them. */
  readonly stages: Readonly<Record<'while sending' | 'between mails', number>>;
  readonly failures: Readonly<Record<Failure, number>>;
  /** Attempts at jobs beyond the first: nearly all of them jobs of killed workers, taken over. */
  readonly takenOver: number;
  /** Jobs that were given up after their last attempt; all of them made good by a later one. */
  readonly givenUp: number;
}

const WORKBOOKS = ['甲', '乙', '丙', '丁'];
const WORKERS = 3;
const FIRST_DAY = '2026-03-16';
const HOUR_MS = 3_600_000;
/** After so many kills all workers are killed together, and start again later in the day: what failed is due again. */
const KILLS_A_LIFE = 12;
/** Longer than the wait after a failed attempt. */
const STEP_MS = 20 * 60_000;

/**
 * `kill -9` on `duban worker`, `kills` times: three processes share four workbooks in which new matters come in, through a real
 * PostgreSQL, while the mail server fails at random. Then all is well again, people send the refused notices once more, and
 * everything is counted. `isEnough` ends the killing early.
 */
export async function killWorkers(kills: number, random: () => number, progress: (line: string) => void, isEnough: () => boolean = () => false): Promise<WorkerKillReport> {
  const root = mkdtempSync(join(tmpdir(), 'duban-worker-kill-'));
  const [server, postgres] = await Promise.all([flakyMailServer(random), startPostgres()]);
  const queue = await openJobQueue(postgres.url, (error) => { throw error; });
  const soak = new Soak(root, server, postgres.url, queue, random);
  try {
    return await soak.whole(kills, progress, isEnough);
  } finally {
    soak.end();
    await queue.close();
    await postgres.close();
    server.close();
    rmSync(root, { recursive: true, force: true });
  }
}

interface Worker { readonly child: ChildProcess; readonly ended: Promise<unknown>; readonly log: () => (LogLine & { readonly workbook?: string })[] }

class Soak {
  private readonly folder: string;
  private readonly files: readonly string[];
  private readonly server: FlakyMailServer;
  private readonly url: string;
  private readonly queue: JobQueue;
  private readonly random: () => number;
  /** How many mails had been taken over at each kill. */
  private readonly kills: number[] = [];
  private readonly workers: Worker[] = [];
  private clock = Date.parse(`${FIRST_DAY}T09:00+08:00`);
  private startedAt = 0;

  constructor(folder: string, server: FlakyMailServer, url: string, queue: JobQueue, random: () => number) {
    this.folder = folder;
    this.files = WORKBOOKS.map((name) => join(folder, `${name}.xlsx`));
    this.server = server;
    this.url = url;
    this.queue = queue;
    this.random = random;
  }

  async whole(kills: number, progress: (line: string) => void, isEnough: () => boolean): Promise<WorkerKillReport> {
    for (const file of this.files) {
      const { status, stderr } = await duban(['init', file, '--policy', 'tax', '--sample', '--now', `${FIRST_DAY}T08:30+08:00`]);
      if (status !== 0) throw new Error(stderr);
    }
    writeFileSync(join(this.folder, 'duban.yaml'), `workbooks:\n${WORKBOOKS.map((name) => `  - { path: ${name}.xlsx, schedule: "*/5 * * * * *" }\n`).join('')}`);
    const stages = { 'while sending': 0, 'between mails': 0 };
    this.startAll();
    for (let round = 1; round <= kills && !isEnough(); round += 1) {
      const stage = await this.kill(Math.floor(this.random() * WORKERS));
      stages[stage] += 1;
      await newMatter(this.files[round % this.files.length]!, this.now(), round);
      if (round % KILLS_A_LIFE === 0) this.later(STEP_MS);
      if (round % 10 === 0 || kills < 10) progress(`kill ${round}/${kills}: ${stage}; ${this.server.accepted.length} mails taken over so far`);
    }
    this.server.mend();
    // The next working day, so that the digests of what came in last go out too.
    this.later(10 * HOUR_MS);
    await this.settle();
    const refused = [];
    for (const file of this.files) refused.push(await sendRefusedAgain(file));
    if (refused.some(Boolean)) {
      this.later(STEP_MS);
      await this.settle();
    }
    const dead = (await this.queue.list()).filter(({ state }) => state === 'failed');
    const { rows } = await this.queue.database.executeSql("SELECT coalesce(sum(retry_count), 0)::int AS again FROM pgboss.job WHERE name = 'duban-duty'", []);
    const counted = await countMails(this.files, this.server.accepted, this.kills);
    return {
      stages, failures: this.server.failures, takenOver: (rows[0] as { again: number }).again, givenUp: dead.length, ...counted,
      faults: [...counted.faults, ...dead.filter(({ isMadeGood }) => !isMadeGood).map(({ workbook, failure }) => `the job of ${workbook} was given up and never made good: ${failure}`)],
    };
  }

  end(): void {
    for (const { child } of this.workers.splice(0)) child.kill('SIGKILL');
  }

  private now(): number {
    return this.clock + (Date.now() - this.startedAt);
  }

  /** All workers' clocks agree, as those of machines that set them by the network. */
  private startAll(): void {
    this.clock = nextOfficeMoment(this.clock);
    this.startedAt = Date.now();
    for (let worker = 0; worker < WORKERS; worker += 1) this.workers.push(this.start());
  }

  private later(ms: number): void {
    this.kills.push(this.server.accepted.length);
    this.end();
    this.clock = this.now() + ms;
    this.startAll();
  }

  private start(): Worker {
    const inherited = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(DUBAN_|VITEST|NODE_)/.test(key)));
    const child = spawn(process.execPath, [SHIFTED_CLOCK, DIST_CLI, 'worker', '--concurrency', '2', '--config', join(this.folder, 'duban.yaml')], {
      cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...inherited, SHIFT_MS: String(this.clock - this.startedAt), DUBAN_DATABASE_URL: this.url, DUBAN_SMTP_URL: this.server.url },
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text; });
    return { child, ended: new Promise((done) => child.once('close', done)), log: () => stderr.split('\n').slice(0, -1).map((line) => JSON.parse(line) as LogLine) };
  }

  private async kill(place: number): Promise<keyof WorkerKillReport['stages']> {
    const { accepted } = this.server;
    const before = accepted.length;
    // Most of them while mails go out, some while workers still start.
    if (this.random() < 0.7) await Promise.race([until('a mail', () => accepted.length > before), wait(8000)]);
    const seen = accepted.length;
    await wait(this.random() * 1000);
    const worker = this.workers[place]!;
    worker.child.kill('SIGKILL');
    this.kills.push(this.server.accepted.length);
    await worker.ended;
    this.workers[place] = this.start();
    return accepted.length > seen ? 'while sending' : 'between mails';
  }

  /** Runs until each workbook has nothing more to do. */
  private async settle(): Promise<void> {
    await until('a run of each with nothing left to do', () => WORKBOOKS.every((name) => this.workers.some(({ log }) => log().some(({ msg, state, workbook }) => msg === '巡检完成' && state === 'unchanged' && workbook?.endsWith(`${name}.xlsx`) === true))));
    for (const { child } of this.workers) child.kill('SIGTERM');
    await Promise.all(this.workers.map(({ ended }) => ended));
  }
}
