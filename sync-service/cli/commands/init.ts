import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createCalendar, dayOf, parameterDefinitions, shiftSample, type Moment, type PolicyId, type Sample } from '#core';
import { POLICIES, SAMPLES } from '#templates';
import { baseTokenOf } from '../../workbook/location.ts';
import { createWorkbook } from '../../workbook/xlsx/create/create-workbook.ts';
import { CommandError } from '../command-error.ts';
import { newIdentity } from '../workbook-files.ts';

export interface InitOptions {
  readonly policy: PolicyId;
  readonly sample: boolean;
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
    return 0;
  }
  if (!/\.xlsx$/i.test(location)) throw new CommandError(2, `文件名应以 .xlsx 结尾:${location}`);
  if (existsSync(location)) throw new CommandError(1, `文件已存在,没有改动:${location}`);
  await createFile(location, options);
  process.stdout.write(`已建立 ${resolve(location)}${told}\n`);
  return 0;
}

async function setUpBaseOf(appToken: string, options: InitOptions): Promise<readonly string[]> {
  const [{ bitableApiFrom }, { setUpBase }] = await Promise.all([import('../../workbook/feishu-bitable/access.ts'), import('../../workbook/feishu-bitable/set-up.ts')]);
  const { made } = await setUpBase(bitableApiFrom(process.env, appToken), POLICIES[options.policy], sampleOf(options));
  return made;
}

/** Writes a new workbook of a policy, with its sample where asked for. */
export async function createFile(file: string, options: InitOptions): Promise<void> {
  const policy = POLICIES[options.policy];
  const bytes = await createWorkbook({ policy, parameters: parameterDefinitions(policy), sample: sampleOf(options), identity: newIdentity(file) });
  await mkdir(dirname(resolve(file)), { recursive: true });
  await writeFile(file, bytes, { flag: 'wx' });
}

function sampleOf({ policy, sample, now }: InitOptions): Sample | null {
  const own = sample ? SAMPLES[policy] : null;
  return own === null || now === null ? own : shiftSample(own, dayOf(now), createCalendar([]));
}
