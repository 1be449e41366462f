import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** An answer that refuses: a code for machines, a sentence for people. */
export function failure(context: Context, status: ContentfulStatusCode, code: string, message: string): Response {
  return context.json({ code, message }, status);
}
