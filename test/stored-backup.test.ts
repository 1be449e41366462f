import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import * as fc from 'fast-check';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POLICIES } from '#templates';
import { ArchiveError } from '../sync-service/archive/archive-error.ts';
import { decrypt, encryptFor, outsideDamage, ownerOfEncrypted, ownerTags } from '../sync-service/archive/encryption.ts';
import { backUp, type BackupOutcome } from '../sync-service/archive/make-archive.ts';
import { openPlace } from '../sync-service/archive/places/place.ts';
import { readArchive } from '../sync-service/archive/read-archive.ts';
import { restoreArchive } from '../sync-service/archive/restore-archive.ts';
import type { Verification } from '../sync-service/archive/verify-archive.ts';
import { instantArgument } from '../sync-service/cli/arguments.ts';
import { parseConfig } from '../sync-service/config/config.ts';
import { checkBackups } from '../sync-service/doctor/check-backups.ts';
import { duban } from './support/built-cli.ts';
import { dubanHere } from './support/cli-here.ts';
import { countsOf, runHere } from './support/run-here.ts';

const NOW = '2026-03-16T09:00+08:00';
const root = mkdtempSync(join(tmpdir(), 'duban-stored-'));
const folder = join(root, '办公室');
const file = join(folder, '台账 & 甲.xlsx');
const other = join(root, '另一处', '台账 & 甲.xlsx');
const keyFile = join(root, '私钥.txt');
const server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: join(root, 's3'), configureBuckets: [{ name: 'office', configs: [] }] });
let store: Record<string, string>;
let identity: string;
let recipient: string;

beforeAll(async () => {
  mkdirSync(folder);
  await dubanHere(['init', file, '--policy', 'tax', '--sample', '--now', NOW]);
  await dubanHere(['init', other, '--policy', 'tax', '--now', NOW]);
  await runHere(file, NOW);
  identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
  writeFileSync(keyFile, `# created: 2026-03-16\n# public key: ${recipient}\n${identity}\n`);
  const { port } = await server.run();
  store = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER', AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}` };
});
afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

const withKey = (): Record<string, string> => ({ ...store, DUBAN_AGE_IDENTITY: keyFile });
async function backup(to: string, recipients: readonly string[] = [], at = NOW, workbook = file): Promise<BackupOutcome> {
  return backUp({ file: workbook, place: openPlace(to, store), recipients, now: instantArgument(at), version: 'test', policies: POLICIES });
}
async function opened(archive: string): Promise<Verification> {
  const found = await readArchive(archive, withKey(), POLICIES);
  if (found?.kind !== 'opened') throw new Error(`not opened: ${archive}`);
  return found.verification;
}

describe.each<[string, () => string]>([['an S3 store', () => 's3://office/duban/备份'], ['a folder', () => join(root, '备份')]])('in %s', (_, to) => {
  it.each<[string, string, () => string[]]>([['plain', '', () => []], ['encrypted', '.age', () => [recipient]]])('a %s backup is proved and brought back as it was', async (_kind, ending, recipients) => {
    const { path: archive } = await backup(to(), recipients());
    expect(archive).toBe(`${to()}/台账 & 甲.2026-03-16T0900.duban.zip${ending}`);
    const verification = await opened(archive);
    expect(verification).toMatchObject({ damage: [], breaks: [] });
    const whole = readFileSync(file);
    unlinkSync(file);
    expect(restoreArchive(verification, file)).toMatchObject({ kept: [], isCopy: false });
    expect(readFileSync(file).equals(whole)).toBe(true);
    expect(countsOf(await runHere(file, NOW))).toEqual({ writes: 0, notices: 0, delivered: 0, conflicts: 0 });
  });

  it('the rotation removes what need not be kept, and nothing else; another workbook of that name is refused', async () => {
    const place = openPlace(`${to()}/轮换`, store);
    const name = (stamp: string): string => `台账 & 甲.${stamp}.duban.zip`;
    const own = (await openPlace(to(), store).read(name('2026-03-16T0900')))!;
    for (const kept of [name('2026-03-01T0900'), '别的.2026-03-01T0700.duban.zip', '台账 & 甲.txt', name('2026-03-01T0800')]) expect(await place.put(kept, own)).toBe(true);
    expect(await place.put(name('2026-03-01T0800'), Buffer.from('别的'))).toBe(false);
    expect((await backup(place.name)).removed).toEqual([name('2026-03-01T0800')]);
    expect((await place.list('')).sort()).toEqual(['别的.2026-03-01T0700.duban.zip', name('2026-03-01T0900'), name('2026-03-16T0900'), '台账 & 甲.txt'].sort());

    const sealed = openPlace(`${to()}/加密的`, store);
    await backup(sealed.name, [recipient]);
    for (const taken of [place, sealed]) await expect(backup(taken.name, [], '2026-03-17T09:00+08:00', other)).rejects.toThrow('另一个同名工作簿');
    expect(await sealed.list('')).toHaveLength(1);
  });
});

