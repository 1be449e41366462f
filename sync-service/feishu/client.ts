import { setTimeout as wait } from 'node:timers/promises';
import * as lark from '@larksuiteoapi/node-sdk';
import axios, { isAxiosError, type AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import pRetry from 'p-retry';
import type { CallLimit, CallQuota } from '../workbook/call-quota.ts';
import { FeishuFailure, isOutcomeUnknown, isRefusedForNow, isSubmittedBefore, isTokenStale, OutcomeUnknownError } from './failure.ts';
import type { FeishuCredentials } from './credentials.ts';

/** Feishu ends a request of its own after a minute. */
const TIMEOUT_MS = 65_000;
/** What Feishu allows an app of the calls that lists are read with; each kind of call has a limit of its own, none a lower one but making tables and fields. */
const CALLS_PER_SECOND = 20;
const MOST_TRIES = 8;
const LONGEST_WAIT_MS = 64_000;

export interface FeishuClientOptions {
  readonly credentials: FeishuCredentials;
  /** In place of Feishu's own address; null: https://open.feishu.cn. */
  readonly root: string | null;
  /** Where calls are counted. */
  readonly quota: CallQuota;
  /** The first wait after a refusal; it doubles, with a random part, up to a minute. */
  readonly firstWaitMs: number;
  /** After a write of as many records as a call carries, before the base's next: Feishu asks for half a second to a second. After fewer less. */
  readonly writeGapMs: number;
}

/** What Feishu's client answers: a failure of Feishu's own is an answer with another code than 0. */
export interface Answer<T> { readonly code?: number | undefined; readonly msg?: string | undefined; readonly data?: T | undefined }

/**
 * `read`: does no harm twice. `create`: sent again with the same client token until Feishu says what became of it.
 * `update`: where its outcome is unknown it is not sent again by itself, since people may have written meanwhile.
 */
export type CallKind = 'read' | 'create' | 'update';

/** Calls to Feishu as one app: counted, one write of a queue at a time, repeated where Feishu refuses for the moment. */
export interface FeishuClient {
  readonly sdk: lark.Client;
  /**
   * Answers the data of the call, null where a repeated `create` was carried out before. Throws a FeishuFailure, and of an
   * `update` an OutcomeUnknownError. Writes of one `queue` (a base, or messages) follow one another. `load`: how much of what a call carries at most a write carries, 0 to 1.
   */
  call<T>(queue: string, kind: CallKind, send: () => Promise<Answer<T>>, load?: number): Promise<T | null>;
  /** Waits as long as after a first refusal: what was asked too early is asked again. */
  pause(): Promise<void>;
  /** Calls sent so far, every repetition counted. */
  calls(): { readonly reads: number; readonly writes: number };
}

export function openFeishuClient({ credentials, root, quota, firstWaitMs, writeGapMs }: FeishuClientOptions): FeishuClient {
  const tokens = new TokenCache();
  const sdk = new lark.Client({
    ...credentials, domain: root?.replace(/\/$/, '') ?? lark.Domain.Feishu, httpInstance: httpInstance(), cache: tokens, logger: SILENT,
  });
  const limits: CallLimit[] = [{ name: `feishu ${credentials.appId}`, calls: CALLS_PER_SECOND, seconds: 1 }];
  const queues = new Map<string, Promise<unknown>>();
  let reads = 0;
  let writes = 0;

  async function once<T>(kind: CallKind, send: () => Promise<Answer<T>>): Promise<T | null> {
    await quota.take(limits);
    if (kind === 'read') reads += 1;
    else writes += 1;
    const { code = 0, msg = '', data } = await answerOf(send);
    if (code !== 0) throw new FeishuFailure(msg, { status: 200, code });
    return data ?? null;
  }

  async function repeated<T>(kind: CallKind, send: () => Promise<Answer<T>>): Promise<T | null> {
    let isFreshToken = false;
    try {
      return await pRetry(() => once(kind, send), {
        retries: MOST_TRIES - 1, factor: 2, minTimeout: firstWaitMs, maxTimeout: LONGEST_WAIT_MS, randomize: true,
        async shouldRetry({ error }) {
          if (!(error instanceof FeishuFailure)) return false;
          if (isTokenStale(error) && !isFreshToken) {
            tokens.clear();
            return isFreshToken = true;
          }
          const mayRepeat = isRefusedForNow(error) || (kind !== 'update' && isOutcomeUnknown(error));
          if (mayRepeat && error.waitMs > 0) await wait(Math.min(error.waitMs, LONGEST_WAIT_MS));
          return mayRepeat;
        },
      });
    } catch (error) {
      if (!(error instanceof FeishuFailure)) throw error;
      if (kind === 'create' && isSubmittedBefore(error)) return null;
      throw kind === 'update' && isOutcomeUnknown(error) ? new OutcomeUnknownError(error) : error;
    }
  }

  return {
    sdk,
    async call(queue, kind, send, load = 0) {
      if (kind === 'read') return repeated(kind, send);
      const turn = (queues.get(queue) ?? Promise.resolve()).then(() => repeated(kind, send));
      // The next waits its turn whatever becomes of this one.
      const gapMs = Math.ceil(writeGapMs * load);
      queues.set(queue, turn.then(() => wait(gapMs), () => wait(gapMs)));
      return turn;
    },
    pause: () => wait(firstWaitMs),
    calls: () => ({ reads, writes }),
  };
}

/** Failures are told by the one wrapper; the client's own messages would bear tokens and the secret. */
export const SILENT = { error: nothing, warn: nothing, info: nothing, debug: nothing, trace: nothing };
function nothing(): void { /* said elsewhere */ }

/** The client's own cache is one of the process, whatever the address; and it keeps a token that Feishu no longer takes. */
class TokenCache {
  private readonly held = new Map<unknown, { readonly value: unknown; readonly until: number }>();
  set(key: unknown, value: unknown, expire?: number): Promise<boolean> {
    this.held.set(key, { value, until: expire ?? Infinity });
    return Promise.resolve(true);
  }
  get(key: unknown): Promise<unknown> {
    const found = this.held.get(key);
    return Promise.resolve(found === undefined || found.until <= Date.now() ? undefined : found.value);
  }
  clear(): void {
    this.held.clear();
  }
}

export function httpInstance(): lark.HttpInstance {
  const http = axios.create({ timeout: TIMEOUT_MS });
  // The client wants the body alone, with the headers where it says so.
  http.interceptors.response.use((response: AxiosResponse<unknown>) => {
    const { config, data, headers } = response;
    if (config.url?.includes('/tenant_access_token/') === true) requireToken(data);
    return ((config as InternalAxiosRequestConfig & { $return_headers?: boolean }).$return_headers === true ? { data, headers } : data) as AxiosResponse<unknown>;
  });
  return http as unknown as lark.HttpInstance;
}

/** The client would go on without a token, and Feishu complain of that instead. */
function requireToken(data: unknown): void {
  const { code = 0, msg = '' } = data as Answer<unknown>;
  if (code !== 0) throw new FeishuFailure(msg, { status: 200, code });
}

async function answerOf<T>(send: () => Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await send();
  } catch (error) {
    throw isAxiosError<Answer<unknown> | string | undefined>(error) ? failureOf(error) : error;
  }
}

function failureOf(error: AxiosError<Answer<unknown> | string | undefined>): FeishuFailure {
  const { response, code, message } = error;
  if (response === undefined) return new FeishuFailure(message, { network: code ?? 'timeout' });
  const body = typeof response.data === 'object' ? response.data : {};
  const reset = Number(response.headers['x-ogw-ratelimit-reset'] ?? 0);
  return new FeishuFailure(body.msg ?? message, { status: response.status, code: body.code ?? null, waitMs: Number.isFinite(reset) ? reset * 1000 : 0 });
}
