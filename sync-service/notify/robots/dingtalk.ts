import { createHmac } from 'node:crypto';
import { noticeBlocks } from '#core';
import { codeOf, said } from './answer.ts';
import type { RobotKind } from './robot.ts';

/** No such robot or group, stopped, or the signature or its time not taken. */
const SETTINGS = [310000, 300001, 300005, 400013, 400101, 400102];
/** Words that are not allowed, or a message that can't be read. */
const CONTENT = [40035, 400105, 400106, 430101, 430102, 430103, 430104];

/** A robot of a DingTalk group (钉钉自定义机器人) whose security setting is 加签. */
export const DINGTALK: RobotKind = {
  channel: '钉钉群',
  origin: 'https://oapi.dingtalk.com',
  example: 'https://oapi.dingtalk.com/robot/send?access_token=…',
  tokenOf: (url) => (url.pathname === '/robot/send' ? url.searchParams.get('access_token') : null),
  needsSecret: true,
  // The platform's own: 20 a minute, then silence for ten.
  pace: { limit: 18, interval: 60_000 },
  request: (token, secret, { subject, body }, now) => ({
    path: `/robot/send?access_token=${token}&timestamp=${now}&sign=${encodeURIComponent(signDingTalk(secret, now))}`,
    body: { msgtype: 'markdown', markdown: { title: subject, text: [`#### ${subject}`, ...noticeBlocks(body).map((block) => {
      switch (block.kind) {
        case 'heading': return `##### ${block.text}`;
        // Two blanks at its end keep a line a line.
        case 'paragraph': return block.lines.join('  \n');
        case 'items': return block.items.map(({ light, text }) => `- 【${light}】${text}`).join('\n');
      }
    })].join('\n\n') } },
  }),
  judge(answer) {
    const code = codeOf(answer, 'errcode');
    if (code === 0) return null;
    return { reason: code !== null && SETTINGS.includes(code) ? 'settings' : code !== null && CONTENT.includes(code) ? 'content' : 'later', said: said(answer, 'errcode', 'errmsg') };
  },
};

/** 加签: base64 of the HMAC of time and secret, by the secret. `now` in milliseconds. */
export function signDingTalk(secret: string, now: number): string {
  return createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64');
}
