import type { Server } from 'node:http';
import { Field, Root, Type } from 'protobufjs/light.js';
import { WebSocketServer, type WebSocket } from 'ws';

/** The frame of Feishu's long connection, written out from its description. */
const header = new Type('Header').add(new Field('key', 1, 'string', 'required')).add(new Field('value', 2, 'string', 'required'));
const frame = new Type('Frame')
  .add(new Field('SeqID', 1, 'uint64', 'required')).add(new Field('LogID', 2, 'uint64', 'required')).add(new Field('service', 3, 'int32', 'required')).add(new Field('method', 4, 'int32', 'required'))
  .add(new Field('headers', 5, 'Header', 'repeated')).add(new Field('payloadEncoding', 6, 'string')).add(new Field('payloadType', 7, 'string')).add(new Field('payload', 8, 'bytes')).add(new Field('LogIDNew', 9, 'string'));
new Root().define('pbbp2').add(header).add(frame);

interface Frame { readonly method: number; readonly headers: { readonly key: string; readonly value: string }[]; readonly payload?: Uint8Array }

/** The far end of long connections, on the double's own server. */
export class LineDouble {
  private readonly sockets = new Set<WebSocket>();
  private readonly waiting = new Map<string, (answer: unknown) => void>();
  private seq = 0;
  opened = 0;

  constructor(server: Server) {
    const line = new WebSocketServer({ server, path: '/line' });
    line.on('connection', (socket) => {
      this.opened += 1;
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('message', (data) => { this.take(data as Buffer); });
    });
  }

  /** What the endpoint answers to a client that asks where to connect. */
  static endpoint(host: string): unknown {
    return { code: 0, msg: 'ok', data: { URL: `ws://${host}/line?device_id=1&service_id=1`, ClientConfig: { ReconnectCount: -1, ReconnectInterval: 1, ReconnectNonce: 0, PingInterval: 90 } } };
  }

  get isOpen(): boolean {
    return this.sockets.size > 0;
  }

  /** Sends an event and waits for the client's answer to it: `{ code, data? }`, what the handler answered decoded. */
  async tell(event: unknown): Promise<{ code: number; data: unknown }> {
    const id = `m${this.seq += 1}`;
    const headers = Object.entries({ type: 'event', message_id: id, sum: '1', seq: '0', trace_id: id }).map(([key, value]) => ({ key, value }));
    const bytes = frame.encode(frame.create({ SeqID: this.seq, LogID: 0, service: 1, method: 1, headers, payload: Buffer.from(JSON.stringify(event)) })).finish();
    const answered = new Promise((resolve) => this.waiting.set(id, resolve));
    for (const socket of this.sockets) socket.send(bytes);
    return await answered as { code: number; data: unknown };
  }

  cut(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  private take(bytes: Buffer): void {
    const { method, headers, payload } = frame.decode(bytes) as unknown as Frame;
    const id = headers.find(({ key }) => key === 'message_id')?.value;
    if (method !== 1 || id === undefined || payload === undefined) return;
    const answer = JSON.parse(Buffer.from(payload).toString('utf8')) as { code: number; data?: string };
    this.waiting.get(id)?.({ code: answer.code, data: answer.data === undefined ? null : JSON.parse(Buffer.from(answer.data, 'base64').toString('utf8')) as unknown });
    this.waiting.delete(id);
  }
}
