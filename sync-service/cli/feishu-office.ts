import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { dayOf, isDigestMember, momentFromEpoch, personOf, type CellsOf, type Workbook } from '#core';
import type { ServeConfig, ServedWorkbook } from '../config/config.ts';
import { actsOfReader } from '../console/answer-links.ts';
import type { Book } from '../console/book.ts';
import { bookKey } from '../console/xlsx-book.ts';
import { feishuAccessFrom, feishuClientFrom } from '../feishu/access.ts';
import type { FeishuClient } from '../feishu/client.ts';
import { openCardActions, type ActedBook, type CardActions } from '../feishu/card-actions.ts';
import { readEvent } from '../feishu/events.ts';
import { gatherHints, type Calm } from '../feishu/gather-hints.ts';
import { openLongConnection } from '../feishu/long-connection.ts';
import { openMessages, type FeishuMessages } from '../feishu/messages.ts';
import { cardFor, openMessenger, type ActsOf, type Messenger } from '../feishu/messenger.ts';
import { openPeople, type FeishuPeople } from '../feishu/people.ts';
import type { CallQuota } from '../workbook/call-quota.ts';
import { openPressLedger } from '../feishu/press-ledger.ts';
import type { FeishuWebhook } from '../console/feishu-routes.ts';
import { openDoor } from '../feishu/webhook.ts';
import { bitableApiFrom, OWN_WRITES } from '../workbook/feishu-bitable/access.ts';
import { baseTokenOf } from '../workbook/location.ts';
import { dubanFolder } from '../workbook/xlsx/identity.ts';
import { StoreError } from '../workbook/store.ts';
import { CommandError } from './command-error.ts';
import type { LoadedConfig } from './serve-config.ts';
import { secretOf } from './served-duties.ts';

const WAITS = [2_000, 10_000, 60_000];
/** The service does not wait longer for events before its first run. */
const PATIENCE_MS = 5_000;

/** What Feishu does for a service beside being a workbook: cards to persons, and events. */
export interface FeishuOffice {
  /** Undefined where people are told by mail alone. */
  messengerFor(workbook: ServedWorkbook): Messenger | undefined;
  /** Takes an event in, as one object; what it answers is for Feishu. Never throws. */
  event(flat: unknown): object | null;
  /** Events may have been missed: each base is looked at. */
  lookAgain(): void;
  /** Asks Feishu for the events of the bases. */
  subscribe(): Promise<void>;
  /** No more runs from hints; resolves when the presses that were taken in are carried out. */
  stop(): Promise<void>;
}

/** What a process needs that hears events. */
export interface Hearing {
  /** By the paths of workbooks. */
  readonly books: ReadonlyMap<string, Book>;
  /** Somebody changed a workbook. */
  readonly changed: (path: string) => void;
  /** How a burst of edits becomes one run. */
  readonly calm: Calm;
}

/** Feishu of a configuration; null where it has no part in it. `hears`: null where no events come to this process. `quota`: where calls are counted. Throws a CommandError (2) on credentials that are none. */
export function openFeishuOffice(loaded: LoadedConfig, hears: Hearing | null, log: Logger, quota?: CallQuota): FeishuOffice | null {
  const { config, folder } = loaded;
  const bases = config.workbooks.filter(({ path }) => baseTokenOf(path) !== null);
  if (!config.feishu.messages && (bases.length === 0 || hears === null)) return null;
  const { appId, client } = access(quota);
  const messages = openMessages(client);
  const actsOf = actsWithLinks(config, folder);
  const people = new Map(config.workbooks.map(({ path, site }) => [path, openPeople(dubanFolder(site), appId, messages, Date.now)]));
  const hints = new Map(hears === null ? [] : bases.map(({ path }) => [baseTokenOf(path)!, gatherHints(hears.calm, () => { hears.changed(path); })]));
  const actions = hears !== null && config.feishu.messages ? openActions(config, folder, { messages, people, actsOf, log, books: hears.books }) : null;

  return {
    messengerFor: ({ path }) => (config.feishu.messages ? openMessenger({ messages, people: people.get(path)!, actsOf: actsOf(path), book: actions === null || hears?.books.has(path) !== true ? null : bookKey(path) }) : undefined),
    event(flat) {
      const event = readEvent(flat);
      if (event === null) return null;
      if (event.kind === 'card') return actions?.press(event) ?? null;
      const isEcho = event.actions.length > 0 && event.actions.every(({ recordId, after }) => OWN_WRITES.isEcho(event.tableId, recordId, after));
      if (!isEcho) hints.get(event.appToken)?.hint();
      return null;
    },
    lookAgain() {
      for (const { hint } of hints.values()) hint();
    },
    async subscribe() {
      for (const { path } of bases) {
        try {
          await bitableApiFrom(process.env, baseTokenOf(path)!).subscribe();
        } catch (error) {
          // The schedule still runs it.
          log.warn({ workbook: path, reason: error instanceof Error ? error.message : String(error) }, '没有订阅到多维表格的事件,只按定时巡检');
        }
      }
    },
    async stop() {
      for (const { stop } of hints.values()) stop();
      await actions?.settled();
    },
  };
}

