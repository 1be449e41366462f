import { formatMoment, momentFromEpoch } from '#core';
import { openJobQueue, type JobQueue, type ListedJob } from '../../jobs/cluster/job-queue.ts';
import { CommandError } from '../command-error.ts';
import { requireDatabase } from '../database-url.ts';

export interface JobsOptions {
  /** The id of a dead letter, or its beginning; null: list. */
  readonly retry: string | null;
  readonly json: boolean;
}

const SHORT_ID = 8;
const STATES: Readonly<Record<ListedJob['state'], readonly [title: string, at: string]>> = {
  active: ['正在做', '最近一次心跳'], created: ['等待', '可以开始'], retry: ['没有做成,等着再试', '再试'], failed: ['已放弃', '放弃'],
};
const KINDS = { run: '巡检', backup: '备份' } as const;

/** `duban jobs`: what waits, is at work and was given up, with reasons; or sets one that was given up waiting again. Exit status 1 where dead letters stand that nothing has made good. */
export async function jobsCommand({ retry, json }: JobsOptions): Promise<number> {
  const queue = await openJobQueue(requireDatabase(), (error) => process.stderr.write(`${error.message}\n`));
  try {
    if (retry !== null) return await retryOne(queue, retry);
    const jobs = await queue.list();
    process.stdout.write(json ? `${JSON.stringify({ jobs: jobs.map((job) => ({ ...job, at: new Date(job.at).toISOString() })) })}\n` : `${tableOf(jobs)}\n`);
    return jobs.some(({ state, isMadeGood }) => state === 'failed' && !isMadeGood) ? 1 : 0;
  } finally {
    await queue.close();
  }
}

function tableOf(jobs: readonly ListedJob[]): string {
  if (jobs.length === 0) return '队列是空的:没有等待、正在做或放弃的工作';
  return (['active', 'created', 'retry', 'failed'] as const).flatMap((state) => {
    const own = jobs.filter((job) => job.state === state);
    const [title, when] = STATES[state];
    return own.length === 0 ? [] : [`${title} ${own.length} 件`, ...own.map((job) => {
      const why = job.failure === '' ? '' : `;${state === 'failed' ? '' : '上次'}原因:${job.failure}`;
      const good = job.isMadeGood ? ';之后已做成,不必处理' : '';
      return `  ${job.id.slice(0, SHORT_ID)}  ${KINDS[job.kind]} ${job.workbook}  ${when} ${formatMoment(momentFromEpoch(job.at))}${job.retries > 0 ? `,已再试 ${job.retries} 次` : ''}${why}${good}`;
    })];
  }).join('\n');
}

async function retryOne(queue: JobQueue, id: string): Promise<number> {
  const found = (await queue.list()).filter((job) => job.state === 'failed' && job.id.startsWith(id.toLowerCase()));
  const [job] = found;
  if (job === undefined) throw new CommandError(1, `没有编号为 ${id} 的已放弃的工作:请用 duban jobs 看编号`);
  if (found.length > 1) throw new CommandError(2, `有 ${found.length} 件以 ${id} 开头:请把编号写长一些`);
  const answer = await queue.retry(job.id);
  if (answer === 'unknown') throw new CommandError(1, `这件工作刚刚变了,没有改动:请再看一次 duban jobs`);
  process.stdout.write(answer === 'waiting' ? `${job.workbook} 的${KINDS[job.kind]}已在等待,不必再加\n` : `已重新排队:${job.workbook} 的${KINDS[job.kind]}\n`);
  return 0;
}
