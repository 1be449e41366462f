import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { ROOT } from '../support/built-cli.ts';

const DAY = z.string().regex(/^\d{4}-\d\d-\d\d$/);

/** Mistakes and departures: a run that passes over one of them in silence is at fault. Merging, sorting and title rows are no mistakes. */
const TO_BE_TOLD: ReadonlySet<string> = new Set([
  '往下填充现行时限', '复制一行不改编号', '新事项的时限写成九月底前', '误删一行', '把早上打开的旧文件存回来', '办理中直接改为已归档', '下发后改要求时限', '登记离任',
]);

const DEED = z.strictObject({
  谁: z.string(),
  做: z.string(),
  件: z.int().optional(),
  份: z.int().optional(),
  从: DAY.optional(),
  到: DAY.optional(),
  交给: z.string().optional(),
  离任人: z.string().optional(),
  /** What the next run has to tell, and what it has to tell no more. */
  告: z.string().optional(),
  不再告: z.string().optional(),
}).refine(({ 做, 告 }) => 告 !== undefined || !TO_BE_TOLD.has(做), { error: '这样的做法要写「告」:下一次运行必须说出什么' });

const STORY = z.array(z.strictObject({ 日: DAY, 停机: z.string().optional(), 上午: z.array(DEED).default([]), 下午: z.array(DEED).default([]) }));

export type Deed = z.infer<typeof DEED>;
export type StoryDay = z.infer<typeof STORY>[number];

/** The days and deeds of `fortnight.yaml`. */
export function readStory(): StoryDay[] {
  return STORY.parse(parse(readFileSync(join(ROOT, 'test', 'fortnight', 'fortnight.yaml'), 'utf8'), { schema: 'core' }));
}
