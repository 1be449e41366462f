import PgBoss from 'pg-boss';
import * as z from 'zod';
import { BEAT, LIST, PUT_BLOCKED_BACK } from './job-table.ts';
import { QueueError } from './queue-error.ts';
import { momentId, type DutyKind, type DutyMoment } from './moments.ts';

const DUTY = 'duban-duty';
const MOMENT = 'duban-moment';
const DAY_SECONDS = 86_400;
/** A moment that was fired is remembered for this long: a worker that starts later fires it no second time. */
const REMEMBERED_SECONDS = 7 * DAY_SECONDS;
const DEAD_LETTER_SECONDS = 30 * DAY_SECONDS;
const MOMENTS_AT_ONCE = 100;

export interface QueueTimes {
  /** A worker that gave no sign of life for this long has lost its job. */
  readonly leaseSeconds: number;
  /** How often a job is tried again before it becomes a dead letter. */
  readonly retryLimit: number;
  /** The first pause before another attempt lies between one and two of it; each later one is twice as long. */
  readonly retryDelaySeconds: number;
}

/** A killed worker's job begins elsewhere after at most 15 s of silence, 3 s until somebody looks and 6 s of pause; a failing one is given up after about six minutes. */
export const QUEUE_TIMES: QueueTimes = { leaseSeconds: 15, retryLimit: 6, retryDelaySeconds: 3 };

/** One duty of one workbook, as it waits in the queue. `workbook` is its key in the configuration. */
export interface ClusterDuty { readonly kind: DutyKind; readonly workbook: string; readonly reason: string }

export interface TakenDuty extends ClusterDuty {
  readonly id: string;
  /** 0 at the first attempt. With the id it says whose the job is: who takes it over counts one more. */
  readonly retries: number;
}

export interface ListedJob extends ClusterDuty {
  readonly id: string;
  readonly state: 'created' | 'retry' | 'active' | 'failed';
  readonly retries: number;
  /** Milliseconds since the epoch: when it may begin, last gave a sign of life, or was given up. */
  readonly at: number;
  /** Why the last attempt failed; '' where none did. */
  readonly failure: string;
  /** A dead letter that a later job of the same duty has made good. */
  readonly isMadeGood: boolean;
}

/** The jobs of a cluster in PostgreSQL. Every call rejects with a QueueError where the database doesn't answer. */
export interface JobQueue {
  /** Fires each of these moments once in the cluster, however many announce it. */
  announce(moments: readonly DutyMoment[]): Promise<void>;
  /** Turns fired moments whose time has come into jobs. */
  handOver(): Promise<void>;
  /** Takes the next job whose workbook nobody else is at; null where there is none. */
  take(): Promise<TakenDuty | null>;
  /** A sign of life; false where the job has been taken over. */
  beat(job: TakenDuty): Promise<boolean>;
  /** Both do nothing to a job that has been taken over. */
  complete(job: TakenDuty): Promise<void>;
  fail(job: TakenDuty, reason: string): Promise<void>;
  /** Frees the jobs of workers that gave no sign of life. */
  recover(): Promise<void>;
  /** What waits, is at work, or was given up. */
  list(): Promise<ListedJob[]>;
  /** Sets a dead letter waiting again; `waiting` where such a job waits already, `unknown` where it is no dead letter. */
  retry(id: string): Promise<'done' | 'waiting' | 'unknown'>;
  /** For what else the cluster shares. */
  readonly database: PgBoss.Db;
  close(): Promise<void>;
}

const DATA = z.object({ kind: z.enum(['run', 'backup']), workbook: z.string(), reason: z.string() });
const FAILURE = z.union([z.object({ message: z.string() }).transform(({ message }) => message), z.object({ value: z.object({ message: z.string() }) }).transform(({ value }) => value.message)]);
const ROW = z.object({
  id: z.string(), data: DATA, state: z.enum(['created', 'retry', 'active', 'failed']), retries: z.number(), at: z.coerce.date(), output: z.unknown(), made_good: z.boolean(),
});

