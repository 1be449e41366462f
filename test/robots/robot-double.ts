import { createServer, type Server } from 'node:http';
import { createHmac } from 'node:crypto';
import type { RobotKindName } from '../../sync-service/notify/robots/open-robot.ts';
import { closeHere, listenHere } from '../support/local-server.ts';

const SECRET = 'SECtestvector0001';
export const ADDRESSES: Readonly<Record<RobotKindName, { readonly webhook: string; readonly secret: string }>> = {
  wecom: { webhook: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa', secret: '' },
  dingtalk: { webhook: 'https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef0123', secret: SECRET },
  feishu: { webhook: 'https://open.feishu.cn/open-apis/bot/v2/hook/11111111-2222-3333-4444-555555555555', secret: SECRET },
};

/** The three platforms' hooks on one server: what doesn't bear the right signature or form is refused with the platform's own number. */
export class RobotDouble {
  readonly told: { readonly kind: RobotKindName; readonly text: string; readonly bytes: number }[] = [];
  /** Answers to the next messages, in place of taking them. */
  readonly answers: { readonly status: number; readonly body: unknown }[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((message, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of message) chunks.push(chunk as Buffer);
        const url = new URL(message.url ?? '/', 'http://localhost');
        const { status, body } = this.answers.shift() ?? (message.method === 'GET' ? { status: 404, body: {} } : { status: 200, body: this.take(url, JSON.parse(Buffer.concat(chunks).toString('utf8')) as Message) });
        response.writeHead(status, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body));
      })();
    });
  }

  listen(): Promise<string> {
    return listenHere(this.server);
  }

  close(): Promise<void> {
    return closeHere(this.server);
  }

  private take(url: URL, message: Message): unknown {
    const now = Date.now();
    const note = (kind: RobotKindName, text: string): void => void this.told.push({ kind, text, bytes: Buffer.byteLength(text) });
    switch (url.pathname) {
      case '/cgi-bin/webhook/send': {
        if (url.searchParams.get('key') !== new URL(ADDRESSES.wecom.webhook).searchParams.get('key')) return { errcode: 93000, errmsg: 'invalid webhook url' };
        const content = message.markdown?.content ?? '';
        if (message.msgtype !== 'markdown' || content === '' || Buffer.byteLength(content) > 4096) return { errcode: 40058, errmsg: 'markdown.content exceed max length 4096' };
        note('wecom', content);
        return { errcode: 0, errmsg: 'ok' };
      }
      case '/robot/send': {
        const timestamp = url.searchParams.get('timestamp') ?? '';
        const wanted = createHmac('sha256', SECRET).update(`${timestamp}\n${SECRET}`).digest('base64');
        if (url.searchParams.get('sign') !== wanted || Math.abs(now - Number(timestamp)) > 3_600_000) return { errcode: 310000, errmsg: 'sign not match' };
        if (message.msgtype !== 'markdown' || typeof message.markdown?.title !== 'string' || typeof message.markdown.text !== 'string') return { errcode: 400105, errmsg: 'not support' };
        note('dingtalk', message.markdown.text);
        return { errcode: 0, errmsg: 'ok' };
      }
      default: {
        const wanted = createHmac('sha256', `${message.timestamp}\n${SECRET}`).update('').digest('base64');
        if (message.sign !== wanted || Math.abs(now / 1000 - Number(message.timestamp)) > 3600) return { code: 19021, msg: 'sign match fail or timestamp is not within one hour from current time' };
        const post = message.content?.post.zh_cn;
        if (message.msg_type !== 'post' || post === undefined) return { code: 9499, msg: 'Bad Request' };
        note('feishu', [post.title, ...post.content.map((line) => line.map(({ text }) => text).join(''))].join('\n'));
        return { code: 0, msg: 'success', StatusCode: 0 };
      }
    }
  }
}

interface Message {
  readonly msgtype?: string;
  readonly markdown?: { readonly content?: string; readonly title?: string; readonly text?: string };
  readonly timestamp?: string;
  readonly sign?: string;
  readonly msg_type?: string;
  readonly content?: { readonly post: { readonly zh_cn: { readonly title: string; readonly content: readonly (readonly { readonly text: string }[])[] } } };
}
