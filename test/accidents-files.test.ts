import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { describe, expect, it, vi } from 'vitest';
import { officeOfTests, without, byTitle, FIRST, ledgerOf, NEXT, type Row, type Shown } from './support/accident-office.ts';
import { duban, type CliResult } from './support/built-cli.ts';
import { dubanHere } from './support/cli-here.ts';

// Whoever holds the file here holds it to the end; who closes it in time is met in a process of its own, with the patience of every day.
vi.mock('../sync-service/workbook/xlsx/editor-patience.ts', () => ({ EDITOR_PATIENCE_MS: 100 }));

const { office, undisturbed } = officeOfTests();

/** One for all starts of LibreOffice: making it takes longer than a start. */
const PROFILE = `-env:UserInstallation=file://${office.root}/profile`;

/** The rows of every sheet but the logs of runs, whose every run is a row more. */
function records(seen: Shown): Readonly<Record<string, readonly Row[]>> {
  return Object.fromEntries(Object.entries(seen.sheets).filter(([name]) => name !== '运行记录' && name !== '流转记录'));
}

describe('a stale save over ours', () => {
  const old = join(office.root, '旧.xlsx');
  it.each<[string, (before: Buffer) => void]>([
    ['of the very bytes', (before) => writeFileSync(office.file, before)],
    ['by openpyxl, with a change of its own', (before) => { writeFileSync(office.file, before); office.hand('set:DB-2026-013|备注|旧文件里改的'); }],
    ['by LibreOffice', (before) => {
      writeFileSync(old, before);
      execFileSync('soffice', [PROFILE, '--headless', '--convert-to', 'xlsx:Calc MS Excel 2007 XML', '--outdir', office.folder, old], { stdio: 'ignore' });
      copyFileSync(join(office.folder, '旧.xlsx'), office.file);
      rmSync(join(office.folder, '旧.xlsx'));
    }],
  ])('%s: what we wrote comes back, nothing is sent again, 首页 tells', async (_, save) => {
    const before = readFileSync(office.file);
    expect((await office.run(NEXT)).status).toBe(0);
    const ours = office.shown();
    const sent = office.mails();
    save(before);
    const first = await office.run('2026-03-17T15:00+08:00', '--json');
    expect(first.status, first.stderr).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({ delivered: 0, conflicts: 0 });
    expect(JSON.parse((await office.run('2026-03-17T15:00+08:00', '--json')).stdout)).toMatchObject({ writes: 0, notices: 0, delivered: 0 });
    expect(office.mails()).toEqual(sent);
    const now = office.shown();
    expect(now.home.join()).toMatch(/有人保存了旧的文件,盖掉了程序写入的内容\(从运行 R202603170900 起\),现已恢复/);
    const plain = (seen: Shown): unknown => records({ ...seen, sheets: { ...seen.sheets, 督办台账: ledgerOf(seen).map((row) => without(row, ['备注'])) } });
    expect(plain(now)).toEqual(plain(ours));
    const numbers = now.sheets['流转记录']!.map((row) => row['序号']);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(now.sheets['运行记录']!.map((row) => row['运行编号'])).toContain('R202603170900');
  }, 300_000);

  it('from before the very first run, 底账 and all: the numbers, limits and stamps of then come back', async () => {
    const ours = office.shown();
    const sent = office.mails();
    const versions = readdirSync(join(office.folder, '.duban', 'versions'));
    copyFileSync(join(office.folder, '.duban', 'versions', versions[0]!), office.file);
    expect(JSON.parse((await office.run('2026-03-16T11:00+08:00', '--json')).stdout)).toMatchObject({ delivered: 0 });
    expect(office.mails()).toEqual(sent);
    expect(records(office.shown())).toEqual(records(ours));
  });
});