function access(quota: CallQuota | undefined): { readonly appId: string; readonly client: FeishuClient } {
  try {
    return { appId: feishuAccessFrom(process.env).credentials.appId, client: feishuClientFrom(process.env, quota) };
  } catch (error) {
    if (error instanceof StoreError) throw new CommandError(2, error.message);
    throw error;
  }
}

/** What readers may do from a card of each workbook, with the console's links where it is reached. */
function actsWithLinks({ console: { url } }: ServeConfig, folder: string): (path: string) => ActsOf {
  const link = url === null ? null : { url, secret: secretOf(folder) };
  return (path) => (workbook, notice, reader) => actsOfReader(workbook, notice, reader, momentFromEpoch(Date.now()), link === null ? null : { ...link, book: bookKey(path) })
    .map(({ kind, id, name, url: page, mayExtend }) => (kind === 'item' ? { kind, name, url: page, mayExtend } : { kind, name, requestId: id, url: page }));
}

interface ActionParts {
  readonly messages: FeishuMessages;
  readonly people: ReadonlyMap<string, FeishuPeople>;
  readonly actsOf: (path: string) => ActsOf;
  readonly log: Logger;
  readonly books: ReadonlyMap<string, Book>;
}

function openActions({ workbooks }: ServeConfig, folder: string, { messages, people, actsOf, log, books }: ActionParts): CardActions {
  const acted = ({ path }: ServedWorkbook): ActedBook => ({
    write: (actor, decide) => books.get(path)!.write(actor, decide),
    nameOf(workbook, openId) {
      const named = personOf(workbook, openId);
      if (named !== null) return named.name;
      const known = people.get(path)!;
      return workbook.sheets.people.rows.find(({ cells: { name, email, phone, feishuId } }) => name !== '' && known.idOf({ name, address: email, phone, feishuId }) === openId)?.cells.name ?? null;
    },
    cardOf(workbook, { notice, request }, reader, result) {
      const row = workbook.index.notice.get(notice)?.cells;
      if (row === undefined) return null;
      const acts = actsOf(path)(workbook, { itemIds: itemsOf(workbook, row), plannedOn: row.plannedOn ?? dayOf(momentFromEpoch(Date.now())) }, reader);
      // The workbook is as it was before the decision.
      const open = acts.filter((act) => !result.ok || act.kind === 'item' || act.requestId !== request);
      return cardFor(workbook, row, { acts: open, callback: { book: bookKey(path), notice }, result });
    },
  });
  return openCardActions({
    ledger: openPressLedger(join(folder, '.duban', 'feishu-actions.jsonl'), Date.now), books: new Map(workbooks.filter(({ path }) => books.has(path)).map((workbook) => [bookKey(workbook.path), acted(workbook)])), waits: WAITS,
    replaceCard: (messageId, card) => messages.replaceCard(messageId, card), problem: (error, what) => { log.error({ err: error }, what); },
  });
}

/** The items that a notice tells of: its own, or those of a digest's members. */
function itemsOf({ sheets }: Workbook, row: CellsOf<'notices'>): string[] {
  if (row.type !== '每日摘要') return row.itemId === '' ? [] : [row.itemId];
  const members = sheets.notices.rows.filter(({ cells }) => isDigestMember(cells.channel) && cells.recipient === row.recipient && cells.plannedOn === row.plannedOn);
  return [...new Set(members.map(({ cells }) => cells.itemId).filter((id) => id !== ''))];
}

/**
 * Hears events, by a connection of this side's own where the configuration wants that. Resolves once they come, or PATIENCE_MS later: whoever
 * reads a workbook then sees what nobody told. Of a connection that opens later or again each base is looked at anew. Answers how to close it.
 */
export async function listen({ feishu: { events } }: ServeConfig, office: FeishuOffice, log: Logger): Promise<() => void> {
  if (events === 'off') return () => undefined;
  let [isWaiting, isClosed] = [true, false];
  let closeLine: (() => void) | null = null;
  const heard = async (): Promise<void> => {
    await office.subscribe();
    if (events !== 'long-connection' || isClosed) return;
    await new Promise<void>((resolve) => {
      closeLine = openLongConnection({
        ...feishuAccessFrom(process.env), event: (flat) => office.event(flat),
        opened() {
          if (!isWaiting) office.lookAgain();
          resolve();
        },
        failed: (reason) => { log.warn({ reason }, '飞书长连接没有接通,一分钟后再试;其间只按定时巡检'); },
      });
    });
  };
  await Promise.race([heard(), wait(PATIENCE_MS, undefined, { ref: false })]);
  isWaiting = false;
  return () => {
    isClosed = true;
    closeLine?.();
  };
}

/** The door for events that Feishu posts; null where they come another way. */
export function webhookOf({ feishu: { events } }: ServeConfig, office: FeishuOffice, log: Logger): FeishuWebhook | null {
  if (typeof events === 'string') return null;
  const [encryptKey, verificationToken] = [events.encryptKey, events.verificationToken].map((name) => (process.env[name] ?? '').trim());
  return {
    door: openDoor({ encryptKey: encryptKey!, verificationToken: verificationToken! }, Date.now), event: (flat) => office.event(flat),
    refused: (status, why) => { log.warn({ status, why }, '飞书事件的请求被拒绝'); },
  };
}
