import { existsSync, readFileSync } from 'node:fs';
import { auth } from '@googleapis/sheets';
import * as z from 'zod';
import { StoreError } from '../store.ts';

/** Reading and writing spreadsheets, no other file of the account. */
const SCOPE = 'https://www.googleapis.com/auth/spreadsheets';
const TOKEN_ORIGIN = 'https://oauth2.googleapis.com';

const SERVICE_ACCOUNT = z.object({ type: z.literal('service_account'), client_email: z.string().min(1), private_key: z.string().regex(/-----BEGIN [A-Z ]*PRIVATE KEY-----/), private_key_id: z.string().optional(), project_id: z.string().optional() });
const AUTHORIZED_USER = z.object({ type: z.literal('authorized_user'), client_id: z.string().min(1), client_secret: z.string().min(1), refresh_token: z.string().min(1) });
const CREDENTIALS = z.discriminatedUnion('type', [SERVICE_ACCOUNT, AUTHORIZED_USER]);

/** The key of a service account, or a person's OAuth refresh token, both in the file formats of Google's own tools. */
export type GoogleCredentials = z.infer<typeof CREDENTIALS>;

export type GoogleAuth = InstanceType<typeof auth.JWT> | InstanceType<typeof auth.OAuth2>;

/**
 * The credentials that a variable holds: the JSON itself, or the path of a file with it. Throws a StoreError
 * (`credentials`) that says what is wrong with them and never repeats what they hold.
 */
export function readCredentials(variable: string, value: string | undefined): GoogleCredentials {
  const text = (value ?? '').trim();
  if (text === '') throw problem(`环境变量 ${variable} 没有设置:请设为服务账号密钥文件(.json)的路径,做法见 docs/google-sheets-service.md`);
  const json = text.startsWith('{') ? text : fileOf(variable, text);
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch (error) {
    // The parser's own message may quote the key: it is not passed on.
    if (error instanceof SyntaxError) throw problem(`${variable} 不是有效的 JSON:请重新下载服务账号的密钥文件,不要改动其内容`);
    throw error;
  }
  const parsed = CREDENTIALS.safeParse(content);
  if (parsed.success) return parsed.data;
  const fields = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))].join('、');
  throw problem(`${variable} 不是服务账号密钥(service_account),也不是用户凭据(authorized_user),缺少或不对的是 ${fields}:请重新下载密钥文件`);
}

/** Signs in with credentials. `root` stands in for Google's own addresses, for offices that reach Google by a relay. */
export function authOf(credentials: GoogleCredentials, root: string | null): GoogleAuth {
  const client = credentials.type === 'service_account'
    ? new auth.JWT({ email: credentials.client_email, key: credentials.private_key, scopes: [SCOPE], forceRefreshOnFailure: true, ...(credentials.private_key_id === undefined ? {} : { keyId: credentials.private_key_id }) })
    : new auth.OAuth2({ clientId: credentials.client_id, clientSecret: credentials.client_secret, forceRefreshOnFailure: true });
  if (credentials.type === 'authorized_user') client.setCredentials({ refresh_token: credentials.refresh_token });
  if (root !== null) {
    client.transporter.interceptors.request.add({ resolved: (config) => {
      const url = new URL(config.url);
      return Promise.resolve(url.origin === TOKEN_ORIGIN ? { ...config, url: new URL(`${root.replace(/\/$/, '')}${url.pathname}`) } : config);
    } });
  }
  return client;
}

/** The account that a spreadsheet must be shared with; null for a person's own sign-in. */
export function accountOf(credentials: GoogleCredentials): string | null {
  return credentials.type === 'service_account' ? credentials.client_email : null;
}

/** As whom Google counts the calls. */
export function userOf(credentials: GoogleCredentials): string {
  return credentials.type === 'service_account' ? credentials.client_email : credentials.client_id;
}

/** The project whose quota the calls count against; the first part of an OAuth client's id is its project's number. */
export function projectOf(credentials: GoogleCredentials): string {
  return credentials.type === 'service_account' ? credentials.project_id ?? credentials.client_email.replace(/^.*@/, '') : credentials.client_id.replace(/-.*$/, '');
}

function fileOf(variable: string, path: string): string {
  if (!existsSync(path)) throw problem(`${variable} 指向的密钥文件不存在:${path}`);
  return readFileSync(path, 'utf8');
}

function problem(message: string): StoreError {
  return new StoreError('credentials', message);
}
