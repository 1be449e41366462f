import { createServer, type Server } from 'node:http';
import type { ServedStatus } from '../jobs/office-service.ts';
import { metricsText } from './metrics.ts';
import { resultOf, statusPage } from './status-page.ts';

type Answer = readonly [status: number, type: string, body: string];

/**
 * Serves `/healthz` (503 where a workbook's last run or backup failed), `/metrics` and `/` on 127.0.0.1 alone. Rejects with the
 * system's error where the port is taken.
 */
export async function openStatusServer(port: number, statuses: () => readonly ServedStatus[]): Promise<Server> {
  const server = createServer((request, response) => {
    const [status, type, body] = answer(request.method ?? '', request.headers.host ?? '', (request.url ?? '/').replace(/\?.*$/, ''), statuses());
    response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }).end(body);
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(port, '127.0.0.1', listening);
  });
  return server;
}

function answer(method: string, host: string, path: string, statuses: readonly ServedStatus[]): Answer {
  // A page from elsewhere can let its own name point here: then the browser would read paths of files to it.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return [403, 'text/plain', '只能用 127.0.0.1 或 localhost 访问\n'];
  if (method !== 'GET' && method !== 'HEAD') return [405, 'text/plain', '只能查看\n'];
  switch (path) {
    case '/': return [200, 'text/html', statusPage(statuses)];
    case '/metrics': return [200, 'text/plain; version=0.0.4', metricsText(statuses)];
    case '/healthz': {
      const failed = statuses.filter(({ failure, backup }) => failure !== null || (backup?.failure ?? null) !== null);
      return failed.length === 0 ? [200, 'text/plain', 'ok\n'] : [503, 'text/plain', failed.map((status) => `${status.path} ${resultOf(status)}\n`).join('')];
    }
    default: return [404, 'text/plain', '没有这个页面\n'];
  }
}