describe('the file open all day', () => {
  it.each([
    ['in Excel or WPS on Windows', '~$台账.xlsx', '\u0004demo'],
    ['in WPS on Linux or Mac', '.~台账.xlsx', '\u0004demo'],
    ['in LibreOffice on another machine', '.~lock.台账.xlsx#', ',demo,otherhost,17.03.2026 08:00,file:///profile;'],
  ])('%s: mailed from the last save, written when it closes, the board shows it meanwhile', async (_, lock, content) => {
    writeFileSync(join(office.folder, lock), content);
    const bytes = readFileSync(office.file);
    const held = await office.run(NEXT, '--json');
    expect(held.status).toBe(3);
    expect(readFileSync(office.file).equals(bytes)).toBe(true);
    expect(office.mails()).toEqual(undisturbed().mails);
    const board = readFileSync(join(office.folder, '督办看板.html'), 'utf8');
    expect(board).toContain('台账正被打开');
    expect(board).toContain('数据截至 <b>2026-03-17 09:00</b>');
    expect(JSON.parse((await office.run('2026-03-17T11:00+08:00', '--json')).stdout)).toMatchObject({ delivered: 0 });
    expect(office.mails()).toEqual(undisturbed().mails);

    // The person saves what was typed meanwhile, and closes.
    office.hand('set:DB-2026-013|备注|开着时写的');
    rmSync(join(office.folder, lock));
    const closed = await office.run('2026-03-17T11:00+08:00', '--json');
    expect(closed.status, closed.stderr).toBe(0);
    expect(office.mails()).toEqual(undisturbed().mails);
    const now = office.shown();
    expect(byTitle(now).get('年度绩效材料汇总')!['备注']).toBe('开着时写的');
    expect(now.sheets['通知']!.map((row) => row['通知编号']).sort()).toEqual(undisturbed().office.sheets['通知']!.map((row) => row['通知编号']).sort());
    expect(readFileSync(join(office.folder, '督办看板.html'), 'utf8')).not.toContain('台账正被打开');
  });

  it('in a real LibreOffice', async () => {
    const editor = spawn('soffice', [PROFILE, '--headless', '--norestore', office.file], { stdio: 'ignore', detached: true });
    const lock = join(office.folder, '.~lock.台账.xlsx#');
    try {
      await vi.waitFor(() => expect(existsSync(lock)).toBe(true), { timeout: 60_000, interval: 200 });
      const bytes = readFileSync(office.file);
      expect((await office.run(NEXT)).status).toBe(3);
      expect(readFileSync(office.file).equals(bytes)).toBe(true);
      expect(office.mails()).toEqual(undisturbed().mails);
    } finally {
      process.kill(-editor.pid!, 'SIGTERM');
    }
    // What LibreOffice does when it is closed in the ordinary way.
    rmSync(lock, { force: true });
    expect((await office.run(NEXT)).status).toBe(0);
    expect(records(office.shown())).toEqual(records(undisturbed().office));
  });
});

it('somebody saves between our read and our write: we read and plan again, and send nothing twice', async () => {
  const lock = join(office.folder, '~$台账.xlsx');
  writeFileSync(lock, '\u0004demo');
  const result = await duban(['run', office.file, '--now', NEXT, '--json'], {
    whilePaused: () => {
      office.hand(`set:DB-2026-013|备注|正在此时`, 'add:督办事项=正在此时加的|牵头单位=征管科');
      rmSync(lock);
    },
  });
  expect(result.status, result.stderr).toBe(0);
  expect(result.stderr).toContain('重新读取并计划');
  expect(office.mails()).toEqual(undisturbed().mails);
  const now = byTitle(office.shown());
  expect(now.get('年度绩效材料汇总')!['备注']).toBe('正在此时');
  expect(now.get('正在此时加的')!['事项编号']).toMatch(/^DB-2026-/);
});

it.each(['督办台账', '通知', '底账', '制度参数'])('without %s nothing is written and nothing sent; what to do is said', async (name) => {
  office.hand(`remove-sheet:${name}`);
  const bytes = readFileSync(office.file);
  const result = await office.run(NEXT);
  expect(result.status).toBe(1);
  expect(result.stderr).toMatch(new RegExp(`缺少工作表「${name}」:请从备份`));
  expect(readFileSync(office.file).equals(bytes)).toBe(true);
  expect(office.mails()).toEqual(office.mails(office.template));
});

