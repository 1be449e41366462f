import { setTimeout as wait } from 'node:timers/promises';
import { decideRequest, personOf, type Answer, type Moment, type Workbook } from '#core';
import { StoreError } from '../workbook/store.ts';
import type { WriteOutcome } from '../jobs/write-answer.ts';
import type { Card, CardDeeds } from './card.ts';
import type { FeishuEvent } from './events.ts';
import { DECIDE, type Press, type PressLedger } from './press-ledger.ts';

type Pressed = Extract<FeishuEvent, { kind: 'card' }>;

/** What the person who pressed sees at once. */
export interface Toast { readonly toast: { readonly type: 'info' | 'error'; readonly content: string } }

/** One workbook as buttons act on it. */
export interface ActedBook {
  /** Writes what a person decided, as 操作人 `actor`; the decision is judged on the workbook as it is then. */
  write(actor: () => string, decide: (workbook: Workbook, now: Moment) => Answer): Promise<WriteOutcome>;
  /** The 姓名 of who is this in Feishu; null where 人员 has nobody. */
  nameOf(workbook: Workbook, openId: string): string | null;
  /** The notice's card once a request was decided, or not; null where its row is gone. */
  cardOf(workbook: Workbook, of: { readonly notice: string; readonly request: string }, reader: string, result: NonNullable<CardDeeds['result']>): Card | null;
}

export interface CardActionParts {
  /** Where presses are kept until they are carried out. */
  readonly ledger: PressLedger;
  readonly books: ReadonlyMap<string, ActedBook>;
  readonly replaceCard: (messageId: string, card: Card) => Promise<void>;
  readonly problem: (error: unknown, what: string) => void;
  /** Waits between the tries of a press that a store can't take just now, in milliseconds. */
  readonly waits: readonly number[];
}

export interface CardActions {
  /** Takes a press in, durably, and answers what the person sees; within milliseconds, since Feishu waits three seconds. */
  press(event: Pressed): Toast;
  /** Resolves when what was taken in is carried out. */
  settled(): Promise<void>;
}

/**
 * Presses of 同意 and 不同意 on cards. Who pressed is Feishu's word, never the card's; whether he may is asked of the workbook when
 * it is written, so that a forwarded card lets nobody decide, and a second press decides nothing anew. What a
 * process took in and didn't carry out is carried out by the next.
 */
export function openCardActions({ ledger, books, replaceCard, problem, waits }: CardActionParts): CardActions {
  let work: Promise<void> = Promise.resolve();
  const queue = (press: Omit<Press, 'at'>): void => {
    work = work.then(() => carryOut(press)).catch((error: unknown) => { problem(error, '飞书卡片上的审批没有办成'); });
  };

  async function carryOut({ id, operator, messageId, value }: Omit<Press, 'at'>): Promise<void> {
    const book = books.get(value.book);
    if (book !== undefined) {
      const { name, workbook, result } = await decide(book, operator, value);
      const card = workbook === null ? null : book.cardOf(workbook, value, name, result);
      // What was decided stands in the workbook whether or not the card shows it.
      if (card !== null) await replaceCard(messageId, card).catch((error: unknown) => { problem(error, '审批已经办了,飞书卡片没有换成结果'); });
    }
    ledger.done(id);
  }

  async function decide(book: ActedBook, operator: string, { request, decision }: Press['value']): Promise<{ name: string; workbook: Workbook | null; result: NonNullable<CardDeeds['result']> }> {
    let seen: { workbook: Workbook; name: string } | null = null;
    const outcome = await patiently(() => book.write(() => `${seen?.name ?? operator}(飞书卡片)`, (workbook, now) => {
      const name = book.nameOf(workbook, operator) ?? '';
      seen = { workbook, name };
      if (name === '' || personOf(workbook, name) === null) return { kind: 'refused', message: '「人员」表里没有您:请告诉督办管理员' };
      return isDecided(workbook, request, name, decision) ? { kind: 'done', changes: [] } : decideRequest(workbook, { requestId: request, by: name, decision, opinion: '', limit: null }, now);
    }));
    const { workbook = null, name = '' } = seen as { workbook: Workbook; name: string } | null ?? {};
    return { name, workbook, result: outcome.kind === 'done' ? { ok: true, words: `${name}已${decision} ${request}` } : { ok: false, words: `没有办成:${outcome.message}` } };
  }

  async function patiently(write: () => Promise<WriteOutcome>): Promise<WriteOutcome> {
    for (const ms of waits) {
      try {
        const outcome = await write();
        if (outcome.kind !== 'held' && outcome.kind !== 'conflict') return outcome;
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
      }
      await wait(ms);
    }
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return { kind: 'refused', message: `${error.message};请在台账里办理` };
    }
  }

  for (const press of ledger.left) queue(press);
  return {
    press({ id, operator, messageId, value }) {
      const known = DECIDE.safeParse(value);
      if (!known.success || !books.has(known.data.book)) return { toast: { type: 'error', content: '这张卡片已经失效:请在台账里办理' } };
      const press = { id, operator, messageId, value: known.data };
      if (ledger.take(press)) queue(press);
      return { toast: { type: 'info', content: '已收到,正在办理,稍后卡片上显示结果' } };
    },
    settled: () => work,
  };
}

/** Whether a person's decision stands at one of the levels already: a second press says nothing new. */
function isDecided(workbook: Workbook, requestId: string, by: string, decision: string): boolean {
  const row = workbook.sheets.requests.rows.find(({ cells }) => cells.requestId === requestId);
  return row !== undefined && ([1, 2, 3] as const).some((level) => row.cells[`approver${level}`] === by && row.cells[`decision${level}`] === decision);
}