/** Opens the queue and makes its tables where there are none. `onError` hears what goes wrong between calls. */
export async function openJobQueue(url: string, onError: (error: Error) => void, times = QUEUE_TIMES): Promise<JobQueue> {
  const boss = new PgBoss({
    connectionString: url, application_name: 'duban', schedule: false, archiveCompletedAfterSeconds: REMEMBERED_SECONDS, archiveFailedAfterSeconds: DEAD_LETTER_SECONDS,
  });
  boss.on('error', onError);
  await answered(async () => {
    await boss.start();
    await boss.createQueue(DUTY, { name: DUTY, policy: 'stately' });
    await boss.createQueue(MOMENT, { name: MOMENT, policy: 'standard' });
  });
  const database = boss.getDb();
  const work = { retryLimit: times.retryLimit, retryDelay: times.retryDelaySeconds, retryBackoff: true, expireInSeconds: times.leaseSeconds };

  async function ask({ kind, workbook, reason }: ClusterDuty): Promise<void> {
    // "Stately": of one key at most one waits, one pauses before another attempt and one is at work.
    await boss.send(DUTY, { kind, workbook, reason }, { ...work, singletonKey: `${kind} ${workbook}`, priority: kind === 'run' ? 1 : 0 });
  }

  const isOurs = async ({ id, retries }: TakenDuty): Promise<boolean> => (await database.executeSql(BEAT, [DUTY, id, retries])).rows.length === 1;

  return {
    database,
    announce: (moments) => answered(() => boss.insert(moments.map((moment) => ({
      name: MOMENT, id: momentId(moment), data: { kind: moment.kind, workbook: moment.workbook, reason: moment.reason }, startAfter: new Date(moment.at).toISOString(), ...work,
    })))),
    handOver: () => answered(async () => {
      const fired = await fetch(boss, MOMENT, MOMENTS_AT_ONCE);
      for (const { data } of fired.jobs) await ask(DATA.parse(data));
      if (fired.jobs.length > 0) await boss.complete(MOMENT, fired.jobs.map(({ id }) => id));
    }),
    take: () => answered(async () => {
      for (;;) {
        const { jobs, isBlocked } = await fetch(boss, DUTY, 1);
        const [job] = jobs;
        if (job !== undefined) return { ...DATA.parse(job.data), id: job.id, retries: job.retryCount };
        if (!isBlocked) return null;
        await database.executeSql(PUT_BLOCKED_BACK, [DUTY]);
      }
    }),
    beat: (job) => answered(() => isOurs(job)),
    complete: (job) => answered(async () => {
      if (await isOurs(job)) await boss.complete(DUTY, job.id);
    }),
    fail: (job, reason) => answered(async () => {
      if (await isOurs(job)) await boss.fail(DUTY, job.id, { message: reason });
    }),
    recover: () => answered(() => boss.expire()),
    list: () => answered(async () => (await database.executeSql(LIST, [DUTY])).rows.map((row: unknown) => {
      const { data, at, output, made_good: isMadeGood, ...job } = ROW.parse(row);
      return { ...data, ...job, at: at.getTime(), failure: FAILURE.catch('').parse(output), isMadeGood };
    })),
    retry: (id) => answered(async () => {
      const job = await boss.getJobById(DUTY, id);
      if (job?.state !== 'failed') return 'unknown';
      try {
        await boss.retry(DUTY, id);
        return 'done';
      } catch (error) {
        if (isUniqueViolation(error)) return 'waiting';
        throw error;
      }
    }),
    close: () => boss.stop({ graceful: false, wait: true }),
  };
}

/**
 * pg-boss hides what its fetch meets: that the next job's workbook is being worked at (a unique violation, on which it takes none
 * though others wait behind it), and a database that doesn't answer. Here both are told.
 */
async function fetch(boss: PgBoss, queue: string, batchSize: number): Promise<{ jobs: PgBoss.JobWithMetadata[]; isBlocked: boolean }> {
  const database = boss.getDb();
  let met: unknown = null;
  const jobs = await boss.fetch<object>(queue, { batchSize, includeMetadata: true, db: {
    async executeSql(text, values) {
      try {
        return await database.executeSql(text, values);
      } catch (error) {
        met = error;
        throw error;
      }
    },
  } } as PgBoss.FetchOptions & { includeMetadata: true });
  if (met !== null && !isUniqueViolation(met)) throw met instanceof Error ? met : new Error('the database failed');
  return { jobs, isBlocked: met !== null };
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}

/** Where the database refuses or is away, a sentence in place of its words, which may hold the connection string. */
async function answered<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) throw error;
    throw new QueueError(`数据库没有办成(${error.code}):${remedyOf(error.code)}`, { cause: error });
  }
}

function remedyOf(code: string): string {
  if (/^E[A-Z]+$/.test(code)) return '连不上,请核对 DUBAN_DATABASE_URL 的主机和端口、数据库是否在运行';
  if (code.startsWith('28')) return '登录被拒绝,请核对 DUBAN_DATABASE_URL 的账号和密码';
  if (code === '3D000') return '没有这个数据库,请先建立,如 createdb duban';
  if (code === '42501') return '账号没有权限,请把数据库的 CREATE 权限给它';
  if (code.startsWith('57') || code.startsWith('08')) return '连接断开或数据库正在停止,稍后会再试';
  return '请看数据库的日志';
}
