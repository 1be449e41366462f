import * as z from 'zod';
import { environmentReference } from './environment-reference.ts';

const REFERENCE = environmentReference('密钥不能写在配置文件里:请写作 ${变量名},并设同名的环境变量');

/** `feishu:` of duban.yaml. */
export const FEISHU = z.strictObject({
  messages: z.boolean().default(false),
  signIn: z.boolean().default(false),
  events: z.enum(['long-connection', 'webhook', 'off']).default('long-connection'),
  encryptKey: REFERENCE.optional(),
  verificationToken: REFERENCE.optional(),
}).superRefine(({ events, encryptKey, verificationToken }, context) => {
  if (events !== 'webhook') return;
  // Without the key Feishu's events come unsigned: anybody could send some.
  if (encryptKey === undefined) context.addIssue({ code: 'custom', path: ['encryptKey'], message: '用 webhook 收事件必须加密:请在开放平台「事件与回调 → 加密策略」设 Encrypt Key,并写 encryptKey: ${变量名}' });
  if (verificationToken === undefined) context.addIssue({ code: 'custom', path: ['verificationToken'], message: '请写 verificationToken: ${变量名},值在开放平台「事件与回调 → 加密策略」' });
});

export interface FeishuSettings {
  /** Whether people get cards before mail. */
  readonly messages: boolean;
  /** Whether people sign in to the console with it. */
  readonly signIn: boolean;
  /** How events come; `keys` name environment variables. */
  readonly events: 'long-connection' | 'off' | { readonly encryptKey: string; readonly verificationToken: string };
}

export const DEFAULT_FEISHU: FeishuSettings = { messages: false, signIn: false, events: 'long-connection' };

export function feishuSettings({ messages, signIn, events, encryptKey, verificationToken }: z.infer<typeof FEISHU>): FeishuSettings {
  return { messages, signIn, events: events !== 'webhook' ? events : { encryptKey: encryptKey ?? '', verificationToken: verificationToken ?? '' } };
}

/** What the settings want of the environment and don't find there. */
export function feishuProblems({ events }: FeishuSettings, env: Readonly<Record<string, string | undefined>>): { path: string; message: string }[] {
  if (typeof events === 'string') return [];
  return (['encryptKey', 'verificationToken'] as const).filter((key) => (env[events[key]] ?? '').trim() === '').map((key) => ({ path: `feishu.${key}`, message: `环境变量 ${events[key]} 没有设置` }));
}
