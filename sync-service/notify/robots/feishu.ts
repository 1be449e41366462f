import { createHmac } from 'node:crypto';
import { noticeBlocks } from '#core';
import { codeOf, said } from './answer.ts';
import type { RobotKind } from './robot.ts';

/** The hook is none, the signature or its time not taken, the machine's address or the words not among those allowed. */
const SETTINGS = [19001, 19002, 19021, 19022, 19024];

/** A custom robot of a Feishu group (飞书自定义机器人) whose security setting is 签名校验. */
export const FEISHU: RobotKind = {
  channel: '飞书群',
  origin: 'https://open.feishu.cn',
  example: 'https://open.feishu.cn/open-apis/bot/v2/hook/…',
  tokenOf: (url) => /^\/open-apis\/bot\/v2\/hook\/([\w-]+)$/.exec(url.pathname)?.[1] ?? null,
  needsSecret: true,
  // The platform's own: 100 a minute and 5 a second.
  pace: { limit: 1, interval: 700 },
  request: (token, secret, { subject, body }, now) => ({
    path: `/open-apis/bot/v2/hook/${token}`,
    body: {
      timestamp: String(Math.floor(now / 1000)), sign: signFeishu(secret, Math.floor(now / 1000)), msg_type: 'post',
      content: { post: { zh_cn: { title: subject, content: noticeBlocks(body).flatMap((block) => {
        switch (block.kind) {
          case 'heading': return [[{ tag: 'text', text: '' }], [{ tag: 'text', text: block.text, style: ['bold'] }]];
          case 'paragraph': return block.lines.map((text) => [{ tag: 'text', text }]);
          case 'items': return block.items.map(({ light, text }) => [{ tag: 'text', text: `【${light}】${text}` }]);
        }
      }) } } },
    },
  }),
  judge(answer) {
    const code = codeOf(answer, 'code') ?? codeOf(answer, 'StatusCode');
    if (code === 0) return null;
    return { reason: code !== null && SETTINGS.includes(code) ? 'settings' : code === 9499 ? 'content' : 'later', said: said(answer, 'code', 'msg') };
  },
};

/** 签名校验: base64 of the HMAC of nothing, by time and secret. `seconds` since the epoch. */
export function signFeishu(secret: string, seconds: number): string {
  return createHmac('sha256', `${seconds}\n${secret}`).digest('base64');
}
