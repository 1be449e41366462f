import type { Context } from 'hono';
import type { ActionResult } from '#screens';
import type { WriteOutcome } from '../jobs/write-answer.ts';

/** What became of a person's write, as the page is told it. */
export function resultOf(context: Context, outcome: WriteOutcome): Response {
  switch (outcome.kind) {
    case 'done': return context.json({ kind: 'done', message: outcome.written === 0 ? '没有需要改动的内容' : '已写入工作簿' } satisfies ActionResult);
    case 'refused': return context.json({ kind: 'refused', message: outcome.message } satisfies ActionResult, 422);
    case 'conflict': return context.json({ kind: 'conflict', message: outcome.message } satisfies ActionResult, 409);
    case 'held': return context.json({ kind: 'held', message: outcome.message } satisfies ActionResult, 423);
  }
}
