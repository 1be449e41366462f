import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, parse } from 'node:path';
import vm from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTRY_NAMES, MENU, TRIGGERS } from '../../apps-script/entry-names.ts';
import { sha256 } from '../../apps-script/sha256.ts';
import { blankOffice, DIST, office } from './office.ts';

const scripts = (): string[] => readdirSync(DIST).filter((name) => name.endsWith('.js')).sort();

describe('the built bundle', () => {
  it('loads in a bare realm and offers what menus, triggers and pages name, and of all else private names only', () => {
    const context = vm.createContext();
    const before = new Set(Object.getOwnPropertyNames(vm.runInContext('globalThis', context)));
    for (const file of scripts()) vm.runInContext(readFileSync(join(DIST, file), 'utf8'), context);
    const names = Object.getOwnPropertyNames(vm.runInContext('globalThis', context)).filter((name) => !before.has(name));
    expect(names.filter((name) => !name.endsWith('_')).sort()).toEqual([...ENTRY_NAMES].sort());
    expect(names.filter((name) => name.endsWith('_')).sort()).toEqual(scripts().map((file) => `${parse(file).name}_`).sort());
  });

  it('keeps every file short enough to be read in the editor', () => {
    for (const file of scripts()) expect(statSync(join(DIST, file)).size, file).toBeLessThanOrEqual(250 * 1024);
  });

  it('names in its pages only functions that there are', () => {
    const pages = readdirSync(DIST).filter((name) => name.endsWith('.html'));
    const called = pages.flatMap((name) => [...readFileSync(join(DIST, name), 'utf8').matchAll(/\.withFailureHandler\(\w+\)\s*\.(\w+)\(/g)].map(([, own]) => own!));
    expect(called.length).toBeGreaterThan(0);
    for (const name of called) expect(ENTRY_NAMES).toContain(name);
  });

  it('asks for no more than it needs', () => {
    const manifest = JSON.parse(readFileSync(join(DIST, 'appsscript.json'), 'utf8')) as { oauthScopes: string[]; timeZone: string; runtimeVersion: string };
    expect(manifest).toMatchObject({ timeZone: 'Asia/Shanghai', runtimeVersion: 'V8' });
    expect(manifest.oauthScopes.map((scope) => scope.split('/').at(-1)).sort()).toEqual(['script.container.ui', 'script.scriptapp', 'script.send_mail', 'spreadsheets', 'userinfo.email']);
  });

  it('digests as the standard does', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
    }));
    expect(sha256('督办'.repeat(10_000))).toBe(createHash('sha256').update('督办'.repeat(10_000)).digest('hex'));
  });
});

describe('the menu', () => {
  it('is there when the file is opened', () => {
    const sim = blankOffice();
    const [menu] = sim.ui.menus;
    expect(menu?.caption).toBe('督办');
    expect(menu?.items.map(({ handler }) => handler)).toEqual(MENU.map((item) => item?.handler ?? null));
  });

  it('tells a blank spreadsheet what to do first', () => {
    const sim = blankOffice();
    sim.call('runNow');
    expect(sim.ui.alerts.at(-1)!.text).toContain('初始化/修复');
    sim.call('showAbout');
    expect(sim.ui.alerts.at(-1)!.text).toContain('未初始化');
  });

  it('runs the self-test, which leaves nothing behind', () => {
    const sim = office('tax');
    const names = sim.spreadsheet.names();
    const report = sim.call('selfTest') as string;
    // The fake keeps what stood before a refused request of a batch; Google's word on that only the real test can give.
    expect(report.split('\n').filter((line) => line.startsWith('×') && !line.includes('要么全做'))).toEqual([]);
    expect(sim.spreadsheet.names()).toEqual(names);
  });
});

describe('triggers', () => {
  it('are installed once, however often 初始化/修复 runs, and doubled ones go', () => {
    const sim = office('tax');
    const handlers = (): string[] => sim.world.triggers.triggers.map(({ handler }) => handler).sort();
    expect(handlers()).toEqual(TRIGGERS.map(({ handler }) => handler).sort());
    sim.world.triggers.triggers.push({ ...sim.world.triggers.triggers[0]!, id: 'another' });
    sim.call('setUpOrRepair');
    expect(handlers()).toEqual(TRIGGERS.map(({ handler }) => handler).sort());
  });

  it('are told to be missing where the scope is withheld, and all else is set up', () => {
    const sim = blankOffice();
    sim.withholdScope('script.scriptapp');
    sim.call('setUpOrRepair');
    const answer = sim.googleScriptRun('submitForm', 'policy', { policy: 'bus' }) as { ok: boolean; message: string };
    expect(answer.ok).toBe(true);
    expect(answer.message).toContain('定时任务没有装上');
    sim.call('runNow');
    expect(sim.ui.alerts.at(-1)!.text).toMatch(/^巡检完成/);
  });
});
