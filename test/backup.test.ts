import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { POLICIES } from '#templates';
import { manifestText, type Manifest } from '../sync-service/archive/manifest.ts';
import { restoreArchive } from '../sync-service/archive/restore-archive.ts';
import { sealedZip } from '../sync-service/archive/sealed-zip.ts';
import { sha256Of, verifyArchive } from '../sync-service/archive/verify-archive.ts';
import type { CliResult } from './support/built-cli.ts';
import { dubanHere } from './support/cli-here.ts';
import { byHandIn } from './support/by-hand.ts';
import { countsOf, runHere } from './support/run-here.ts';

const NOW = ['--now', '2026-03-16T09:00+08:00'];

/** A workbook is at home where it was made, so every test has the office at the same place, as it was made. */
const root = mkdtempSync(join(tmpdir(), 'duban-backup-'));
const folder = join(root, '办公室');
const file = join(folder, '台账.xlsx');
const made = join(root, 'made');
beforeAll(async () => {
  mkdirSync(folder);
  await dubanHere(['init', file, '--policy', 'tax', '--sample', ...NOW]);
  cpSync(folder, made, { recursive: true, preserveTimestamps: true });
});
beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  cpSync(made, folder, { recursive: true, preserveTimestamps: true });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const run = async (path: string, now = NOW): Promise<ReturnType<typeof countsOf>> => countsOf(await runHere(path, now[1]!));
const verify = (archive: string): Promise<CliResult> => dubanHere(['verify', archive]);
const restore = (archive: string, to: string): Promise<CliResult> => dubanHere(['restore', archive, '--to', to]);
const byHand = (...edits: string[]): string => byHandIn(file, ...edits);
const firstItem = (): string => (JSON.parse(byHand('show').split('\n')[0]!) as Record<string, string>)['事项编号']!;
const mailsIn = (place: string): number => (existsSync(join(place, 'outbox')) ? readdirSync(join(place, 'outbox')).length : 0);

/** Backs up and answers the archive's path, which is the last line printed. */
async function backup(now = NOW): Promise<string> {
  const result = await dubanHere(['backup', file, ...now]);
  expect(result.status, result.stderr).toBe(0);
  return result.stdout.trimEnd().split('\n').at(-1)!;
}

