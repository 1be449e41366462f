import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createCalendar, dayOf, parameterDefinitions, shiftSample, type Moment, type PolicyId, type Sample } from '#core';
import { POLICIES, SAMPLES } from '#templates';
import { baseTokenOf, googleIdOf } from '../../workbook/location.ts';
import { createWorkbook } from '../../workbook/xlsx/create/create-workbook.ts';
import { CommandError } from '../command-error.ts';
import { newIdentity } from '../workbook-files.ts';

export interface InitOptions {
  readonly policy: PolicyId;
  readonly sample: boolean;
  /** Of a Feishu base: fields that show people as persons, and the view 我的. */
  readonly persons: boolean;
  /** The day the sample plays on; without it the sample keeps its own dates. */
  readonly now: Moment | null;
}

/** `duban init`: a new workbook, never over an existing file; of a Feishu base, what it lacks. */
export async function initCommand(location: string, options: InitOptions): Promise<number> {
  const told = `(${POLICIES[options.policy].name}${options.sample ? ',含样例' : ''})`;
  const appToken = baseTokenOf(location);
  if (appToken !== null) {
    const made = await setUpBaseOf(appToken, options);
    process.stdout.write(made.length === 0 ? `多维表格齐全,没有改动${told}\n` : `已补齐多维表格${told}:${made.join('、')}\n`);
    if (options.persons) process.stdout.write('请在飞书里给视图「我的」设筛选:「承办人(飞书)」包含「当前用户」(飞书不让程序按看的人筛选)\n');
    return 0;
  }
  if (options.persons) throw new CommandError(2, '--persons 只用于飞书多维表格');
  if (googleIdOf(location) !== null) throw new CommandError(2, '谷歌表格由表格里的脚本初始化,连同下拉、保护和颜色:请按 docs/install-google.md 装上脚本,在表格里点菜单「督办 → 初始化/修复」;之后 duban run 就能用');
  if (!/\.xlsx$/i.test(location)) throw new CommandError(2, `文件名应以 .xlsx 结尾:${location}`);
  if (existsSync(location)) throw new CommandError(1, `文件已存在,没有改动:${location}`);
  await createFile(location, options);
  process.stdout.write(`已建立 ${resolve(location)}${told}\n`);
  return 0;
}

async function setUpBaseOf(appToken: string, options: InitOptions): Promise<readonly string[]> {
  const [{ bitableApiFrom }, { setUpBase }] = await Promise.all([import('../../workbook/feishu-bitable/access.ts'), import('../../workbook/feishu-bitable/set-up.ts')]);
  const { made } = await setUpBase(bitableApiFrom(process.env, appToken), POLICIES[options.policy], sampleOf(options), options);
  return made;
}

/** Writes a new workbook of a policy, with its sample where asked for. */
export async function createFile(file: string, options: Omit<InitOptions, 'persons'>): Promise<void> {
  const policy = POLICIES[options.policy];
  const bytes = await createWorkbook({ policy, parameters: parameterDefinitions(policy), sample: sampleOf(options), identity: newIdentity(file) });
  await mkdir(dirname(resolve(file)), { recursive: true });
  await writeFile(file, bytes, { flag: 'wx' });
}

function sampleOf({ policy, sample, now }: Omit<InitOptions, 'persons'>): Sample | null {
  const own = sample ? SAMPLES[policy] : null;
  return own === null || now === null ? own : shiftSample(own, dayOf(now), createCalendar([]));
}
