import { pendingGroupNews, type Delivery, type GroupNews, type Host, type RunPlan, type Workbook } from '#core';
import type { GroupRobot } from '../notify/robots/robot.ts';
import type { DeliveryMemory, RunOutcome } from './run-workbook.ts';

const HOST: Host = 'sync-service';

/**
 * Tells each group what is new, in one message a run, remembered durably before and after like a mail. Where a robot's settings
 * are wrong the attempt is not counted: that says nothing against the message.
 */
export async function tellGroups(workbook: Workbook, plan: RunPlan, memory: DeliveryMemory, robots: readonly GroupRobot[]): Promise<Pick<RunOutcome, 'delivered' | 'undelivered'>> {
  const undelivered: { key: string; message: string }[] = [];
  let delivered = 0;
  for (const robot of robots) {
    const news = pendingGroupNews(workbook, plan, memory.entries(), robot.group, HOST);
    if (news === null) continue;
    const { key, subject, body, members, attempts } = news;
    const frozen = { key, subject, body, members, at: plan.clock.now, channel: robot.group.channel } satisfies Partial<Delivery>;
    memory.record({ ...frozen, attempts, state: 'sending', error: '', permanent: false });
    const result = await robot.send(news satisfies GroupNews);
    if (result.ok) {
      delivered += 1;
      memory.record({ ...frozen, attempts: attempts + 1, state: 'sent', error: '', permanent: false });
      continue;
    }
    undelivered.push({ key, message: result.message });
    memory.record({ ...frozen, attempts: result.reason === 'settings' ? attempts : attempts + 1, state: 'failed', error: result.message, permanent: result.reason === 'content' });
  }
  return { delivered, undelivered };
}
