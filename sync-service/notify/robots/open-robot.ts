import axios, { isAxiosError } from 'axios';
import pThrottle from 'p-throttle';
import type { GroupNews } from '#core';
import { jsonIn } from '../../workbook/memory/durable-file.ts';
import { DINGTALK } from './dingtalk.ts';
import { FEISHU } from './feishu.ts';
import type { GroupRobot, RobotKind, RobotResult } from './robot.ts';
import { WECOM } from './wecom.ts';

export const ROBOT_KINDS = { wecom: WECOM, dingtalk: DINGTALK, feishu: FEISHU } as const satisfies Readonly<Record<string, RobotKind>>;
export type RobotKindName = keyof typeof ROBOT_KINDS;

const TIMEOUT_MS = 15_000;
const MOST_ANSWER = 64 * 1024;

export interface RobotAccess {
  readonly name: string;
  readonly kind: RobotKindName;
  /** The address as the platform shows it; of it only the secret part is used. */
  readonly webhook: string;
  readonly secret: string;
  /** In place of the platform's own, for tests. */
  readonly origin?: string;
}

/** One queue for each robot of the process, whichever workbooks it serves. */
const queues = new Map<string, (send: () => Promise<RobotResult>) => Promise<RobotResult>>();

/** What is wrong with a robot's address or secret, in Chinese without repeating either; null where nothing is. */
export function robotProblem({ kind, webhook, secret }: Pick<RobotAccess, 'kind' | 'webhook' | 'secret'>): string | null {
  const { example, needsSecret } = ROBOT_KINDS[kind];
  if (tokenOf(kind, webhook) === null) return `不是${ROBOT_KINDS[kind].channel}机器人的地址:应写作 ${example}`;
  return needsSecret && secret.trim() === '' ? '没有签名密钥:请在机器人的安全设置里选「加签」或「签名校验」,并填 secret' : null;
}

/** A robot of a group. Throws a TypeError where robotProblem names a problem. */
export function openRobot({ name, kind, webhook, secret, origin }: RobotAccess): GroupRobot {
  const own = ROBOT_KINDS[kind];
  const token = tokenOf(kind, webhook);
  if (token === null) throw new TypeError(`no address of a robot of kind ${kind}`);
  const root = origin ?? own.origin;
  const http = axios.create({ timeout: TIMEOUT_MS, maxRedirects: 0, maxContentLength: MOST_ANSWER, validateStatus: null, responseType: 'text', transformResponse: (text: unknown) => text });
  const place = `${root} ${token}`;
  const queue = queues.get(place) ?? pThrottle(own.pace)((send: () => Promise<RobotResult>) => send());
  queues.set(place, queue);
  const hidden = [token, secret].filter((text) => text !== '');
  const failed = (reason: 'settings' | 'content' | 'later', message: string): RobotResult => ({ ok: false, reason, message: hidden.reduce((line, text) => line.replaceAll(text, '***'), message) });

  async function post(news: Pick<GroupNews, 'subject' | 'body'>): Promise<RobotResult> {
    const { path, body } = own.request(token!, secret, news, Date.now());
    try {
      const { status, data } = await http.post<string>(`${root}${path}`, body, { headers: { 'content-type': 'application/json; charset=utf-8' } });
      const answer = objectIn(data);
      if (answer === null) return failed('later', `「${name}」的${own.channel}机器人没有按约定答复(HTTP ${status})`);
      const judged = own.judge(answer);
      return judged === null ? { ok: true } : failed(judged.reason, sentenceOf(name, own, judged.reason, judged.said));
    } catch (error) {
      if (!isAxiosError(error)) throw error;
      return failed('later', `连不上${own.channel}的服务器(${error.code ?? '原因不明'})`);
    }
  }

  return {
    group: { name, channel: own.channel },
    send: (news) => queue(() => post(news)),
    async check() {
      try {
        await http.get(root);
        return { ok: true };
      } catch (error) {
        if (!isAxiosError(error)) throw error;
        return failed('later', `连不上${own.channel}的服务器(${error.code ?? '原因不明'})`);
      }
    },
  };
}

function tokenOf(kind: RobotKindName, webhook: string): string | null {
  if (!URL.canParse(webhook.trim())) return null;
  const url = new URL(webhook.trim());
  const token = url.origin === ROBOT_KINDS[kind].origin ? ROBOT_KINDS[kind].tokenOf(url) : null;
  return token !== null && /^[\w-]{8,128}$/.test(token) ? token : null;
}

function sentenceOf(name: string, { channel }: RobotKind, reason: 'settings' | 'content' | 'later', said: string): string {
  switch (reason) {
    case 'settings': return `${channel}「${name}」的机器人不可用(${said}):请在群里核对机器人、地址和签名密钥`;
    case 'content': return `${channel}「${name}」拒收这条消息(${said})`;
    case 'later': return `${channel}「${name}」暂时没有收下(${said}),稍后再发`;
  }
}

function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  const value = jsonIn(text);
  return typeof value === 'object' && value !== null ? value as Readonly<Record<string, unknown>> : null;
}
