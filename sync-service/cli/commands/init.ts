import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createCalendar, dayOf, parameterDefinitions, shiftSample, type Moment, type PolicyId } from '#core';
import { POLICIES, SAMPLES } from '#templates';
import { createWorkbook } from '../../workbook/xlsx/create/create-workbook.ts';
import { CommandError } from '../command-error.ts';
import { newIdentity } from '../workbook-files.ts';

export interface InitOptions {
  readonly policy: PolicyId;
  readonly sample: boolean;
  /** The day the sample plays on; without it the sample keeps its own dates. */
  readonly now: Moment | null;
}

/** `duban init`: a new workbook, never over an existing file. */
export async function initCommand(file: string, options: InitOptions): Promise<number> {
  if (!/\.xlsx$/i.test(file)) throw new CommandError(2, `文件名应以 .xlsx 结尾:${file}`);
  if (existsSync(file)) throw new CommandError(1, `文件已存在,没有改动:${file}`);
  await createFile(file, options);
  process.stdout.write(`已建立 ${resolve(file)}(${POLICIES[options.policy].name}${options.sample ? ',含样例' : ''})\n`);
  return 0;
}

/** Writes a new workbook of a policy, with its sample where asked for. */
export async function createFile(file: string, options: InitOptions): Promise<void> {
  const policy = POLICIES[options.policy];
  const own = options.sample ? SAMPLES[options.policy] : null;
  const sample = own === null || options.now === null ? own : shiftSample(own, dayOf(options.now), createCalendar([]));
  const bytes = await createWorkbook({ policy, parameters: parameterDefinitions(policy), sample, identity: newIdentity(file) });
  await mkdir(dirname(resolve(file)), { recursive: true });
  await writeFile(file, bytes, { flag: 'wx' });
}
