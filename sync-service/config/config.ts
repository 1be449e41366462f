import { Cron } from 'croner';
import { basename, dirname, join, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import { POLICIES } from '#templates';
import { isRecipient } from '../archive/encryption.ts';
import { isS3Url, s3Problems } from '../archive/places/s3.ts';
import { isMailbox } from '../notify/mail.ts';
import { environmentReference } from './environment-reference.ts';
import { DEFAULT_FEISHU, FEISHU, feishuSettings, type FeishuSettings } from './feishu-settings.ts';
import { ROBOT, robotProblems, robotSecrets, type RobotSettings } from './robot-settings.ts';
import { isFile, siteOf } from '../workbook/location.ts';

/** The one zone of the product; schedules mean its wall clock wherever the machine stands. */
export const ZONE = 'Asia/Shanghai';
export const DEFAULT_PORT = 8420;
/** Only this machine reaches it. */
const LOOPBACK = '127.0.0.1';
/** Every hour of the office day: a mail that failed is tried again the same day; a run with nothing to do writes nothing. */
export const DEFAULT_SCHEDULE = '30 8-18 * * *';
/** Every day after the office has gone home. */
const DEFAULT_BACKUP_SCHEDULE = '30 19 * * *';

const MAILBOX = z.string().refine(isMailbox, { error: '应为一个邮箱地址,如 name@example.cn' });
const SMTP = environmentReference('密码不能写在配置文件里:请写作 ${DUBAN_SMTP_URL},并在环境变量 DUBAN_SMTP_URL 里设 smtps://账号:授权码@服务器:465');
const OIDC_SECRET = environmentReference('密钥不能写在配置文件里:请写作 ${DUBAN_OIDC_SECRET},并设环境变量 DUBAN_OIDC_SECRET');
/** `08:30`, or a cron pattern of five or six fields; answers the pattern. */
const TIME = z.string().transform((text, context) => {
  const pattern = patternOf(text.trim());
  if (pattern !== null) return pattern;
  context.addIssue({ code: 'custom', message: '应写作 08:30 这样的时刻,或 cron 式,如 0 9-17 * * *(分 时 日 月 周)' });
  return z.NEVER;
});

const PUBLIC_KEY = z.string().trim().refine(isRecipient, { error: '应为 age 公钥,如 age1…(用 age-keygen 生成;私钥不要写在这里)' });

const TIMES = z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(TIME).min(1));

const WORKBOOK = z.strictObject({
  path: z.string().trim().refine((text) => /\.xlsx$/i.test(text) || !isFile(text), { error: '应为 .xlsx 工作簿的路径,或 gsheet:谷歌表格的编号、bitable:多维表格的编号' }),
  schedule: TIMES.default([DEFAULT_SCHEDULE]),
  policy: z.enum(Object.keys(POLICIES) as [string, ...string[]]).optional(),
  reportFailuresTo: z.array(MAILBOX).default([]),
  robots: z.array(ROBOT).default([]).refine((robots) => new Set(robots.map(({ name }) => name)).size === robots.length, { error: '两个群不能同名' }),
});

const CONFIG = z.strictObject({
  workbooks: z.array(WORKBOOK).min(1),
  mail: z.strictObject({ smtp: SMTP, from: z.string().trim().min(1).optional(), perMinute: z.int().min(1).max(99_999).optional() }).optional(),
  backups: z.strictObject({ schedule: TIMES.default([DEFAULT_BACKUP_SCHEDULE]), to: z.string().trim().min(1).optional(), recipients: z.array(PUBLIC_KEY).default([]) }).optional(),
  feishu: FEISHU.optional(),
  port: z.int().min(1).max(65_535).default(DEFAULT_PORT),
  console: z.strictObject({
    bind: z.union([z.ipv4(), z.ipv6()], { error: '应为本机的一个 IP 地址,如 127.0.0.1 或 0.0.0.0' }).default(LOOPBACK),
    trustProxy: z.array(z.union([z.ipv4(), z.ipv6()], { error: '应为反向代理的 IP 地址,如 127.0.0.1' })).default([]),
    oidc: z.strictObject({ issuer: z.url({ protocol: /^https?$/, error: '应为统一登录的网址(issuer),如 https://sso.example.cn' }), clientId: z.string().trim().min(1), clientSecret: OIDC_SECRET, claim: z.string().trim().min(1).default('email') }).optional(),
    url: z.url({ protocol: /^https?$/, error: '应为大家打开督办的网址,如 https://duban.example.cn' }).optional(),
  }).optional(),
});

