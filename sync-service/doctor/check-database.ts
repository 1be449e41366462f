import { openJobQueue } from '../jobs/cluster/job-queue.ts';
import { QueueError } from '../jobs/cluster/queue-error.ts';
import { bad, ok, warn, type Finding } from './finding.ts';

/** Whether the database of a cluster lets us in and holds a queue, which is made where there is none; and what was given up in it. */
export async function checkDatabase(url: string): Promise<Finding> {
  try {
    const queue = await openJobQueue(url, () => undefined);
    try {
      const dead = (await queue.list()).filter(({ state, isMadeGood }) => state === 'failed' && !isMadeGood).length;
      return dead === 0 ? ok('队列', '数据库可以连接,没有放弃的工作') : warn('队列', `有 ${dead} 件工作试了几次都没有做成,已放弃`, '请用 duban jobs 看原因,处理好后用 duban jobs --retry 编号 重新排队');
    } finally {
      await queue.close();
    }
  } catch (error) {
    if (error instanceof QueueError) return bad('队列', error.message, '只有一台电脑的,不必用数据库:去掉环境变量 DUBAN_DATABASE_URL,用 duban serve');
    throw error;
  }
}
