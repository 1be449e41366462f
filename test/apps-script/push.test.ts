import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, parse, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { DIST } from './office.ts';

const CLASP = resolve(process.cwd(), 'node_modules/@google/clasp/build/src/index.js');

/** Sends what clasp means for Google to a server of this test's own. */
const DETOUR = `
const http = require('node:http');
const https = require('node:https');
const port = Number(process.env.DUBAN_DOUBLE_PORT);
https.request = (first, second, third) => {
  const url = typeof first === 'string' || first instanceof URL ? new URL(first) : null;
  const options = url === null ? first : typeof second === 'object' ? second : {};
  const done = url === null ? second : typeof second === 'function' ? second : third;
  return http.request({ ...options, agent: undefined, protocol: 'http:', host: '127.0.0.1', hostname: '127.0.0.1', port, path: url === null ? options.path : url.pathname + url.search }, done);
};
https.get = (...args) => { const request = https.request(...args); request.end(); return request; };
const real = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const url = new URL(typeof input === 'object' && 'url' in input ? input.url : String(input));
  return real('http://127.0.0.1:' + port + url.pathname + url.search, init);
};`;

interface Content { readonly files: readonly { readonly name: string; readonly type: string; readonly source: string }[] }

it('clasp pushes dist as it is', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'duban-push-'));
  const puts: { path: string; body: Content }[] = [];
  const server = createServer((request, response) => {
    void textOf(request).then((body) => {
      response.setHeader('content-type', 'application/json');
      if (request.method === 'PUT') puts.push({ path: request.url ?? '', body: JSON.parse(body) as Content });
      response.end(request.method === 'PUT' ? body : JSON.stringify({ files: [], access_token: 'x', expires_in: 3600, token_type: 'Bearer' }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    cpSync(DIST, join(folder, 'apps-script', 'dist'), { recursive: true });
    const own = JSON.parse(readFileSync('.clasp.json', 'utf8')) as object;
    writeFileSync(join(folder, '.clasp.json'), JSON.stringify({ ...own, scriptId: 'test-script' }));
    writeFileSync(join(folder, 'detour.cjs'), DETOUR);
    writeFileSync(join(folder, 'rc.json'), JSON.stringify({ tokens: { default: {
      client_id: 'x', client_secret: 'x', type: 'authorized_user', refresh_token: 'x', access_token: 'x', expiry_date: Date.now() + 3_600_000,
    } } }));
    await promisify(execFile)(process.execPath, [CLASP, '-A', join(folder, 'rc.json'), 'push', '-f'], {
      cwd: folder, env: { PATH: process.env['PATH'], HOME: folder, NODE_OPTIONS: `--require ${join(folder, 'detour.cjs')}`, DUBAN_DOUBLE_PORT: String((server.address() as AddressInfo).port) },
    });
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
  expect(puts.map(({ path }) => path.split('?')[0])).toEqual(['/v1/projects/test-script/content']);
  const types: Readonly<Record<string, string>> = { '.js': 'SERVER_JS', '.json': 'JSON', '.html': 'HTML' };
  const arrived = puts[0]!.body.files.map(({ name, type, source }) => ({ name, type, source })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const sent = readdirSync(DIST).map((file) => ({ name: parse(file).name, type: types[parse(file).ext]!, source: readFileSync(join(DIST, file), 'utf8') })).sort((a, b) => (a.name < b.name ? -1 : 1));
  expect(arrived.map(({ name, type }) => [name, type])).toEqual(sent.map(({ name, type }) => [name, type]));
  for (const [index, { source }] of sent.entries()) expect(arrived[index]!.source === source, sent[index]!.name).toBe(true);
});

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