export interface ServedWorkbook {
  /** An absolute path, or `gsheet:ID`. */
  readonly path: string;
  /** Where what belongs to it lies (see siteOf). */
  readonly site: string;
  /** Cron patterns in Asia/Shanghai. */
  readonly schedule: readonly string[];
  /** The policy the workbook must have; null: whichever it says. */
  readonly policy: string | null;
  readonly reportFailuresTo: readonly string[];
  /** The groups that hear of what is new. */
  readonly robots: readonly RobotSettings[];
}

export interface ServeConfig {
  readonly workbooks: readonly ServedWorkbook[];
  /** `smtpVariable` names the environment variable with the SMTP URL. Null: as `duban run`, by DUBAN_SMTP_URL. */
  readonly mail: { readonly smtpVariable: string; readonly from: string | null; readonly perMinute: number | null } | null;
  /** Null: the service makes none. `to` is an absolute folder or `s3://bucket/prefix`; null: `backups` beside each workbook. With recipients they are encrypted. */
  readonly backups: { readonly schedule: readonly string[]; readonly to: string | null; readonly recipients: readonly string[] } | null;
  /** Cards and events of Feishu. */
  readonly feishu: FeishuSettings;
  readonly port: number;
  /** `bind`: the address of this machine on which the console listens; `url`: where people reach it, without a slash at the end; null: on this machine alone. */
  readonly console: {
    readonly bind: string;
    readonly url: string | null;
    /** Addresses of proxies whose X-Forwarded-For counts. */
    readonly trustProxy: readonly string[];
    /** Signing in at a provider; `secretVariable` names the environment variable with the client's secret. */
    readonly oidc: { readonly issuer: string; readonly clientId: string; readonly secretVariable: string; readonly claim: string } | null;
  };
}

/** The place where the backups of a workbook lie, for `openPlace`. */
export function backupPlace(workbook: string, to: string | null): string {
  return to ?? join(dirname(resolve(workbook)), 'backups');
}

/** One mistake of a configuration: where (`workbooks[0].schedule[1]`, or a line of the file) and a sentence. */
export interface ConfigProblem { readonly path: string; readonly message: string }

export type ConfigResult =
  | { readonly ok: true; readonly config: ServeConfig }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** Reads the text of a duban.yaml; paths are taken from `folder`. Answers every mistake at once. */
