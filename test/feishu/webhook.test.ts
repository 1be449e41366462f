import { createCipheriv, createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { feishuRoutes } from '../../sync-service/console/feishu-routes.ts';
import { MOST_EVENT_BYTES, openDoor } from '../../sync-service/feishu/webhook.ts';
import { readEvent } from '../../sync-service/feishu/events.ts';

const KEYS = { encryptKey: 'test-encrypt-key', verificationToken: 'test-token' };
const NOW = Date.UTC(2026, 2, 2, 1);
const IV = Buffer.alloc(16, 7);

const event = (token = KEYS.verificationToken) => ({
  schema: '2.0', header: { event_id: 'ev-1', event_type: 'drive.file.bitable_record_changed_v1', token, app_id: 'cli_a1b2c3d4e5f60718', create_time: String(NOW) },
  event: { file_type: 'bitable', file_token: 'bascnA', table_id: 'tblA', action_list: [{ record_id: 'recA', action: 'record_edited', before_value: [], after_value: [{ field_id: 'fldA', field_value: '"甲"' }] }] },
});

/** Encrypts as the documentation says, independently of what decrypts. */
function encrypted(body: unknown, key = KEYS.encryptKey): string {
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), IV);
  return JSON.stringify({ encrypt: Buffer.concat([IV, cipher.update(JSON.stringify(body)), cipher.final()]).toString('base64') });
}

function signed(raw: string, { at = NOW, nonce = 'n1', key = KEYS.encryptKey }: { at?: number; nonce?: string; key?: string } = {}): { raw: string; headers: Record<string, string> } {
  const timestamp = String(Math.floor(at / 1000));
  return { raw, headers: { 'x-lark-request-timestamp': timestamp, 'x-lark-request-nonce': nonce, 'x-lark-signature': createHash('sha256').update(`${timestamp}${nonce}${key}${raw}`).digest('hex') } };
}

let told: unknown[];
let refused: string[];
let post: (request: { raw: string; headers?: Record<string, string> }) => Promise<{ status: number; body: string }>;
beforeEach(() => {
  [told, refused] = [[], []];
  const app = feishuRoutes({ door: openDoor(KEYS, () => NOW), event: (flat) => { told.push(flat); return null; }, refused: (status, why) => { refused.push(`${status} ${why}`); } });
  post = async ({ raw, headers = {} }) => {
    const response = await app.request('/feishu/events', { method: 'POST', body: raw, headers: { 'content-type': 'application/json', ...headers } });
    return { status: response.status, body: await response.text() };
  };
});

describe('what Feishu posts', () => {
  it('is taken in where it is encrypted, signed over its raw bytes, of these minutes and new, also with blanks in it', async () => {
    const raw = encrypted(event()).replace('{', '{ \n ');
    expect(await post(signed(raw))).toEqual({ status: 200, body: '{}' });
    expect(readEvent(told[0])).toEqual({ kind: 'records', id: 'ev-1', appToken: 'bascnA', tableId: 'tblA', actions: [{ recordId: 'recA', action: 'record_edited', after: new Map([['fldA', '"甲"']]) }] });
    expect(refused).toEqual([]);
  });

  it('is answered at once when the address is entered, encrypted and with our token alone', async () => {
    const challenge = { type: 'url_verification', challenge: 'c-123', token: KEYS.verificationToken };
    expect(await post({ raw: encrypted(challenge) })).toEqual({ status: 200, body: '{"challenge":"c-123"}' });
    expect((await post({ raw: encrypted({ ...challenge, token: 'foreign' }) })).status).toBe(401);
    expect((await post({ raw: JSON.stringify(challenge) })).status).toBe(401);
  });
});

describe('an attack', () => {
  const good = encrypted(event());
  const attacks: [name: string, request: () => { raw: string; headers?: Record<string, string> }, status: 400 | 401, why: string][] = [
    ['without a signature', () => ({ raw: good }), 401, '没有签名'],
    ['a wrong signature', () => ({ ...signed(good), headers: { ...signed(good).headers, 'x-lark-signature': 'a'.repeat(64) } }), 401, '签名不对'],
    ['an empty signature', () => ({ ...signed(good), headers: { ...signed(good).headers, 'x-lark-signature': '' } }), 401, '签名不对'],
    ['signed with another key', () => signed(good, { key: 'other' }), 401, '签名不对'],
    ['one byte altered after signing', () => ({ ...signed(good), raw: `${good} ` }), 401, '签名不对'],
    ['an old timestamp', () => signed(good, { at: NOW - 5 * 60_000 - 1000 }), 401, '时间戳过旧或过新'],
    ['a timestamp of tomorrow', () => signed(good, { at: NOW + 86_400_000 }), 401, '时间戳过旧或过新'],
    ['a timestamp that is none', () => { const raw = good; return { raw, headers: { 'x-lark-request-timestamp': 'x', 'x-lark-request-nonce': 'n', 'x-lark-signature': createHash('sha256').update(`xn${KEYS.encryptKey}${raw}`).digest('hex') } }; }, 401, '时间戳过旧或过新'],
    ['another app\'s token', () => signed(encrypted(event('foreign'))), 401, 'Verification Token 不对'],
    ['unencrypted, correctly signed', () => signed(JSON.stringify(event())), 401, '没有加密'],
    ['encrypted with another key', () => signed(encrypted(event(), 'other')), 401, '解不开'],
    ['cut short', () => signed(JSON.stringify({ encrypt: (JSON.parse(good) as { encrypt: string }).encrypt.slice(0, 40) })), 401, '解不开'],
    ['no JSON', () => signed('schema=2.0'), 400, '不是 JSON'],
    ['JSON of another kind', () => signed('[1]'), 401, '没有加密'],
    ['an event of version 1', () => signed(encrypted({ uuid: '1', token: KEYS.verificationToken, event: {} })), 400, '不是 2.0 版的事件'],
    ['oversized', () => signed(JSON.stringify({ encrypt: 'A'.repeat(MOST_EVENT_BYTES) })), 400, '请求太大'],
  ];
  it.each(attacks)('%s is refused', async (_, request, status, why) => {
    const { raw, headers } = request();
    expect((await post({ raw, ...(headers === undefined ? {} : { headers }) })).status).toBe(status);
    expect(refused).toEqual([`${status} ${why}`]);
    expect(told).toEqual([]);
    expect(refused.join('')).not.toMatch(/test-encrypt-key|test-token/);
  });

  it('a replay is refused, the same event sent again with a signature of its own is not', async () => {
    const first = signed(good);
    expect((await post(first)).status).toBe(200);
    expect((await post(first)).status).toBe(401);
    expect((await post(signed(good, { nonce: 'n2' }))).status).toBe(200);
    expect(refused).toEqual(['401 重放']);
  });
});
