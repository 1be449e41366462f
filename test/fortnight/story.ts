import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { ROOT } from '../support/built-cli.ts';

const DAY = z.string().regex(/^\d{4}-\d\d-\d\d$/);

const DEED = z.strictObject({
  谁: z.string(),
  做: z.string(),
  件: z.int().optional(),
  份: z.int().optional(),
  从: DAY.optional(),
  到: DAY.optional(),
  交给: z.string().optional(),
  /** What the next run has to tell, and what it has to tell no more. */
  告: z.string().optional(),
  不再告: z.string().optional(),
});

const STORY = z.array(z.strictObject({ 日: DAY, 停机: z.string().optional(), 上午: z.array(DEED).default([]), 下午: z.array(DEED).default([]) }));

export type Deed = z.infer<typeof DEED>;
export type StoryDay = z.infer<typeof STORY>[number];

/** The days and deeds of `fortnight.yaml`. */
export function readStory(): StoryDay[] {
  return STORY.parse(parse(readFileSync(join(ROOT, 'test', 'fortnight', 'fortnight.yaml'), 'utf8'), { schema: 'core' }));
}
