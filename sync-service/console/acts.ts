import * as z from 'zod';
import type { Act, CellEdit } from '#screens';

const TEXT = z.string().max(4000);
const ID = z.string().min(1).max(100);
const NOTICE_ID = z.string().min(1).max(300);
const POINTS = z.string().max(20);

/** One cell of 督办台账, as a person saw and typed it. */
export const CELL = z.strictObject({ itemId: ID, column: z.string().max(40), seen: TEXT, text: TEXT }) satisfies z.ZodType<CellEdit>;

/** What people do in the console, on the page and by a link alike. */
export const ACT = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('feedback'), itemId: ID, type: z.enum(['进展', '结果']).default('进展'), progress: TEXT, nextPlan: TEXT.default(''), attachments: z.array(z.string().max(300)).max(20).default([]) }),
  z.strictObject({ act: z.literal('submit'), feedbackId: ID, text: TEXT }),
  z.strictObject({ act: z.literal('review-feedback'), feedbackId: ID }),
  z.strictObject({ act: z.literal('hand-in'), itemId: ID, result: TEXT }),
  z.strictObject({ act: z.literal('request'), itemId: ID, type: z.enum(['延期', '暂停', '恢复', '协调', '非职责退回']), reason: TEXT, workDone: TEXT.default(''), limit: z.string().max(40).default('') }),
  z.strictObject({ act: z.literal('decide'), requestId: ID, decision: z.enum(['同意', '不同意', '转报']), opinion: TEXT.default(''), limit: z.string().max(40).default('') }),
  z.strictObject({ act: z.literal('confirm-score'), scoreId: NOTICE_ID, points: POINTS, seen: POINTS.default(''), note: TEXT.default('') }),
  z.strictObject({ act: z.literal('appeal'), scoreId: NOTICE_ID, reason: TEXT }),
  z.strictObject({ act: z.literal('review-appeal'), scoreId: NOTICE_ID, result: z.enum(['维持', '调整', '撤销']), points: POINTS.default(''), note: TEXT.default('') }),
  z.strictObject({ act: z.literal('sign-notice'), noticeId: NOTICE_ID, decision: z.enum(['签发', '取消', '重发']) }),
  z.strictObject({ act: z.literal('draft-bulletin'), bulletinId: ID, seen: z.string().max(20_000), body: z.string().max(20_000), handUp: z.boolean().default(false) }),
  z.strictObject({ act: z.literal('sign-bulletin'), bulletinId: ID, seen: z.string().max(20_000) }),
  z.strictObject({ act: z.literal('read') }),
]) satisfies z.ZodType<Act>;
