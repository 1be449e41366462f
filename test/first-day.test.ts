import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dubanHere } from './support/cli-here.ts';
import { byHandIn } from './support/by-hand.ts';
import { python } from './support/python.ts';


let folder: string;
let office: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'duban-first-day-'));
  office = join(folder, '台账.xlsx');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (day: string): string[] => ['--now', `${day}T09:00+08:00`];
const byHand = (...edits: string[]): string => byHandIn(office, ...edits);
/** Who got a mail, from the names of the .eml files. */
const mails = (): string[] => (existsSync(join(folder, 'outbox')) ? readdirSync(join(folder, 'outbox')).map((name) => name.replace(/-[0-9a-f]{12}\.eml$/, '')).sort() : []);

it('an imported ledger: the first mails go to the office alone until a person releases them; what was late before is not chased', async () => {
  const made = join(folder, 'made');
  mkdirSync(made);
  python('make-ledgers.py', made);
  expect((await dubanHere(['init', office, '--policy', 'tax', ...at('2026-03-16')])).status).toBe(0);
  byHand(
    'record:单位|单位=办税科|单位类型=科室|负责人=办税科科长', 'record:单位|单位=征管科|单位类型=科室|负责人=征管科科长', 'record:单位|单位=法规科|单位类型=科室|负责人=法规科科长',
    'record:人员|姓名=督办员|单位=办公室|角色=督办专员|邮箱=office@example.com', 'record:人员|姓名=办税科科长|单位=办税科|角色=单位负责人|邮箱=desk1@example.com',
    'record:人员|姓名=征管科科长|单位=征管科|角色=单位负责人|邮箱=desk2@example.com', 'record:人员|姓名=法规科科长|单位=法规科|角色=单位负责人|邮箱=desk3@example.com',
  );
  const imported = await dubanHere(['import', join(made, 'finished.xlsx'), '--into', office, '--yes', ...at('2026-03-16')]);
  expect(imported.stdout).toContain('启用日将设为 2026-03-16');
  expect((await dubanHere(['import', join(made, 'minutes.xlsx'), '--into', office, '--yes', ...at('2026-03-16')])).stdout).toContain('启用日 2026-03-16:');

  const first = await dubanHere(['run', office, '--json', ...at('2026-03-16')]);
  expect(JSON.parse(first.stdout), first.stderr).toMatchObject({ delivered: 1, conflicts: 0 });
  expect(mails()).toEqual(['督导提醒_首批通知_2026-03-16_督办员']);
  // 督字〔2026〕4号 was late on 2026-03-11: red, told to nobody but the office.
  expect(byHand('show')).toMatch(/"灯号": "红", "事项编号": "督字〔2026〕4号"/);

  await dubanHere(['run', office, ...at('2026-04-13')]);
  expect(mails().filter((name) => !name.includes('督办员'))).toEqual([]);
  byHand('cell:通知|标题=首批通知放行|状态|待发', 'cell:通知|标题=首批通知放行|签发人|督办员');
  const released = await dubanHere(['run', office, '--json', ...at('2026-04-13')]);
  expect(released.status, released.stderr).toBe(0);
  expect(mails().some((name) => name.startsWith('催办通知') && name.includes('办税科科长'))).toBe(true);
  expect(mails().filter((name) => name.includes('法规科科长'))).toEqual([]);
  expect(JSON.parse((await dubanHere(['run', office, '--json', ...at('2026-04-13')])).stdout)).toMatchObject({ writes: 0, delivered: 0 });
}, 120_000);
