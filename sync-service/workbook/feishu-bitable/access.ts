import { relayAddress } from '../relay-address.ts';
import { openBitableApi, type BitableApi } from './bitable-api.ts';
import { openFeishuClient, type FeishuClient } from './client.ts';
import { readFeishuCredentials } from './credentials.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const ROOT = 'DUBAN_FEISHU_URL';
const FIRST_WAIT_MS = 1_000;
const WRITE_GAP_MS = 500;

const opened = new Map<string, FeishuClient>();

/** A base as an environment gives access to it; one client for all bases of the process, which writes to each in turn. Throws a StoreError. */
export function bitableApiFrom(environment: Environment, appToken: string): BitableApi {
  const credentials = readFeishuCredentials(environment);
  const root = relayAddress(ROOT, environment[ROOT], '地址(Lark 国际版 https://open.larksuite.com)');
  const key = [credentials.appId, credentials.appSecret, root ?? ''].join('\n');
  const client = opened.get(key) ?? openFeishuClient({ credentials, root, firstWaitMs: FIRST_WAIT_MS, writeGapMs: WRITE_GAP_MS });
  opened.set(key, client);
  return openBitableApi(client, appToken);
}