export function parseConfig(text: string, folder: string): ConfigResult {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    return { ok: false, problems: document.errors.map((error) => {
      const { line, col } = lines.linePos(error.pos[0]);
      return { path: `第 ${line} 行第 ${col} 列`, message: `不是有效的 YAML:请核对缩进、冒号后的空格和引号(${error.message})` };
    }) };
  }
  const content: unknown = document.toJS();
  const parsed = CONFIG.safeParse(content, { error: sentenceOf });
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => ({ path: pathOf(issue.path), message: issue.message }));
  if (!parsed.success) return { ok: false, problems };
  const workbooks = parsed.data.workbooks.map((one) => {
    const path = isFile(one.path) ? resolve(folder, one.path) : one.path;
    return { ...one, path, site: siteOf(path, folder), policy: one.policy ?? null };
  });
  const doubled = workbooks.flatMap(({ path }, index) => {
    const first = workbooks.findIndex((one) => one.path === path);
    return first === index ? [] : [{ path: `workbooks[${index}].path`, message: `与 workbooks[${first}] 是同一份工作簿:请删去一处` }];
  });
  if (doubled.length > 0) return { ok: false, problems: doubled };
  const { mail, port, backups } = parsed.data;
  const shared = backups?.to === undefined ? [] : workbooks.flatMap(({ site }, index) => {
    const first = workbooks.findIndex((one) => basename(one.site) === basename(site));
    return first === index ? [] : [{ path: `workbooks[${index}].path`, message: `与 workbooks[${first}] 同名,备份不能放在同一处:请改文件名,或去掉 backups.to(各自放在工作簿旁的 backups)` }];
  });
  if (shared.length > 0) return { ok: false, problems: shared };
  const served = parsed.data.console ?? { bind: LOOPBACK, trustProxy: [] };
  const url = served.url?.replace(/\/+$/, '') ?? null;
  // Whoever can reach it could otherwise only be let in by a link that stands in the service's own window.
  if (served.bind !== LOOPBACK && served.bind !== '::1' && (url === null || (mail === undefined && served.oidc === undefined && parsed.data.feishu?.signIn !== true))) {
    return { ok: false, problems: [{ path: 'console.bind', message: '监听 127.0.0.1 以外的地址时须能登录:请同时写明 console.url 和 mail.smtp(登录链接由邮件寄出),或 console.oidc(统一登录),或 feishu.signIn(飞书登录)' }] };
  }
  if (parsed.data.feishu?.events === 'webhook' && url === null) return { ok: false, problems: [{ path: 'feishu.events', message: '用 webhook 收事件,飞书要能访问本服务:请写明 console.url;没有公网地址的,请用 long-connection' }] };
  if (parsed.data.feishu?.signIn === true && url === null) return { ok: false, problems: [{ path: 'feishu.signIn', message: '飞书登录要知道网址:请写明 console.url,并在飞书应用的「安全设置」登记重定向 URL(网址加 /sign-in/feishu/back)' }] };
  if (served.oidc !== undefined && url === null) return { ok: false, problems: [{ path: 'console.oidc', message: '统一登录要知道网址:请写明 console.url,并在统一登录那边登记回调地址(网址加 /sign-in/oidc/back)' }] };
  const oidc = served.oidc === undefined ? null : { issuer: served.oidc.issuer, clientId: served.oidc.clientId, secretVariable: served.oidc.clientSecret, claim: served.oidc.claim };
  return { ok: true, config: {
    feishu: parsed.data.feishu === undefined ? DEFAULT_FEISHU : feishuSettings(parsed.data.feishu), workbooks, console: { bind: served.bind, url, trustProxy: served.trustProxy, oidc },
    mail: mail === undefined ? null : { smtpVariable: mail.smtp, from: mail.from ?? null, perMinute: mail.perMinute ?? null }, port,
    backups: backups === undefined ? null : { schedule: backups.schedule, recipients: backups.recipients, to: backups.to === undefined ? null : isS3Url(backups.to) ? backups.to : resolve(folder, backups.to) },
  } };
}

/** The mail settings as `openMailTransport` takes them from an environment. */
export function mailEnvironment({ mail }: ServeConfig, env: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  const from = mail?.from ?? env['DUBAN_MAIL_FROM'];
  const perMinute = mail?.perMinute?.toString() ?? env['DUBAN_MAIL_PER_MINUTE'];
  return { DUBAN_SMTP_URL: env[mail?.smtpVariable ?? 'DUBAN_SMTP_URL'], DUBAN_MAIL_FROM: from, DUBAN_MAIL_PER_MINUTE: perMinute };
}

/** What keeps the place of the backups from being opened in this environment; empty where nothing does. */
export function storeProblems({ backups }: ServeConfig, env: Readonly<Record<string, string | undefined>>): ConfigProblem[] {
  return backups === null || backups.to === null || !isS3Url(backups.to) ? [] : s3Problems(backups.to, env).map((message) => ({ path: 'backups.to', message }));
}

