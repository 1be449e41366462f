import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { epochOf, parseWorkbook } from '#core';
import { POLICIES } from '#templates';
import { readAssets } from '../../sync-service/console/assets.ts';
import { signClaim, type Claim } from '../../sync-service/console/link.ts';
import { memoryConsole, SECRET } from './memory-console.ts';

const CHROMIUM = '/usr/bin/chromium';
const SHOTS = '/tmp/duban-shots';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 360, height: 740 } } as const;
const ITEM = '/item/DB-2026-103';
const PAGES = ['/', '/ledger', ITEM, '/mine', '/requests', '/scores', '/rankings', '/bulletins', '/notices', '/parameters', '/clauses'];
/** Those that axe looks at: the others are made of the same parts. */
const LOOKED_AT = { desktop: ['/', '/ledger', ITEM], phone: ['/', ITEM, '/scores'] } as const;

interface AxeResult { readonly violations: { readonly id: string; readonly impact: string | null; readonly nodes: { readonly html: string }[] }[] }

describe.runIf(existsSync(CHROMIUM))('the console in a browser', () => {
  const office = memoryConsole('bus', { scores: [{ scoreId: 'SD-2026-009', month: '2026-03', unit: '客运三公司', itemId: 'DB-2026-103', origin: '手动', reason: '不及时', note: '催了两次' }] }, { assets: readAssets(), runsAfterWrites: true });
  let server: Server;
  let browser: Browser;
  let base = '';
  const complaints: string[] = [];

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    server = createAdaptorServer({ fetch: office.app.fetch }) as Server;
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    base = `http://127.0.0.1:${port}`;
    office.hosts.add(`127.0.0.1:${port}`);
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });

  async function open(size: keyof typeof SIZES, colorScheme: 'light' | 'dark'): Promise<{ context: BrowserContext; page: Page }> {
    // Axe is put into the page by the test, which the page's own policy forbids.
    const context = await browser.newContext({ viewport: SIZES[size], colorScheme, locale: 'zh-CN', bypassCSP: true });
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    return { context, page };
  }

  const enter = (page: Page): Promise<unknown> => page.goto(`${base}/enter/${office.parts.sessions.ownerTicket()}`);

  async function seriousIssues(page: Page): Promise<string[]> {
    await page.evaluate(AXE);
    const { violations } = await page.evaluate<AxeResult>('axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] })');
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160) ?? ''}`);
  }

  it.each([['desktop', 'light'], ['phone', 'dark']] as const)('every page on a %s in the %s fits, without a serious accessibility issue', async (size, scheme) => {
    const { context, page } = await open(size, scheme);
    await enter(page);
    for (const path of size === 'phone' ? PAGES : LOOKED_AT.desktop) {
      await page.goto(base + path);
      await page.waitForSelector('#main h1');
      await page.waitForSelector('.loading', { state: 'detached' });
      expect(await page.evaluate('document.documentElement.scrollWidth'), `${path} is as wide as the screen`).toBeLessThanOrEqual(SIZES[size].width);
      if (LOOKED_AT[size].some((one) => one === path)) expect(await seriousIssues(page), path).toEqual([]);
    }
    await context.close();
    expect(complaints).toEqual([]);
  });

  it('a clerk changes a status: what is illegal is refused with the reason, what is legal moves the light', async () => {
    const { context, page } = await open('desktop', 'light');
    await enter(page);
    await page.click('text=已上报待审');
    await page.waitForSelector('[role=gridcell] >> text=待审核');
    // The keyboard alone: to the status of the only row, and into it.
    await page.focus('[data-spot="0/0"]');
    for (let step = 0; step < 7; step += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.selectOption('.editor select', '拟立项');
    await page.waitForSelector('.refusal');
    expect(await page.textContent('.refusal')).toMatch(/不能由「待审核」直接改为「拟立项」/);
    await page.screenshot({ path: `${SHOTS}/console-refused.png` });
    await page.selectOption('.editor select', '已办结');
    await page.waitForSelector('text=没有符合条件的事项');
    await page.goto(`${base}/item/DB-2026-104`);
    await page.waitForSelector('h1 .light.done');
    expect(await page.textContent('.timeline')).toMatch(/状态.*待审核 → 已办结.*督办专员\(本机代办\)/s);
    await page.goto(`${base}/scores`);
    await page.waitForSelector('td >> text=第十五条2');
    await context.close();
  });

  it('a leader confirms a score, opens what it is made of, signs the bulletin and keeps it as a file', async () => {
    const { context, page } = await open('desktop', 'light');
    await enter(page);
    await page.goto(`${base}/scores`);
    const score = page.locator('tr', { hasText: '催了两次' });
    expect(await score.textContent()).toMatch(/DB-2026-103.*建议/);
    await score.getByRole('button', { name: '确认' }).click();
    await page.getByLabel('确认分值(扣分为负)').fill('-2');
    await page.getByRole('button', { name: '确认分值' }).click();
    await page.waitForSelector('td >> text=督办专员 确认 -2');
    await page.goto(`${base}/bulletins`);
    const bulletin = page.locator('.panel').filter({ has: page.getByRole('heading', { name: '2026年2月督办事项办理情况通报' }) });
    await bulletin.getByRole('button', { name: '签发并锁定' }).click();
    await bulletin.getByText('签发后锁定,sha256').waitFor();
    expect(await seriousIssues(page)).toEqual([]);
    await page.screenshot({ path: `${SHOTS}/console-bulletin.png` });
    const [download] = await Promise.all([page.waitForEvent('download'), bulletin.getByText('下载通报').click()]);
    expect(download.suggestedFilename()).toMatch(/^2026年2月.*通报\.docx$/);
    expect(readFileSync(await download.path()).subarray(0, 2).toString()).toBe('PK');
    await context.close();
    expect(complaints).toEqual([]);
  });

  it('somebody signs in by mail: asks with his address, opens the link, presses the button', async () => {
    const { context, page } = await open('phone', 'light');
    await page.goto(`${base}/sign-in`);
    await page.fill('#email', 'branch1.desk@example.com');
    await page.click('text=寄登录链接给我');
    await page.waitForSelector('text=登录链接已经寄出');
    await page.goto(base + new URL(office.sent.at(-1)!.link).pathname);
    await page.click('button >> text=登录');
    await page.waitForSelector('.who .name >> text=客运一公司经办');
    await context.close();
  });

  it('a handler finds his item by initials, and the owner’s second name sees his rows alone', async () => {
    const { context, page } = await open('desktop', 'dark');
    await enter(page);
    await page.click('.who summary');
    await page.selectOption('.who select', '客运三公司经办');
    await page.waitForSelector('.who .name >> text=客运三公司经办');
    await page.keyboard.press('Escape');
    await page.focus('#search');
    await page.keyboard.type('kysgs');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role=gridcell] >> text=站场消防隐患整改');
    expect(await page.locator('[role=gridcell] >> text=客运一公司').count()).toBe(0);
    await context.close();
  });

  const until = epochOf(office.now) + 86_400_000;
  const link = (claim: Claim): string => `${base}/answer/${claim.for}/${signClaim(SECRET, claim)}`;

  it('a handler answers from a mail on the phone; without a line the answer waits and goes later, once', async () => {
    const { context, page } = await open('phone', 'light');
    await page.goto(link({ for: 'item', book: 'sample', name: '客运三公司经办', id: 'DB-2026-110', until }));
    await page.click('text=反馈进展');
    expect(await seriousIssues(page)).toEqual([]);
    await page.fill('textarea >> nth=0', '总结已起草');
    await page.reload();
    await page.click('text=反馈进展');
    expect(await page.inputValue('textarea >> nth=0')).toBe('总结已起草');
    await context.setOffline(true);
    await page.click('text=提交反馈');
    await page.waitForSelector('text=已存在本机,稍后自动送出');
    await page.screenshot({ path: `${SHOTS}/console-answer-waits.png` });
    await context.setOffline(false);
    await page.waitForSelector('.told.ok');
    const given = parseWorkbook(office.memory.snapshot(), POLICIES).workbook!.index.feedbackOf.get('DB-2026-110')!;
    expect(given.filter(({ cells }) => cells.progress === '总结已起草')).toHaveLength(1);
    await context.close();
  });

  it('a leader approves an extension on the phone, and the limit follows', async () => {
    const { context, page } = await open('phone', 'dark');
    await page.goto(link({ for: 'request', book: 'sample', name: '主管领导', id: 'SQ-2026-001', until }));
    await page.waitForSelector('text=供电部门排期推迟');
    expect(await page.textContent('main > .facts')).toContain('2026-03-20');
    expect(await seriousIssues(page)).toEqual([]);
    await page.screenshot({ path: `${SHOTS}/console-approve.png` });
    await page.click('button >> text=/^同意$/');
    await page.waitForSelector('.outcome >> text=已批准');
    await page.waitForFunction('document.querySelector("main > .facts").textContent.includes("2026-04-03")');
    await context.close();
    expect(complaints).toEqual([]);
  });
});
