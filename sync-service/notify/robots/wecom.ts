import { noticeBlocks } from '#core';
import { codeOf, said } from './answer.ts';
import type { RobotKind } from './robot.ts';

/** A robot of a WeCom group (企业微信群机器人). There is no signature: the key in the address is the secret. */
export const WECOM: RobotKind = {
  channel: '企业微信群',
  origin: 'https://qyapi.weixin.qq.com',
  example: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…',
  tokenOf: (url) => (url.pathname === '/cgi-bin/webhook/send' ? url.searchParams.get('key') : null),
  needsSecret: false,
  // The platform's own: 20 a minute.
  pace: { limit: 18, interval: 60_000 },
  request: (token, _secret, { subject, body }) => ({
    path: `/cgi-bin/webhook/send?key=${token}`,
    body: { msgtype: 'markdown', markdown: { content: [`**${subject}**`, ...noticeBlocks(body).flatMap((block) => {
      switch (block.kind) {
        case 'heading': return ['', `**${block.text}**`];
        case 'paragraph': return block.lines;
        case 'items': return block.items.map(({ light, text }) => `> 【${light}】${text}`);
      }
    })].join('\n') } },
  }),
  judge(answer) {
    const code = codeOf(answer, 'errcode');
    if (code === 0) return null;
    return { reason: code === 93000 ? 'settings' : code !== null && [40008, 40058, 44004, 45002].includes(code) ? 'content' : 'later', said: said(answer, 'errcode', 'errmsg') };
  },
};
