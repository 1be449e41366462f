import { existsSync, mkdirSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sim } from './fake/sim.ts';
import { blankOffice, rowsOf } from './office.ts';
import { smallOffice } from './small-office.ts';

const CHROMIUM = '/usr/bin/chromium';
const SHOTS = '/tmp/duban-shots';
const WIDTHS = [['phone', 360, 720], ['desktop', 1280, 800]] as const;

/** What Google puts into a page: calls go to the bundle in the fake, answers come back later. */
const BRIDGE = `
  window.google = { script: { host: { close() { document.title = 'closed'; } }, run: (function runner(done, failed) {
    return {
      withSuccessHandler(handler) { return runner(handler, failed); },
      withFailureHandler(handler) { return runner(done, handler); },
      submitForm(id, values) { window.callServer(id, values).then(done, failed); },
    };
  })(() => {}, () => {}) } };`;

describe.runIf(existsSync(CHROMIUM))('dialog pages in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  afterAll(() => browser.close());

  async function open(sim: Sim, handler: string, width: number, height: number): Promise<Page> {
    sim.call(handler);
    const page = await browser.newPage({ viewport: { width, height } });
    await page.exposeFunction('callServer', (id: string, values: unknown) => sim.googleScriptRun('submitForm', id, values));
    await page.addInitScript(BRIDGE);
    const { html } = sim.ui.pages.at(-1)!;
    await page.route('http://dialog.test/', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
    await page.goto('http://dialog.test/');
    return page;
  }

  /** No sideways scrolling, and nothing to tap that is smaller than a finger. */
  async function fits(page: Page, width: number): Promise<void> {
    const { scroll, small } = await page.evaluate<{ scroll: number; small: string[] }>(`({
      scroll: document.documentElement.scrollWidth,
      small: [...document.querySelectorAll('button, select, input:not([type=checkbox])')].filter((own) => own.getBoundingClientRect().height < 40).map((own) => own.id),
    })`);
    expect(scroll).toBeLessThanOrEqual(width);
    expect(small).toEqual([]);
  }

  it.each(WIDTHS)('a form is filled, refused and accepted on a %s', async (name, width, height) => {
    const sim = smallOffice();
    sim.call('runNow');
    const page = await open(sim, 'openNewItem', width, height);
    await fits(page, width);
    await page.screenshot({ path: `${SHOTS}/new-item-${name}.png` });
    await page.click('#send');
    expect(await page.textContent('#e-title')).toBe('请填写「督办事项」');
    await page.fill('#f-title', '关于<b>整改</b>的督办');
    await page.fill('#f-leadUnit', '火星科');
    await page.fill('#f-deadlineSet', '4月底前');
    await page.click('#send');
    await page.waitForFunction('document.getElementById("told").className === "told no" && document.getElementById("e-leadUnit").textContent !== ""');
    expect(await page.textContent('#e-leadUnit')).toContain('「单位」表中没有「火星科」');
    await page.screenshot({ path: `${SHOTS}/new-item-refused-${name}.png`, fullPage: true });
    await page.fill('#f-leadUnit', '征管科');
    await page.fill('#f-deadlineSet', '2026-03-20');
    await page.selectOption('#f-category', '上级机关交办');
    await page.click('#send');
    await page.waitForFunction('document.getElementById("told").className === "told ok" && document.getElementById("told").textContent.includes("已登记")');
    expect(await page.isDisabled('#send')).toBe(true);
    await page.screenshot({ path: `${SHOTS}/new-item-done-${name}.png` });
    expect(rowsOf(sim, 'items').at(-1)).toMatchObject({ title: '关于<b>整改</b>的督办', leadUnit: '征管科' });
    await page.click('#close');
    expect(await page.title()).toBe('closed');
    await page.close();
  });

  it.each(WIDTHS)('every other form fits on a %s', async (name, width, height) => {
    const sim = smallOffice();
    sim.call('runNow');
    for (const handler of ['openRequest', 'openApproval', 'openChase', 'openInspection', 'openScore', 'openBulletin']) {
      const page = await open(sim, handler, width, height);
      await fits(page, width);
      await page.screenshot({ path: `${SHOTS}/${handler}-${name}.png` });
      await page.close();
    }
    const page = await open(blankOffice(), 'setUpOrRepair', width, height);
    await fits(page, width);
    await page.screenshot({ path: `${SHOTS}/policy-${name}.png` });
    await page.close();
  });
});
