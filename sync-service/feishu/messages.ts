import pThrottle from 'p-throttle';
import * as z from 'zod';
import type { Card } from './card.ts';
import type { FeishuClient } from './client.ts';

/** Feishu's own limits: 1000 a minute and 50 a second for an app, 5 a second for a person, 5 a second for a message that is changed. */
const APP_PACE = { limit: 15, interval: 1000 };
const PERSON_PACE = { limit: 4, interval: 1000, strict: true };
const LOOKED_UP_PER_CALL = 50;
/** Writes of one app's messages follow one another. */
const QUEUE = 'messages';

export interface FeishuMessages {
  /** The open_ids of people by their mobiles and mailboxes; who isn't found is left out. */
  find(mobiles: readonly string[], emails: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Sends a card to one person; the same `uuid` within an hour is one message. Throws a FeishuFailure. */
  sendCard(to: string, card: Card, uuid: string): Promise<void>;
  /** Puts another card in the place of a sent one. Throws a FeishuFailure, or an OutcomeUnknownError. */
  replaceCard(messageId: string, card: Card): Promise<void>;
}

type Paced = <T>(send: () => Promise<T>) => Promise<T>;

function paced(pace: Parameters<typeof pThrottle>[0]): Paced {
  const next = pThrottle(pace)(() => Promise.resolve());
  return async (send) => {
    await next();
    return send();
  };
}

/** Messages as the app. */
export function openMessages(client: FeishuClient): FeishuMessages {
  const { sdk } = client;
  const inAppPace = paced(APP_PACE);
  const persons = new Map<string, Paced>();
  const inPaceOf = <T>(key: string, send: () => Promise<T>): Promise<T> => {
    const inOwnPace = persons.get(key) ?? paced(PERSON_PACE);
    persons.set(key, inOwnPace);
    return inOwnPace(() => inAppPace(send));
  };

  return {
    async find(mobiles, emails) {
      const found = new Map<string, string>();
      for (let from = 0; from < Math.max(mobiles.length, emails.length); from += LOOKED_UP_PER_CALL) {
        const data = { mobiles: mobiles.slice(from, from + LOOKED_UP_PER_CALL), emails: emails.slice(from, from + LOOKED_UP_PER_CALL), include_resigned: false };
        const answer = await inAppPace(() => client.call(QUEUE, 'read', () => sdk.contact.v3.user.batchGetId({ params: { user_id_type: 'open_id' }, data })));
        for (const { user_id, mobile, email } of answer?.user_list ?? []) {
          const key = mobile ?? email;
          if (user_id !== undefined && user_id !== '' && key !== undefined) found.set(key, user_id);
        }
      }
      return found;
    },
    async sendCard(to, card, uuid) {
      const data = { receive_id: to, msg_type: 'interactive', content: JSON.stringify(card), uuid };
      await inPaceOf(to, () => client.call(QUEUE, 'create', () => sdk.im.v1.message.create({ params: { receive_id_type: idTypeOf(to) }, data })));
    },
    async replaceCard(messageId, card) {
      // The client puts it into an address as it is.
      const message_id = z.string().regex(/^[\w-]+$/).parse(messageId);
      await inPaceOf(messageId, () => client.call(QUEUE, 'update', () => sdk.im.v1.message.patch({ path: { message_id }, data: { content: JSON.stringify(card) } })));
    },
  };
}

/** What kind of id stands in 人员.飞书ID, or came from a look-up. */
function idTypeOf(id: string): 'open_id' | 'union_id' | 'user_id' {
  return id.startsWith('ou_') ? 'open_id' : id.startsWith('on_') ? 'union_id' : 'user_id';
}
