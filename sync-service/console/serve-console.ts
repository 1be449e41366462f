import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { ServedStatus } from '../jobs/office-service.ts';
import { consoleApp } from './app.ts';
import { readAssets } from './assets.ts';
import type { Book } from './book.ts';
import { clientAddress } from './client-address.ts';
import type { MailSignIn } from './context.ts';
import type { FeishuWebhook } from './feishu-routes.ts';
import { healthOf, metricsText } from './metrics.ts';
import type { ProviderSignIn } from './provider.ts';
import { createSessions } from './sessions.ts';

export interface ServedConsoleOptions {
  readonly port: number;
  /** The address of this machine on which it listens. */
  readonly bind: string;
  /** Where people reach it, without a slash at the end; null: on this machine alone. */
  readonly url: string | null;
  readonly books: readonly Book[];
  readonly linkSecret: Buffer;
  readonly mailSignIn: MailSignIn | null;
  readonly feishu: FeishuWebhook | null;
  readonly oidc: ProviderSignIn | null;
  /** Signing in with the office's Feishu app. */
  readonly feishuSignIn: ProviderSignIn | null;
  /** Addresses of proxies whose X-Forwarded-For counts. */
  readonly trustProxy: readonly string[];
  readonly statuses: () => readonly ServedStatus[];
  readonly failed: (error: unknown) => void;
  /** Shows a link in the window of the program, or its log. */
  readonly show: (ownerLink: string) => void;
}

export interface ServedConsole {
  /** A link that signs the owner in once. */
  ownerLink(): string;
  close(): Promise<void>;
}

/** Opens the console. Rejects with the system's error where the port is taken. */
export async function serveConsole(options: ServedConsoleOptions): Promise<ServedConsole> {
  const { port, bind, url, statuses } = options;
  const sessions = createSessions(Date.now);
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`, ...(url === null ? [] : [new URL(url).host])]);
  const proxies = new Set(options.trustProxy);
  const ownerLink = (): string => `http://127.0.0.1:${port}/enter/${sessions.ownerTicket()}`;
  const app = consoleApp({
    showOwnerLink: () => options.show(ownerLink()),
    books: options.books, sessions, assets: readAssets(), linkSecret: options.linkSecret, hosts: () => hosts, isSecure: url?.startsWith('https:') === true,
    mailSignIn: options.mailSignIn, oidc: options.oidc, feishuSignIn: options.feishuSignIn, feishu: options.feishu, addressOf: (context) => clientAddress(getConnInfo(context).remote.address ?? '', context.req.header('x-forwarded-for') ?? '', proxies), clock: Date.now,
    healthz: () => healthOf(statuses()), metrics: () => metricsText(statuses()), failed: options.failed,
  });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(port, bind, listening);
  });
  return {
    ownerLink,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
