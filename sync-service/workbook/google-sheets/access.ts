import { openSheetsApi, type SheetsApi } from './client.ts';
import { readCredentials } from './credentials.ts';
import { StoreError } from '../store.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const CREDENTIALS = 'DUBAN_GOOGLE_CREDENTIALS';
const ROOT = 'DUBAN_GOOGLE_URL';
const PER_MINUTE = 'DUBAN_GOOGLE_PER_MINUTE';
/** Google's quota for one user of a project, of reads and of writes; a service account is one user. */
const CALLS_PER_MINUTE = 60;
const FIRST_WAIT_MS = 1_000;

const opened = new Map<string, SheetsApi>();

/** Google as an environment gives access to it; one for all spreadsheets of the process, since its quota is. Throws a StoreError. */
export function sheetsApiFrom(environment: Environment): SheetsApi {
  const key = [CREDENTIALS, ROOT, PER_MINUTE].map((name) => environment[name] ?? '').join('\n');
  const known = opened.get(key);
  if (known !== undefined) return known;
  const api = openSheetsApi({ credentials: readCredentials(CREDENTIALS, environment[CREDENTIALS]), root: rootOf(environment[ROOT]), perMinute: perMinuteOf(environment[PER_MINUTE]), firstWaitMs: FIRST_WAIT_MS });
  opened.set(key, api);
  return api;
}

function rootOf(value: string | undefined): string | null {
  const text = (value ?? '').trim();
  if (text === '') return null;
  const isLocal = /^http:\/\/(127\.0\.0\.1|localhost)(:|\/|$)/.test(text);
  if (!URL.canParse(text) || !(text.startsWith('https://') || isLocal)) throw new StoreError('credentials', `环境变量 ${ROOT} 应是 https:// 开头的中转地址,现在是「${text}」`);
  return text;
}

function perMinuteOf(value: string | undefined): number {
  const text = (value ?? '').trim();
  if (text === '') return CALLS_PER_MINUTE;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new StoreError('credentials', `环境变量 ${PER_MINUTE} 应是不小于 1 的整数(每分钟几次调用),现在是「${text}」`);
  return number;
}
