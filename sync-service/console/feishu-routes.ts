import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { MOST_EVENT_BYTES, type EventRequest, type Verified } from '../feishu/webhook.ts';

export interface FeishuWebhook {
  readonly door: (request: EventRequest) => Verified;
  /** Takes an event in; what it answers goes back to Feishu. */
  readonly event: (flat: unknown) => object | null;
  /** A request was refused, for the log. */
  readonly refused: (status: number, why: string) => void;
}

/** `/feishu/events`: where Feishu posts events, for offices that have a public address. */
export function feishuRoutes({ door, event, refused }: FeishuWebhook): Hono {
  const routes = new Hono();
  const refuse = (status: 400 | 401, why: string): Response => {
    refused(status, why);
    return Response.json({ code: status }, { status });
  };
  routes.post('/feishu/events', bodyLimit({ maxSize: MOST_EVENT_BYTES, onError: () => refuse(400, '请求太大') }), async (context) => {
    const header = (name: string): string | undefined => context.req.header(name);
    const verified = door({ raw: Buffer.from(await context.req.arrayBuffer()), timestamp: header('x-lark-request-timestamp'), nonce: header('x-lark-request-nonce'), signature: header('x-lark-signature') });
    switch (verified.kind) {
      case 'challenge': return context.json({ challenge: verified.challenge });
      case 'event': return context.json(event(verified.flat) ?? {});
      case 'refused': return refuse(verified.status, verified.why);
    }
  });
  return routes;
}
