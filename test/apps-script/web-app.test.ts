import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ActionResult, ItemView, LedgerView, MineView, OverviewView, SessionView } from '#screens';
import type { Sim } from './fake/sim.ts';
import { addRows, DIST, rowsOf } from './office.ts';
import { smallOffice } from './small-office.ts';

const CHROMIUM = '/usr/bin/chromium';
const SHOTS = '/tmp/duban-shots';
const [OFFICE, HANDLER, OTHER] = ['office@example.com', 'handler@example.com', 'law@example.com'];

describe('the web app', () => {
  let sim: Sim;
  beforeAll(() => {
    sim = smallOffice();
    addRows(sim, 'people', [{ name: '法规经办', unit: '法规科', roles: '承办人', email: OTHER }]);
    sim.call('runNow');
  });
  const read = (who: string, path: string): { status: number; body: unknown } => JSON.parse(sim.webApp(who, 'webRead', path) as string) as { status: number; body: unknown };
  const send = (who: string, path: string, body: unknown): { status: number; body: ActionResult } => JSON.parse(sim.webApp(who, 'webSend', path, JSON.stringify(body)) as string) as { status: number; body: ActionResult };
  const item = (id: string): Readonly<Record<string, unknown>> => rowsOf(sim, 'items').find(({ itemId }) => itemId === id)!;

  it('shows each person what he sees, by the mail of his account', () => {
    expect((read(OFFICE, '/api/session').body as SessionView)).toMatchObject({ name: '督办专员', isOffice: true, isOwner: false, workbooks: [{ key: 'sheet', name: '督办' }] });
    expect((read(OFFICE, '/api/w/sheet/ledger').body as LedgerView).total).toBe(6);
    expect((read(OTHER, '/api/w/sheet/ledger').body as LedgerView).rows.map(({ id }) => id).sort()).toEqual(['T-2', 'T-4']);
    expect((read(OFFICE, '/api/w/sheet/ledger?q=jb&sort=itemId&limit=1').body as LedgerView)).toMatchObject({ total: 5, rows: [{ id: 'DB-2026-001' }] });
    const overview = (read(OFFICE, '/api/w/sheet/overview').body as OverviewView);
    expect([overview.policy, overview.overdue.map(({ id }) => id)]).toEqual(['县税务局', ['T-6']]);
    expect((read(HANDLER, '/api/w/sheet/mine').body as MineView).open.map(({ id }) => id)).toContain('T-6');
    for (const screen of ['requests', 'scores', 'rankings', 'bulletins', 'notices', 'parameters', 'choices']) expect([screen, read(HANDLER, `/api/w/sheet/${screen}`).status]).toEqual([screen, 200]);
  });

  it('tells strangers nothing, and nobody of what isn’t there or isn’t his', () => {
    for (const stranger of ['nobody@example.com', '', '经办']) expect(read(stranger, '/api/w/sheet/overview')).toMatchObject({ status: 403, body: { code: 'unknown-person' } });
    expect(send('nobody@example.com', '/api/w/sheet/acts', { act: 'feedback', itemId: 'T-1', progress: 'x' }).body.kind).toBe('refused');
    for (const path of ['/api/w/sheet/items/T-6', '/api/w/sheet/items/T-99', '/api/w/other/overview', '/api/w/sheet/nothing', '/api/w/sheet/constructor', '/api/%', '', '/']) expect([path, read(OTHER, path).status]).toEqual([path, 404]);
    expect(JSON.parse(sim.webApp(HANDLER, 'webRead', { evil: 1 }) as string)).toMatchObject({ status: 404 });
  });

  it('writes what a person does, as he does it, with its row of 流转记录; the same twice is once', () => {
    const feedback = { act: 'feedback', itemId: 'T-1', progress: '已约谈三户' };
    expect(send(HANDLER, '/api/w/sheet/acts', feedback)).toEqual({ status: 200, body: { kind: 'done', message: '已写入表格' } });
    expect(send(HANDLER, '/api/w/sheet/acts', feedback).body.message).toBe('没有需要改动的内容');
    expect(rowsOf(sim, 'feedback').filter(({ progress }) => progress === '已约谈三户')).toMatchObject([{ itemId: 'T-1', by: '经办' }]);
    const seen = item('T-1')['remark'] as string;
    expect(send(OFFICE, '/api/w/sheet/cell', { itemId: 'T-1', column: 'remark', seen, text: '=1+1' }).body.kind).toBe('done');
    expect(item('T-1')['remark']).toBe('=1+1');
    const view = (read(OFFICE, '/api/w/sheet/items/T-1').body as ItemView);
    expect(view.timeline.find(({ kind }) => kind === '备注')).toMatchObject({ by: '督办专员', text: '=1+1' });
  });

  it('refuses what the rules refuse, what is not his to fill, and what is no act', () => {
    const before = JSON.stringify(rowsOf(sim, 'items'));
    const said = send(OFFICE, '/api/w/sheet/cell', { itemId: 'T-6', column: 'status', seen: '办理中', text: '已归档' });
    expect([said.status, said.body.kind]).toEqual([422, 'refused']);
    expect(send(HANDLER, '/api/w/sheet/cell', { itemId: 'T-1', column: 'deadlineSet', seen: '2026-03-02', text: '2026-12-31' }).body.kind).toBe('refused');
    expect(send(HANDLER, '/api/w/sheet/cell', { itemId: 'T-1', column: 'deadlineCurrent', seen: '', text: '2026-12-31' }).body.kind).toBe('refused');
    for (const forged of [null, 1, [], {}, { act: 'toString' }, { act: 'hand-in', itemId: 'T-1' }, { act: 'hand-in', itemId: { $: 1 }, result: 'x' }, { act: 'feedback', itemId: '', progress: 'x' }, { act: 'request', itemId: 'T-1', type: '更正', reason: 'x' }, { act: 'feedback', itemId: 'T-1', progress: 'x'.repeat(30_000) }]) {
      const { status } = send(HANDLER, '/api/w/sheet/acts', forged);
      expect([JSON.stringify(forged).slice(0, 60), status]).toEqual([JSON.stringify(forged).slice(0, 60), 400]);
    }
    expect(JSON.parse(sim.webApp(HANDLER, 'webSend', '/api/w/sheet/acts', '{') as string)).toMatchObject({ status: 400 });
    expect(JSON.stringify(rowsOf(sim, 'items'))).toBe(before);
  });

  it('the page is one small file that carries no other script, and says whom it serves', () => {
    const html = readFileSync(join(DIST, 'console.html'), 'utf8');
    expect(Buffer.byteLength(html)).toBeLessThan(100 * 1024);
    expect(html).not.toMatch(/<script[^>]+src=|<link|https?:\/\/(?!www\.w3\.org)/);
    expect(html.match(/<\/script>/g)).toHaveLength(1);
  });

  it.runIf(existsSync(CHROMIUM))('is used in a browser on a phone', async () => {
    const [width, height] = [360, 720];
    mkdirSync(SHOTS, { recursive: true });
    const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage({ viewport: { width, height } });
      const wrong: string[] = [];
      page.on('pageerror', (error) => wrong.push(error.message));
      await page.exposeFunction('callServer', (handler: string, ...args: unknown[]) => sim.webApp(HANDLER, handler, ...args));
      await page.addInitScript(`window.google = { script: {
        run: (function runner(done, failed) { return { withSuccessHandler: (handler) => runner(handler, failed), withFailureHandler: (handler) => runner(done, handler),
          webRead(path) { callServer('webRead', path).then(done, failed); }, webSend(path, body) { callServer('webSend', path, body).then(done, failed); } }; })(() => {}, () => {}),
        history: { push() {}, replace() {}, setChangeHandler() {} }, url: { getLocation(told) { told({ hash: '' }); } } } };`);
      await page.route('http://web.test/**', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: readFileSync(join(DIST, 'console.html'), 'utf8') }));
      await page.goto('http://web.test/userCodeAppPanel');
      await page.waitForSelector('.lights');
      await page.waitForSelector('.plain-trend polyline', { state: 'attached' });
      await page.screenshot({ path: `${SHOTS}/web-app-overview.png`, fullPage: true });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      await page.click('nav.pages a[href="/mine"]');
      await page.click('text=交办六');
      await page.waitForSelector('article.item h1');
      await page.screenshot({ path: `${SHOTS}/web-app-item.png`, fullPage: true });
      expect(await page.textContent('article.item h1')).toContain('交办六');
      expect(page.url()).toBe('http://web.test/userCodeAppPanel');
      expect(wrong).toEqual([]);
    } finally {
      await browser.close();
    }
  }, 120_000);
});