it('on the command line: encrypted into an S3 store; without the private key it is looked at from outside, and nothing comes back', async () => {
  const made = await duban(['backup', file, '--to', 's3://office/命令行', '--recipient', recipient, '--now', NOW], { env: store });
  expect(made.status, made.stderr).toBe(0);
  const archive = made.stdout.trimEnd().split('\n').at(-1)!;
  const elsewhere = join(root, '恢复.xlsx');
  const locked = await duban(['verify', archive], { env: store });
  expect(locked).toMatchObject({ status: 3, stdout: expect.stringMatching(/只核对了外形.*内容没有核对/s) as string });
  expect(await duban(['restore', archive, '--to', elsewhere], { env: store })).toMatchObject({ status: 1, stderr: expect.stringContaining('DUBAN_AGE_IDENTITY') as string });
  const stranger = await generateX25519Identity();
  const refused = await duban(['verify', archive], { env: { ...store, DUBAN_AGE_IDENTITY: stranger } });
  expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('这把私钥打不开') as string });
  expect(refused.stderr).not.toContain(stranger);
  expect(existsSync(elsewhere)).toBe(false);
  expect(await duban(['verify', archive], { env: withKey() })).toMatchObject({ status: 0, stdout: expect.stringContaining('逐字节核对无误') as string });
  expect(await duban(['restore', archive, '--to', elsewhere], { env: withKey() })).toMatchObject({ status: 0, stdout: expect.stringContaining('按副本对待') as string });
  expect(readFileSync(elsewhere).equals(readFileSync(file))).toBe(true);
});

describe('an encrypted archive', () => {
  it('is an age file whose header says whose it is; one flipped bit anywhere is found', async () => {
    const archive = readFileSync((await backup(join(root, '翻转'))).path);
    const workbook = { name: '台账.xlsx', id: 'a', place: '/x/台账.xlsx', modifiedMs: 0 };
    const sealed = await encryptFor([recipient], { workbook }, archive);
    expect(ownerOfEncrypted(sealed)).toEqual(ownerTags(workbook));
    expect((await decrypt(sealed, [identity])).equals(archive)).toBe(true);
    expect(outsideDamage(sealed)).toEqual([]);
    const place = join(root, '坏的');
    mkdirSync(place);
    const broken = join(place, '台账.2026-03-16T0900.duban.zip.age');
    const flipped = async (at: number, bit: number): Promise<void> => {
      const bytes = Buffer.from(sealed);
      bytes[at]! ^= 1 << bit;
      writeFileSync(broken, bytes);
      let told: string;
      try {
        const found = await readArchive(broken, { DUBAN_AGE_IDENTITY: keyFile }, POLICIES);
        told = found?.kind === 'opened' ? found.verification.damage.join() : '';
      } catch (error) {
        told = (error as Error).message;
      }
      expect(told, `byte ${at} bit ${bit}`).toMatch(/加密文件头损坏|加密内容损坏|加密内容的长度/);
    };
    await fc.assert(fc.asyncProperty(fc.nat(sealed.length - 1), fc.nat(7), flipped), { numRuns: 40 });
    const header = sealed.indexOf('\n--- ');
    for (let at = 0; at < header + 48; at += 5) await flipped(at, at % 8);
    for (const length of [0, 1, header, sealed.length - 1]) {
      await expect(decrypt(sealed.subarray(0, length), [identity])).rejects.toThrow(/加密/);
    }
    expect(outsideDamage(sealed.subarray(0, header))).toEqual(['加密文件头损坏']);
  });

  it('of another program is no archive of ours', async () => {
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient);
    const strange = join(root, '别人的.age');
    writeFileSync(strange, await encrypter.encrypt('hello'));
    expect((await opened(strange)).damage).toEqual(['压缩包本身损坏,读不出目录']);
  });
});

describe('what is refused in a sentence, without the secret', () => {
  it.each<[string, string, Record<string, string>, RegExp]>([
    ['a store without an account', 's3://office/x', { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }, /AWS_ACCESS_KEY_ID 没有设置.*AWS_SECRET_ACCESS_KEY 没有设置/],
    ['an account that is unknown', 's3://office/x', { AWS_ACCESS_KEY_ID: 'geheim', AWS_SECRET_ACCESS_KEY: 'geheim' }, /拒绝了访问\(403.*请核对 AWS_ACCESS_KEY_ID/],
    ['a bucket that is not there', 's3://nobody/x', {}, /没有存储桶 nobody/],
    ['an address that is none', 's3://office/x', { AWS_ENDPOINT_URL_S3: 'oss.example.cn' }, /应以 https:\/\/ 开头/],
    ['a bucket name that is none', 's3:///x', {}, /应写作 s3:\/\/存储桶\/文件夹/],
    ['a store that does not answer', 's3://office/x', { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9' }, /连不上对象存储/],
  ])('%s', async (_, to, env, sentence) => {
    const refusal: unknown = await (async () => openPlace(to, { ...store, ...env }).list(''))().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ArchiveError);
    expect((refusal as ArchiveError).message).toMatch(sentence);
    expect((refusal as ArchiveError).message).not.toContain('geheim');
  });

  it('a private key in place of the public one', async () => {
    const refused = await dubanHere(['backup', file, '--recipient', 'AGE-SECRET-KEY-1geheim', '--now', NOW]);
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining('应为 age 公钥') as string });
    expect(refused.stderr).not.toContain('geheim');
  });

  it('doctor looks at the store: the newest backup where it lets us in, why not where it does not', async () => {
    const parsed = parseConfig('workbooks: [{ path: "台账 & 甲.xlsx" }]\nbackups: { to: "s3://office/体检" }\n', folder);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    await backup('s3://office/体检', [recipient]);
    const later = instantArgument('2026-03-19T09:00+08:00');
    expect(await checkBackups(parsed.config, later, store)).toEqual([expect.objectContaining({ level: 'warn', message: expect.stringContaining('最近一份备份是 2026-03-16 09:00 的') as string })]);
    expect(await checkBackups(parsed.config, later, { ...store, AWS_ACCESS_KEY_ID: 'geheim' })).toEqual([expect.objectContaining({ level: 'bad', message: expect.stringContaining('拒绝了访问') as string })]);
  });
});
