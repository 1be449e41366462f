import type { Context } from 'hono';
import { giveFeedback } from '#core';
import type { UploadResult } from '#screens';
import type { Book } from './book.ts';
import type { ConsoleEnv } from './context.ts';
import { failure } from './failure.ts';
import { storeAttachment } from './uploads.ts';

/** The body of a request, kept as an attachment of an item: for whoever reports on it, and named by his report afterwards. `name`: in the query. */
export async function takeAttachment(context: Context<ConsoleEnv>, book: Book, by: string, itemId: string): Promise<Response> {
  const { at } = await book.state();
  // Asked by trying: who may report is who reports.
  const may = giveFeedback(at.workbook, { itemId, by, progress: '附件', nextPlan: '' }, at.clock.now);
  if (may.kind === 'refused' || book.folder === null) return failure(context, 403, 'not-yours', '您不承办此事项,不能上传附件');
  const stored = await storeAttachment(book.folder, itemId, context.req.query('name') ?? '', new Uint8Array(await context.req.arrayBuffer()));
  return stored.kind === 'refused' ? failure(context, 422, 'attachment', stored.message) : context.json({ path: stored.path } satisfies UploadResult);
}
