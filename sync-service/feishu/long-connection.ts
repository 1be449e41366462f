import * as lark from '@larksuiteoapi/node-sdk';
import { CARD_PRESSED, RECORDS_CHANGED } from './events.ts';
import { httpInstance, SILENT } from './client.ts';
import type { FeishuCredentials } from './credentials.ts';

/** A line that gives no sign of life for so long after a ping is dead: it is opened anew. */
const PONG_SECONDS = 60;
/** After the platform refused or the client gave up: once more, for as long as the service runs. */
const AGAIN_MS = 60_000;

export interface LongConnectionParts {
  readonly credentials: FeishuCredentials;
  readonly root: string | null;
  /** Each event as one object; what it answers goes back to Feishu. Never rejects. */
  readonly event: (flat: unknown) => object | null;
  /** Open, for the first time or again: what happened meanwhile was not told. */
  readonly opened: () => void;
  readonly failed: (message: string) => void;
}

/**
 * Feishu's events over a connection that this side opens: no public address, and no signature to check, since the connection is
 * opened with the app's secret. Answers how to close it.
 */
export function openLongConnection({ credentials, root, event, opened, failed }: LongConnectionParts): () => void {
  let again: NodeJS.Timeout | null = null;
  let isClosed = false;
  const client = new lark.WSClient({
    ...credentials, domain: root?.replace(/\/$/, '') ?? lark.Domain.Feishu, httpInstance: httpInstance(), logger: SILENT, wsConfig: { pingTimeout: PONG_SECONDS }, handshakeTimeoutMs: 15_000,
    onReady: opened, onReconnected: opened,
    onError(error) {
      failed(error.message);
      if (!isClosed) again = setTimeout(start, AGAIN_MS);
    },
  });
  const handle = (data: unknown): object | undefined => event(data) ?? undefined;
  const eventDispatcher = new lark.EventDispatcher({ logger: SILENT }).register({ [RECORDS_CHANGED]: handle, [CARD_PRESSED]: handle });
  function start(): void {
    client.start({ eventDispatcher }).catch((error: unknown) => { failed(error instanceof Error ? error.message : String(error)); });
  }
  start();
  return () => {
    isClosed = true;
    if (again !== null) clearTimeout(again);
    client.close({ force: true });
  };
}
