import { join } from 'node:path';
import * as z from 'zod';
import type { Addressee } from '#core';
import { sha256 } from '../notify/mail.ts';
import { jsonIn, readIfThere, replaceFile } from '../workbook/memory/durable-file.ts';
import type { FeishuMessages } from './messages.ts';

const DAY_MS = 86_400_000;
/** Who was found stays found so long; who wasn't is asked for again the next day. */
const KNOWN_DAYS = 30;
const UNKNOWN_DAYS = 1;
const HELD = z.record(z.string(), z.object({ id: z.string().nullable(), at: z.number() }));

/** Who an addressee is in Feishu: 飞书ID of 人员, else by mobile, else by mailbox; looked up once and kept in a file of `.duban`. */
export interface FeishuPeople {
  /** Looks up together all who are not known; asks nothing where all are. */
  learn(people: readonly Addressee[]): Promise<void>;
  /** Null where Feishu doesn't know the person. */
  idOf(person: Addressee): string | null;
  /** Feishu takes no message for this id any more: it is looked up anew. */
  forget(person: Addressee): void;
}

/** `folder` is the `.duban` folder of the workbook; `app` tells apps apart, since an id is one app's own. */
export function openPeople(folder: string, app: string, messages: Pick<FeishuMessages, 'find'>, clock: () => number): FeishuPeople {
  const file = join(folder, 'feishu-people.json');
  // Torn by a crash: everybody is looked up once more.
  const held = new Map(Object.entries(HELD.catch({}).parse(jsonIn(readIfThere(file)))));
  const keyOf = (handle: string): string => sha256(`${app} ${handle}`).slice(0, 32);
  const known = (handle: string): { readonly id: string | null } | null => {
    const entry = held.get(keyOf(handle));
    return entry === undefined || clock() - entry.at > (entry.id === null ? UNKNOWN_DAYS : KNOWN_DAYS) * DAY_MS ? null : entry;
  };
  const save = (): void => { replaceFile(file, JSON.stringify(Object.fromEntries(held))); };
  return {
    async learn(people) {
      const unknown = (handles: readonly string[]): string[] => [...new Set(handles)].filter((handle) => handle !== '' && known(handle) === null);
      const asked = people.filter(({ feishuId }) => feishuId === '');
      const mobiles = unknown(asked.map(mobileOf));
      const found = new Map(mobiles.length === 0 ? [] : await messages.find(mobiles, []));
      // Office mailboxes are unknown to Feishu: only those are asked for whose mobile doesn't find them.
      const emails = unknown(asked.filter((person) => (found.get(mobileOf(person)) ?? known(mobileOf(person))?.id ?? null) === null).map(({ address }) => address));
      for (const [handle, id] of emails.length === 0 ? [] : await messages.find([], emails)) found.set(handle, id);
      for (const handle of [...mobiles, ...emails]) held.set(keyOf(handle), { id: found.get(handle) ?? null, at: clock() });
      if (mobiles.length + emails.length > 0) save();
    },
    idOf: (person) => (person.feishuId !== '' ? person.feishuId : known(mobileOf(person))?.id ?? known(person.address)?.id ?? null),
    forget(person) {
      for (const handle of [mobileOf(person), person.address]) held.delete(keyOf(handle));
      save();
    },
  };
}

/** A mobile as Feishu knows it: digits, with a country's number where it isn't China's; '' where it is none. */
function mobileOf({ phone }: Addressee): string {
  const digits = phone.normalize('NFKC').replace(/[\s()-]/g, '').replace(/^(\+|00)86(?=1\d{10}$)/, '');
  return /^(1\d{10}|\+\d{8,15})$/.test(digits) ? digits : '';
}
