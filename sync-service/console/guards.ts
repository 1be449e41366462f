import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { failure } from './failure.ts';
import { MOST_BYTES, TOO_LARGE } from './uploads.ts';

/** Room for the text of a bulletin as it was seen and as it is now. */
const MOST_BODY = 256 * 1024;

/** Own scripts, styles and pictures; nothing inline, nothing from elsewhere, no frame around it. */
export function headers(): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"], scriptSrc: ["'self'"], styleSrc: ["'self'"], imgSrc: ["'self'", 'data:'], connectSrc: ["'self'"], manifestSrc: ["'self'"],
      baseUri: ["'none'"], formAction: ["'self'"], frameAncestors: ["'none'"],
    },
    // A link's text must not travel to another site in a referrer. Not `no-referrer`: then a form of the page itself would send
    // `Origin: null`, and be taken for one of another page.
    referrerPolicy: 'same-origin', xFrameOptions: 'DENY', crossOriginResourcePolicy: 'same-origin', crossOriginOpenerPolicy: 'same-origin',
    strictTransportSecurity: false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
  });
}

/** A page from elsewhere can let its own name point at this machine: only the console's own names are answered. */
export function ownHosts(hosts: () => ReadonlySet<string>): MiddlewareHandler {
  return async (context, next) => {
    if (!hosts().has((context.req.header('host') ?? '').toLowerCase())) return failure(context, 403, 'host', '不能用这个地址访问');
    await next();
    return undefined;
  };
}

/** Paths of files and failures are told on this machine alone, also where others reach the console, through a proxy or not. */
export function ownMachine(addressOf: (context: Context) => string): MiddlewareHandler {
  return async (context, next) => {
    const isLocal = LOOPBACK.test(addressOf(context)) && /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i.test(context.req.header('host') ?? '');
    return isLocal ? next() : failure(context, 403, 'host', '只能在本机查看');
  };
}

const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/;

/**
 * What changes something must come from a page of the console itself: the browser says so in Origin or Sec-Fetch-Site, which no
 * other page can set. JSON for the API, so that no form of another site can speak to it at all.
 */
export function ownOrigin(): MiddlewareHandler {
  return async (context, next) => {
    const { method } = context.req;
    if (method === 'GET' || method === 'HEAD') return next();
    if (method !== 'POST') return failure(context, 405, 'method', '不支持的操作');
    const origin = context.req.header('origin');
    const site = context.req.header('sec-fetch-site');
    const isOwn = origin === undefined ? site === 'same-origin' : hostOf(origin) === context.req.header('host')?.toLowerCase();
    if (!isOwn || (site !== undefined && site !== 'same-origin')) return failure(context, 403, 'origin', '请在督办页面里操作');
    const type = context.req.header('content-type') ?? '';
    // Neither can be sent by a form of another site.
    if (isUpload(context)) return /^application\/octet-stream$/i.test(type) ? next() : failure(context, 415, 'type', '只接受文件内容');
    if (context.req.path.startsWith('/api/') && !/^application\/json\b/i.test(type)) return failure(context, 415, 'type', '只接受 JSON');
    return next();
  };
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host.toLowerCase();
  } catch {
    // `null` or junk: no page of ours.
    return null;
  }
}

function isUpload(context: Context): boolean {
  return /\/(?:attachments|import)$/.test(context.req.path);
}

/** Small bodies, but for attachments and ledgers. */
export function smallBodies(): MiddlewareHandler {
  const small = bodyLimit({ maxSize: MOST_BODY, onError: (context) => failure(context, 413, 'too-large', '内容太长') });
  const file = bodyLimit({ maxSize: MOST_BYTES, onError: (context) => failure(context, 413, 'too-large', TOO_LARGE) });
  return (context, next) => (isUpload(context) ? file(context, next) : small(context, next));
}

export interface Limit { readonly most: number; readonly perMs: number }

/** At most so many requests in a window from one address, as the socket tells it: a header can say anything. */
export function rateLimit({ most, perMs }: Limit, addressOf: (context: Context) => string, clock: () => number): MiddlewareHandler {
  let began = clock();
  let counts = new Map<string, number>();
  return async (context, next) => {
    if (clock() - began >= perMs) {
      began = clock();
      counts = new Map();
    }
    const address = addressOf(context);
    const count = (counts.get(address) ?? 0) + 1;
    counts.set(address, count);
    if (count > most) {
      context.header('Retry-After', String(Math.ceil(perMs / 1000)));
      return failure(context, 429, 'too-many', '操作太频繁,请稍后再试');
    }
    return next();
  };
}