/** What of the app's settings must not be seen in a log. */
export function feishuSecrets({ feishu: { events } }: ServeConfig, env: Readonly<Record<string, string | undefined>>): string[] {
  return [env['DUBAN_FEISHU_APP_SECRET'] ?? '', ...(typeof events === 'string' ? [] : [env[events.encryptKey] ?? '', env[events.verificationToken] ?? ''])].map((text) => text.trim());
}

/** What keeps the robots of the workbooks from being used in this environment. */
export function groupProblems({ workbooks }: ServeConfig, env: Readonly<Record<string, string | undefined>>): ConfigProblem[] {
  return workbooks.flatMap(({ robots }, index) => robotProblems(`workbooks[${index}]`, robots, env));
}

/** What of the robots' settings must not be seen in a log. */
export function groupSecrets({ workbooks }: ServeConfig, env: Readonly<Record<string, string | undefined>>): string[] {
  return workbooks.flatMap(({ robots }) => robotSecrets(robots, env));
}

/** What the mail settings want of the environment and don't find there. */
export function missingVariables({ mail }: ServeConfig, env: Readonly<Record<string, string | undefined>>): ConfigProblem[] {
  if (mail === null || (env[mail.smtpVariable] ?? '').trim() !== '') return [];
  return [{ path: 'mail.smtp', message: `环境变量 ${mail.smtpVariable} 没有设置:请设为 smtps://账号:授权码@服务器:465` }];
}

/** What signing in at a provider wants of the environment and doesn't find there. */
export function oidcProblems(config: ServeConfig, env: Readonly<Record<string, string | undefined>>): ConfigProblem[] {
  const { oidc } = config.console;
  return oidc === null || oidcSecrets(config, env).length > 0 ? [] : [{ path: 'console.oidc.clientSecret', message: `环境变量 ${oidc.secretVariable} 没有设置:请设为统一登录分给督办的密钥` }];
}

/** The client's secret at a provider, which must reach no log. */
export function oidcSecrets({ console: { oidc } }: ServeConfig, env: Readonly<Record<string, string | undefined>>): string[] {
  const secret = oidc === null ? '' : (env[oidc.secretVariable] ?? '').trim();
  return secret === '' ? [] : [secret];
}

function patternOf(text: string): string | null {
  const time = /^(\d{1,2})[:：](\d{2})$/.exec(text);
  if (time !== null) return Number(time[1]) < 24 && Number(time[2]) < 60 ? `${Number(time[2])} ${Number(time[1])} * * *` : null;
  if (!/^\S+(\s+\S+){4,5}$/.test(text)) return null;
  try {
    return new Cron(text, { paused: true, timezone: ZONE }).nextRun() === null ? null : text;
  } catch (error) {
    // croner's way to say that a pattern is none.
    if (error instanceof TypeError || error instanceof RangeError) return null;
    throw error;
  }
}

function sentenceOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type': return issue.input === undefined || issue.input === null ? `缺少这一项,应为${kindName(issue.expected)}` : `应为${kindName(issue.expected)},现在是「${shown(issue.input)}」`;
    case 'unrecognized_keys': return `不认识 ${issue.keys.map((key) => `「${key}」`).join('、')}:请核对拼写,或删去`;
    case 'invalid_value': return `应为 ${issue.values.map(String).join('、')} 之一,现在是「${shown(issue.input)}」`;
    case 'too_small': return issue.origin === 'array' ? '至少要有一项' : `不能小于 ${issue.minimum}`;
    case 'too_big': return `不能大于 ${issue.maximum}`;
    default: return undefined;
  }
}

const KIND_NAMES: Readonly<Record<string, string>> = { array: '列表(每项一行,以“- ”开头)', object: '若干“名称: 值”', string: '文字', number: '数', int: '整数' };
function kindName(kind: string): string {
  return KIND_NAMES[kind] ?? kind;
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function pathOf(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('').replace(/^\./, '');
  return text === '' ? '配置文件' : text;
}