describe('a copy of the file', () => {
  const copy = (...path: string[]): string => {
    const to = join(office.folder, ...path);
    mkdirSync(join(to, '..'), { recursive: true });
    copyFileSync(office.file, to);
    return to;
  };
  const runAt = (path: string, ...options: string[]): Promise<CliResult> => dubanHere(['run', path, '--now', NEXT, ...options]);

  it.each([['beside it', '副本.xlsx'], ['in another folder', '另处/台账.xlsx']])('%s sends nothing until told, and asks', async (_, place) => {
    const path = copy(...place.split('/'));
    const { status, stdout } = await runAt(path);
    expect(status).toBe(0);
    expect(stdout).toMatch(/发现副本:本文件不发任何通知。请选择 --copy 搬家、--copy 存档、--copy 演练/);
    expect(office.mails()).toEqual(office.mails(office.template));
    expect(existsSync(join(office.folder, '另处', 'outbox'))).toBe(false);
    // The office's own workbook knows nothing of it.
    expect((await office.run(NEXT)).status).toBe(0);
    expect(records(office.shown())).toEqual(records(undisturbed().office));
    expect(office.mails()).toEqual(undisturbed().mails);
  });

  it('搬家: from now on at home here, with all that was sent; the old place stops', async () => {
    expect((await office.run(NEXT)).status).toBe(0);
    const path = copy('新家', '台账.xlsx');
    writeFileSync(path, readFileSync(join(office.template, '台账.xlsx')));
    const moved = await runAt(path, '--copy', '搬家', '--json');
    expect(moved.status, moved.stderr).toBe(0);
    expect(moved.stderr).toContain('原处已记为存档');
    expect(JSON.parse(moved.stdout)).toMatchObject({ delivered: 0 });
    const old = await office.run(NEXT);
    expect([old.status, old.stderr]).toEqual([1, expect.stringContaining('工作簿已搬家到') as string]);
    expect((JSON.parse((await dubanHere(['run', path, '--now', '2026-03-18T09:00+08:00', '--json'])).stdout) as { delivered: number }).delivered).toBeGreaterThan(0);
  });

  it('存档: neither runs nor sends', async () => {
    const path = copy('存档.xlsx');
    expect((await runAt(path, '--copy', '存档')).status).toBe(0);
    const bytes = readFileSync(path);
    const { status, stderr } = await runAt(path);
    expect([status, stderr]).toEqual([1, expect.stringContaining('这是存档,不运行、不发信') as string]);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(office.mails()).toEqual(office.mails(office.template));
  });

  it('演练: runs, mails only into the outbox whatever the mail settings, each marked', async () => {
    const path = copy('练习', '台账.xlsx');
    const result = await duban(['run', path, '--now', NEXT, '--copy', '演练', '--json'], { env: { DUBAN_SMTP_URL: 'smtp://127.0.0.1:1' } });
    expect(result.status, result.stderr).toBe(0);
    const outbox = join(office.folder, '练习', 'outbox');
    const marked = readdirSync(outbox);
    expect(marked).toHaveLength((JSON.parse(result.stdout) as { delivered: number }).delivered);
    for (const name of marked) {
      const mail = await simpleParser(readFileSync(join(outbox, name)));
      expect([mail.subject, mail.text, mail.html]).toEqual([expect.stringMatching(/^【演练】/), expect.stringContaining('演练邮件'), expect.stringContaining('演练邮件')]);
    }
    expect((await office.run(NEXT)).status).toBe(0);
    expect(office.mails()).toEqual(undisturbed().mails);
  });

  it('the workbook itself can be made nothing else by mistake', async () => {
    const { status, stderr } = await office.run(NEXT, '--copy', '演练');
    expect([status, stderr]).toEqual([1, expect.stringContaining('这是正本') as string]);
  });
});

it('督办看板 escapes what people typed, shows confidential items by number alone, and leaves another workbook its board', async () => {
  office.hand('set:DB-2026-013|督办事项|<img src=x onerror=alert(1)>&"材料"', 'set:DB-2026-006|密级|保密', 'set:DB-2026-006|进展情况|不可外传的进展');
  expect((await office.run(NEXT)).status).toBe(0);
  const board = readFileSync(join(office.folder, '督办看板.html'), 'utf8');
  expect(board).toContain('&lt;img src=x onerror=alert(1)&gt;&amp;&quot;材料&quot;');
  expect(board).not.toContain('<img');
  expect(board).toContain('DB-2026-006');
  for (const secret of ['风险应对', '不可外传']) expect(board).not.toContain(secret);
  const other = join(office.folder, '二号台账.xlsx');
  expect((await dubanHere(['init', other, '--policy', 'bus', '--sample', '--now', FIRST])).status).toBe(0);
  expect((await dubanHere(['run', other, '--now', NEXT])).status).toBe(0);
  expect(readFileSync(join(office.folder, '督办看板.html'), 'utf8')).toBe(board);
  expect(readFileSync(join(office.folder, '督办看板-二号台账.html'), 'utf8')).toContain('公交');
});

it('check and a dry run write nothing, whatever earlier runs owe', async () => {
  writeFileSync(join(office.folder, '~$台账.xlsx'), '\u0004demo');
  expect((await office.run(NEXT)).status).toBe(3);
  rmSync(join(office.folder, '~$台账.xlsx'));
  const bytes = readFileSync(office.file);
  expect((await dubanHere(['check', office.file, '--now', NEXT])).status).toBe(0);
  expect((await office.run(NEXT, '--dry-run')).status).toBe(0);
  expect(readFileSync(office.file).equals(bytes)).toBe(true);
  expect((await office.run(NEXT)).status).toBe(0);
  expect(readFileSync(office.file).equals(bytes)).toBe(false);
});
