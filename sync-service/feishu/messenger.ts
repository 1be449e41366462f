import { officeNames, type Addressee, type OutgoingNotice, type Workbook } from '#core';
import { sha256 } from '../notify/mail.ts';
import type { ReachedMailboxes } from '../notify/transport.ts';
import { noticeCard, type Card, type CardAct, type CardDeeds } from './card.ts';
import { FeishuFailure, isOutcomeUnknown } from './failure.ts';
import type { FeishuMessages } from './messages.ts';
import type { FeishuPeople } from './people.ts';

/** Not to be reached by the app, resigned, stopped the app, no such id: who is looked up anew next time. */
const NOT_REACHED = new Set([230013, 230029, 230053, 230034, 99992351, 99992361]);

/** What one person may do from a card about a notice. */
export type ActsOf = (workbook: Workbook, notice: Pick<OutgoingNotice, 'itemIds' | 'plannedOn'>, reader: string) => readonly CardAct[];

export interface MessengerParts {
  readonly messages: Pick<FeishuMessages, 'sendCard'>;
  readonly people: FeishuPeople;
  readonly actsOf: ActsOf;
  /** The workbook in what buttons bring back; null where nobody hears them. */
  readonly book: string | null;
}

export interface MessengerResult {
  /** Who got a card, now or before. */
  readonly carded: number;
  /** For whom there is none: they get the mail. */
  readonly to: readonly Addressee[];
  readonly copy: readonly Addressee[];
  /** Of whom nobody knows whether he got it: the notice is sent again. */
  readonly failure: string | null;
}

/** A way to persons that is tried before mail. */
export interface Messenger {
  /** Looks up who the readers of some notices are, all at once. Answers what went wrong, null where nothing did: who isn't known then gets the mail. */
  prepare(notices: readonly OutgoingNotice[]): Promise<string | null>;
  send(workbook: Workbook, workbookId: string, notice: OutgoingNotice, reached: ReachedMailboxes): Promise<MessengerResult>;
}

/** Cards in Feishu to everybody whom Feishu knows; mail is for the others, and for whom Feishu refuses. */
export function openMessenger({ messages, people, actsOf, book }: MessengerParts): Messenger {
  /** True: has it; false: can't; a sentence: nobody knows. */
  async function sendTo(person: Addressee, card: () => Card, uuid: string, reached: ReachedMailboxes): Promise<boolean | string> {
    const id = people.idOf(person);
    if (id === null) return false;
    if (reached.has(`feishu:${id}`)) return true;
    try {
      await messages.sendCard(id, card(), uuid);
    } catch (error) {
      if (!(error instanceof FeishuFailure)) throw error;
      if (isOutcomeUnknown(error)) return `飞书没有答复是否送达 ${person.name}(${error.code ?? error.network})`;
      if (error.code !== null && NOT_REACHED.has(error.code)) people.forget(person);
      return false;
    }
    reached.add(`feishu:${id}`);
    return true;
  }

  return {
    async prepare(notices) {
      try {
        await people.learn(notices.flatMap(({ to, copy }) => [...to, ...copy]));
        return null;
      } catch (error) {
        if (!(error instanceof FeishuFailure)) throw error;
        return `飞书没有查到收件人(${error.code ?? error.network} ${error.message}),改发邮件`;
      }
    },
    async send(workbook, workbookId, notice, reached) {
      const failures: string[] = [];
      let carded = 0;
      const left = async (readers: readonly Addressee[]): Promise<Addressee[]> => {
        const others: Addressee[] = [];
        for (const reader of readers) {
          const card = (): Card => cardFor(workbook, notice, { acts: actsOf(workbook, notice, reader.name), callback: book === null ? null : { book, notice: notice.key }, result: null });
          const outcome = await sendTo(reader, card, sha256(`${notice.key}${workbookId}${reader.name}`).slice(0, 32), reached);
          if (outcome === true) carded += 1;
          else if (outcome === false) others.push(reader);
          else failures.push(outcome);
        }
        return others;
      };
      const to = await left(notice.to);
      const copy = await left(notice.copy);
      return { carded, to, copy, failure: failures.length === 0 ? null : failures.join(';') };
    },
  };
}

/** A notice of a workbook as a card. */
export function cardFor(workbook: Workbook, { subject, body }: Pick<OutgoingNotice, 'subject' | 'body'>, deeds: CardDeeds): Card {
  const contacts = officeNames(workbook).slice(0, 2);
  const how = deeds.acts.some(({ kind, url }) => kind === 'item' && url === null) ? ['反馈进展,请填写台账的「进展情况」;申请延期,请填写「申请审批」表。'] : [];
  return noticeCard({ subject, body, footer: [...how, ...(contacts.length === 0 ? [] : [`有疑问请联系:${contacts.join('、')}`])] }, deeds);
}
