import type { CallQuota } from '../workbook/call-quota.ts';
import { relayAddress } from '../workbook/relay-address.ts';
import { openFeishuClient, type FeishuClient } from './client.ts';
import { readFeishuCredentials, type FeishuCredentials } from './credentials.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const ROOT = 'DUBAN_FEISHU_URL';
const FIRST_WAIT_MS = 1_000;
const WRITE_GAP_MS = 500;

export interface FeishuAccess {
  readonly credentials: FeishuCredentials;
  /** In place of Feishu's own address; null: https://open.feishu.cn. */
  readonly root: string | null;
}

/** One process waits where Feishu says so: its calls are too few to be counted. */
export const UNCOUNTED: CallQuota = { take: () => Promise.resolve() };
const opened = new WeakMap<CallQuota, Map<string, FeishuClient>>();

/** The app and the address that an environment names. Throws a StoreError. */
export function feishuAccessFrom(environment: Environment): FeishuAccess {
  return { credentials: readFeishuCredentials(environment), root: relayAddress(ROOT, environment[ROOT], '地址(Lark 国际版 https://open.larksuite.com)') };
}

/** Feishu as an environment gives access to it: one client for all bases and messages of the process, and of a cluster one count of calls. Throws a StoreError. */
export function feishuClientFrom(environment: Environment, quota: CallQuota = UNCOUNTED): FeishuClient {
  const { credentials, root } = feishuAccessFrom(environment);
  const key = [credentials.appId, credentials.appSecret, root ?? ''].join('\n');
  const clients = opened.get(quota) ?? new Map<string, FeishuClient>();
  opened.set(quota, clients);
  const client = clients.get(key) ?? openFeishuClient({ credentials, root, quota, firstWaitMs: FIRST_WAIT_MS, writeGapMs: WRITE_GAP_MS });
  clients.set(key, client);
  return client;
}