function placed(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** An archive with other parts and a manifest that fits them, sealed. */
async function forged(archive: string, change: (parts: Map<string, Buffer>, manifest: Manifest) => Manifest): Promise<Buffer> {
  const { manifest, contents } = verifyArchive(readFileSync(archive), POLICIES);
  const parts = new Map(contents);
  const told = change(parts, manifest!);
  return sealedZip(new Map([['manifest.json', Buffer.from(manifestText(told))], ...parts]));
}

describe('a backup that is restored', () => {
  it('at home is the same workbook, on which a run at the time of the backup plans, writes and sends nothing', async () => {
    await run(file);
    const bytes = readFileSync(file);
    const { mtimeMs } = statSync(file);
    const archive = await backup();
    expect(archive).toBe(join(folder, 'backups', '台账.2026-03-16T0900.duban.zip'));
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(await verify(archive)).toMatchObject({ status: 0, stdout: expect.stringContaining('逐字节核对无误') as string });

    unlinkSync(file);
    rmSync(join(folder, '.duban'), { recursive: true });
    const mails = mailsIn(folder);
    const result = await restore(archive, file);
    expect(result.status, result.stderr).toBe(0);
    expect(result.stdout).not.toContain('副本');
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(Math.abs(statSync(file).mtimeMs - mtimeMs)).toBeLessThan(1);
    const plan = await dubanHere(['run', file, '--dry-run', '--json', ...NOW]);
    expect(JSON.parse(plan.stdout)).toMatchObject({ writes: 0, notices: 0, plan: [] });
    expect(await run(file)).toMatchObject({ writes: 0, notices: 0, delivered: 0, conflicts: 0 });
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(mailsIn(folder)).toBe(mails);
  });

  it('does not send again what was sent after the backup, where the journal beside it survived', async () => {
    const later = ['--now', '2026-03-17T09:00+08:00'];
    await run(file);
    const archive = await backup();
    const sent = await run(file, later);
    expect(sent.delivered).toBeGreaterThan(0);
    const mails = mailsIn(folder);
    unlinkSync(file);
    expect((await restore(archive, file)).status).toBe(0);
    expect(await run(file, later)).toMatchObject({ delivered: 0 });
    expect(mailsIn(folder)).toBe(mails);
  });

  it('is no stale save: what later runs wrote stays undone', async () => {
    await run(file);
    const archive = await backup();
    await run(file, ['--now', '2026-03-17T09:00+08:00']);
    unlinkSync(file);
    expect((await restore(archive, file)).status).toBe(0);
    const again = await dubanHere(['run', file, '--now', '2026-03-17T10:00+08:00']);
    expect(again.status, again.stderr).toBe(0);
    expect(again.stdout).toContain('送达 0 封');
    expect(again.stdout).not.toContain('旧的文件');
  });

  it('does not send again what was sent before the backup, where the journal beside it is lost and rows of 通知 are too', async () => {
    await run(file);
    const archive = await backup();
    const mails = mailsIn(folder);
    unlinkSync(file);
    rmSync(join(folder, '.duban'), { recursive: true });
    await restore(archive, file);
    byHand(...Array.from({ length: 5 }, () => 'delete-row:通知|last'));
    expect(await run(file)).toMatchObject({ delivered: 0 });
    expect(mailsIn(folder)).toBe(mails);
  });

  it('elsewhere is a copy that sends nothing and says what to choose', async () => {
    const archive = await backup();
    const elsewhere = join(folder, '新处', '台账.xlsx');
    const result = await restore(archive, elsewhere);
    expect(result.status).toBe(0);
    expect(result.stdout).toMatch(/按副本对待,不发信.*搬家.*存档.*演练/);
    expect(await run(elsewhere)).toMatchObject({ notices: 0, delivered: 0 });
    expect(mailsIn(dirname(elsewhere))).toBe(0);
  });

  it('brings attachments and reports back, says what it lacks, takes nothing from outside the folder and overwrites nothing', async () => {
    placed(join(folder, '附件', '报告.docx'), '报告正文');
    placed(join(folder, '纪要.pdf'), '纪要正文');
    placed(join(folder, 'reports', '2026Q1', '排名.txt'), '排名');
    const outside = mkdtempSync(join(tmpdir(), 'duban-outside-'));
    placed(join(outside, '机密.txt'), '外面的');
    symlinkSync(outside, join(folder, '链接'));
    byHand(`set:${firstItem()}|附件|附件\\报告.docx、纪要.pdf、丢失.docx、../机密.txt、${outside}/机密.txt、链接/机密.txt、.duban/deliveries.jsonl、https://example.cn/a.pdf、会议纪要`);
    const archive = await backup();
    const { manifest, contents } = verifyArchive(readFileSync(archive), POLICIES);
    expect([...contents.keys()].filter((name) => /^(附件|报告)/.test(name))).toEqual(['附件/纪要.pdf', '附件/附件/报告.docx', '报告/2026Q1/排名.txt']);
    const reasons = Object.fromEntries(manifest!.leftOut.map(({ what, why }) => [what, why]));
    const far = '在工作簿所在的文件夹之外';
    expect(reasons).toMatchObject({
      '附件 丢失.docx': '工作簿旁没有这个文件', '附件 ../机密.txt': far, [`附件 ${outside}/机密.txt`]: far, '附件 链接/机密.txt': far, '附件 .duban/deliveries.jsonl': far,
    });
    expect(Object.keys(reasons).join()).not.toMatch(/example\.cn|会议纪要/);

    const elsewhere = join(folder, '新处');
    placed(join(elsewhere, '纪要.pdf'), '别人的文件');
    const result = await restore(archive, join(elsewhere, '台账.xlsx'));
    expect(result.status).toBe(3);
    expect(result.stdout).toMatch(/还缺 附件 丢失\.docx:工作簿旁没有这个文件/);
    expect(result.stdout).toMatch(/还缺 附件\/纪要\.pdf:已有同名而内容不同的文件,没有覆盖/);
    expect(readFileSync(join(elsewhere, '纪要.pdf'), 'utf8')).toBe('别人的文件');
    expect(readFileSync(join(elsewhere, '附件', '报告.docx'), 'utf8')).toBe('报告正文');
    expect(readFileSync(join(elsewhere, 'reports', '2026Q1', '排名.txt'), 'utf8')).toBe('排名');
    rmSync(outside, { recursive: true });
  });
});

describe('what is refused, with nothing written', () => {
  it.each<[string, number, RegExp, (archive: string) => Promise<CliResult>]>([
    ['a restore over a file', 1, /文件已存在,没有覆盖/, (archive) => restore(archive, file)],
    ['a restore into something else than an .xlsx', 2, /应以 \.xlsx 结尾/, (archive) => restore(archive, join(folder, 'x.zip'))],
    ['a restore without a target', 2, /--to/, (archive) => dubanHere(['restore', archive])],
    ['an archive that is not there', 1, /没有这个备份文件/, () => verify(join(folder, '没有.duban.zip'))],
    ['a backup of nothing', 1, /没有这个文件/, () => dubanHere(['backup', join(folder, '没有.xlsx')])],
    ['the workbook itself as an archive', 1, /manifest\.json 损坏或不是督办的备份清单/, () => dubanHere(['restore', file, '--to', join(folder, '新.xlsx')])],
  ])('%s', async (_, status, sentence, act) => {
    const archive = await backup();
    const before = readdirSync(folder, { recursive: true });
    const result = await act(archive);
    expect(result.status).toBe(status);
    expect(result.stderr).toMatch(sentence);
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  });

  it('a second backup in one minute: the same is the same file, another is not written over it', async () => {
    const archive = await backup();
    const bytes = readFileSync(archive);
    expect(await backup()).toBe(archive);
    byHand(`set:${firstItem()}|备注|后来写的`);
    expect(await dubanHere(['backup', file, ...NOW])).toMatchObject({ status: 1, stderr: expect.stringContaining('这一分钟已有备份') as string });
    expect(readFileSync(archive).equals(bytes)).toBe(true);
  });

  it('the archives of another workbook of the same name in one folder', async () => {
    await backup();
    const other = join(folder, '另一处', '台账.xlsx');
    await dubanHere(['init', other, '--policy', 'tax', ...NOW]);
    const result = await dubanHere(['backup', other, '--to', join(folder, 'backups'), '--now', '2026-03-17T09:00+08:00']);
    expect(result).toMatchObject({ status: 1, stderr: expect.stringContaining('另一个同名工作簿') as string });
    expect(readdirSync(join(folder, 'backups'))).toHaveLength(1);
  });
});

it('the rotation removes archives of this workbook that need not be kept, and nothing else', async () => {
  const backups = join(folder, 'backups');
  const first = await backup(['--now', '2026-03-01T08:00+08:00']);
  for (const name of ['别的.2026-03-01T0700.duban.zip', '台账.txt']) placed(join(backups, name), '');
  copyFileSync(first, join(backups, '台账.2026-03-01T0900.duban.zip'));
  const result = await dubanHere(['backup', file, ...NOW]);
  expect(result.stderr).toContain('已清理旧备份 台账.2026-03-01T0800.duban.zip');
  expect(readdirSync(backups).sort()).toEqual(['别的.2026-03-01T0700.duban.zip', '台账.2026-03-01T0900.duban.zip', '台账.2026-03-16T0900.duban.zip', '台账.txt']);
});

describe('verify', () => {
  it('sees one flipped bit anywhere and names the part, or the zip where no part is touched; nothing is restored from it', async () => {
    await run(file);
    placed(join(folder, '纪要.pdf'), '纪要正文'.repeat(100));
    byHand(`set:${firstItem()}|附件|纪要.pdf`);
    const archive = await backup();
    const whole = readFileSync(archive);
    expect(verifyArchive(whole, POLICIES)).toMatchObject({ damage: [], breaks: [] });
    const names = ['manifest.json', ...verifyArchive(whole, POLICIES).contents.keys()];
    const target = join(folder, '恢复.xlsx');
    // Headers, directory and end lie at the ends: there every byte is tried; inside, samples.
    const flip = (at: number, bit: number): void => {
      const broken = Buffer.from(whole);
      broken[at]! ^= 1 << bit;
      const verification = verifyArchive(broken, POLICIES);
      expect(verification.damage.join(), `byte ${at} bit ${bit}`).toMatch(/部件|压缩包/);
      if (verification.damage.every((sentence) => !sentence.includes('压缩包'))) {
        expect(names.some((name) => verification.damage.join().includes(name))).toBe(true);
      }
      expect(() => restoreArchive(verification, target)).toThrow('备份已损坏,没有恢复');
    };
    fc.assert(fc.property(fc.nat(whole.length - 1), fc.nat(7), flip), { numRuns: 150 });
    for (let at = 0; at < 60; at += 1) flip(at, at % 8);
    for (let at = whole.length - 110; at < whole.length; at += 1) flip(at, at % 8);
    expect(existsSync(target)).toBe(false);
    // The bytes of a part are its own: in the middle of the workbook the workbook is named, on the command line too.
    const broken = Buffer.from(whole);
    broken[whole.indexOf('工作簿/台账.xlsx') + 5000]! ^= 1;
    writeFileSync(archive, broken);
    expect(await verify(archive)).toMatchObject({ status: 1, stderr: expect.stringContaining('部件 工作簿/台账.xlsx 损坏') as string });
    expect(await restore(archive, target)).toMatchObject({ status: 1 });
    expect(existsSync(target)).toBe(false);
    for (const length of [0, 1, 100, whole.length - 1]) expect(verifyArchive(whole.subarray(0, length), POLICIES).damage).not.toEqual([]);
  });

  it.each<[string, RegExp, (parts: Map<string, Buffer>, manifest: Manifest) => Manifest]>([
    ['a part is missing', /缺少部件 投递记录\.jsonl/, (parts, manifest) => { parts.delete('投递记录.jsonl'); return manifest; }],
    ['a part was added', /多出部件 木马\.txt/, (parts, manifest) => { parts.set('木马.txt', Buffer.from('x')); return manifest; }],
    ['a part was exchanged', /部件 投递记录\.jsonl 损坏/, (parts, manifest) => { parts.set('投递记录.jsonl', Buffer.from('{}')); return manifest; }],
    ['the manifest names no workbook', /清单里没有工作簿/, (parts, manifest) => ({ ...manifest, workbook: { ...manifest.workbook, name: '别的.xlsx' } })],
  ])('says where %s, though the zip is sealed anew', async (_, sentence, change) => {
    const archive = await backup();
    expect(verifyArchive(await forged(archive, change), POLICIES).damage.join()).toMatch(sentence);
  });

  it('a forged archive writes nothing outside the folder it is restored to', async () => {
    const evil = Buffer.from('外面');
    const names = ['附件/../../逃出.txt', '附件//tmp/逃出.txt', '附件/.duban/deliveries.jsonl', '附件/C:\\逃出.txt', '报告/../../逃出.txt'];
    const bytes = await forged(await backup(), (parts, manifest) => {
      for (const name of names) parts.set(name, evil);
      return { ...manifest, parts: [...manifest.parts, ...names.map((name) => ({ name, bytes: evil.length, sha256: sha256Of(evil) }))] };
    });
    const verification = verifyArchive(bytes, POLICIES);
    expect(verification.damage).toEqual([]);
    const place = join(folder, '甲', '乙');
    const outcome = restoreArchive(verification, join(place, '台账.xlsx'));
    expect(outcome.kept.map(({ what }) => what)).toEqual(names);
    expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).includes('逃出'))).toEqual([]);
  });

  it.each<[string, string, RegExp]>([
    ['a changed value', 'cell:流转记录|序号=4|新值|办结', /流转记录第5行\(序号 4,.*\)与当初登记的不符/],
    ['a changed time', 'cell:流转记录|序号=5|时间|46000', /流转记录第6行\(序号 5,/],
    ['a row taken out', 'delete-row:流转记录|7', /流转记录缺少序号 6 的行/],
    ['the last row taken off', 'delete-row:流转记录|last', /公布的链首在流转记录里找不到/],
    ['a number given twice', 'cell:流转记录|序号=3|序号|2', /流转记录第4行的序号 2 重复/],
    ['a row without a number', 'cell:流转记录|序号=3|序号|', /流转记录第4行没有序号/],
  ])('names %s in 流转记录, which was made before the backup', async (_, edit, sentence) => {
    await run(file);
    byHand(edit);
    const result = await dubanHere(['backup', file, ...NOW]);
    expect(result.status).toBe(0);
    expect(result.stderr).toMatch(sentence);
    const archive = result.stdout.trimEnd().split('\n').at(-1)!;
    const verified = await verify(archive);
    expect(verified.status).toBe(1);
    expect(verified.stderr).toMatch(/每个字节完好/);
    expect(verified.stderr).toMatch(sentence);
    expect((await restore(archive, join(folder, '恢复.xlsx'))).stdout).toMatch(sentence);
  });

  it('a text with outer spaces that people typed does not look like a changed record', async () => {
    await run(file);
    const item = (byHand('show').trim().split('\n').map((line) => JSON.parse(line) as Record<string, string>)).find((row) => row['状态'] === '办理中')!['事项编号']!;
    byHand(`set:${item}|状态|　待审核 `);
    expect((await run(file, ['--now', '2026-03-17T09:00+08:00'])).conflicts).toBe(0);
    byHand(`set:${item}|状态| 办理中　`);
    expect((await run(file, ['--now', '2026-03-18T09:00+08:00'])).conflicts).toBe(0);
    expect((await verify(await backup())).status).toBe(0);
  });
});
