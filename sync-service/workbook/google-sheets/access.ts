import { openOwnQuota, type CallQuota } from '../call-quota.ts';
import { openSheetsApi, type SheetsApi } from './client.ts';
import { readCredentials } from './credentials.ts';
import { relayAddress } from '../relay-address.ts';
import { StoreError } from '../store.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const CREDENTIALS = 'DUBAN_GOOGLE_CREDENTIALS';
const ROOT = 'DUBAN_GOOGLE_URL';
const PER_MINUTE = 'DUBAN_GOOGLE_PER_MINUTE';
/** Google's quota for one user of a project, of reads and of writes; a service account is one user. */
const CALLS_PER_MINUTE = 60;
const FIRST_WAIT_MS = 1_000;

/** Of this process, where nothing else is asked for. */
const OWN_QUOTA = openOwnQuota();
const opened = new WeakMap<CallQuota, Map<string, SheetsApi>>();

/** Google as an environment gives access to it; one for all spreadsheets of the process, since its quota is. `quota`: where calls are counted; this process alone unless told otherwise. Throws a StoreError. */
export function sheetsApiFrom(environment: Environment, quota: CallQuota = OWN_QUOTA): SheetsApi {
  const key = [CREDENTIALS, ROOT, PER_MINUTE].map((name) => environment[name] ?? '').join('\n');
  const apis = opened.get(quota) ?? new Map<string, SheetsApi>();
  opened.set(quota, apis);
  const known = apis.get(key);
  if (known !== undefined) return known;
  const api = openSheetsApi({ credentials: readCredentials(CREDENTIALS, environment[CREDENTIALS]), root: relayAddress(ROOT, environment[ROOT], '中转地址'), perMinute: perMinuteOf(environment[PER_MINUTE]), quota, firstWaitMs: FIRST_WAIT_MS });
  apis.set(key, api);
  return api;
}

function perMinuteOf(value: string | undefined): number {
  const text = (value ?? '').trim();
  if (text === '') return CALLS_PER_MINUTE;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new StoreError('credentials', `环境变量 ${PER_MINUTE} 应是不小于 1 的整数(每分钟几次调用),现在是「${text}」`);
  return number;
}
