import * as z from 'zod';

/** Card JSON 2.0 as its documentation names the parts that the program uses: an unknown key is refused. */
const PLAIN = z.strictObject({ tag: z.literal('plain_text'), content: z.string().min(1) });
const BUTTON = z.strictObject({
  tag: z.literal('button'), text: PLAIN, type: z.enum(['default', 'primary', 'danger']), confirm: z.strictObject({ title: PLAIN, text: PLAIN }).optional(),
  behaviors: z.array(z.discriminatedUnion('type', [z.strictObject({ type: z.literal('open_url'), default_url: z.url() }), z.strictObject({ type: z.literal('callback'), value: z.record(z.string(), z.unknown()) })])).length(1),
});
export const CARD = z.strictObject({
  schema: z.literal('2.0'),
  config: z.strictObject({ update_multi: z.literal(true), summary: z.strictObject({ content: z.string() }) }),
  header: z.strictObject({ title: PLAIN, template: z.enum(['blue', 'wathet', 'turquoise', 'green', 'yellow', 'orange', 'red', 'carmine', 'violet', 'purple', 'indigo', 'grey', 'default']) }),
  body: z.strictObject({ elements: z.array(z.discriminatedUnion('tag', [
    z.strictObject({ tag: z.literal('markdown'), content: z.string().min(1), text_size: z.literal('notation').optional() }), z.strictObject({ tag: z.literal('hr') }),
    z.strictObject({ tag: z.literal('column_set'), flex_mode: z.literal('flow'), horizontal_spacing: z.string(), columns: z.array(z.strictObject({ tag: z.literal('column'), width: z.enum(['auto', 'weighted']), elements: z.array(BUTTON).min(1) })).min(1).max(5) }),
  ])).min(1).max(200) }),
});
export type ReceivedCard = z.infer<typeof CARD>;

const MOST_CARD_BYTES = 30 * 1024;
const MESSAGE = z.strictObject({ receive_id: z.string(), msg_type: z.literal('interactive'), content: z.string(), uuid: z.string().min(1).max(50) });
const LOOK_UP = z.strictObject({ mobiles: z.array(z.string()).max(50), emails: z.array(z.string()).max(50), include_resigned: z.boolean() });

export interface OfficePerson { readonly openId: string; readonly mobile?: string; readonly email?: string }
export interface OfficeReply { readonly template: string; readonly status: number; readonly body: unknown }

/** The people and messages of an organisation, as an app reaches them. */
export class OfficeModel {
  readonly people: OfficePerson[] = [];
  readonly messages: { readonly id: string; readonly to: string; card: ReceivedCard; readonly uuid: string; replaced: number }[] = [];
  readonly subscribed: string[] = [];
  lookUps = 0;
  /** What Feishu says of look-ups in place of answering. */
  lookUpRefusal: { readonly status: number; readonly code: number } | null = null;
  /** What Feishu says of messages to a person in place of taking them; `lost` takes it and loses the answer. */
  readonly refuses = new Map<string, { readonly status: number; readonly code: number } | 'lost'>();

  answer(method: string, path: string, query: URLSearchParams, body: unknown): OfficeReply | null {
    if (method === 'POST' && path === '/open-apis/contact/v3/users/batch_get_id') return { template: path, ...this.lookUp(query, body) };
    if (method === 'POST' && path === '/open-apis/im/v1/messages') return { template: path, ...this.take(query, body) };
    const message = /^\/open-apis\/im\/v1\/messages\/(\w+)$/.exec(path)?.[1];
    if (method === 'PATCH' && message !== undefined) return { template: '/open-apis/im/v1/messages/{message_id}', ...this.replace(message, body) };
    const file = /^\/open-apis\/drive\/v1\/files\/(\w+)\/subscribe$/.exec(path)?.[1];
    if (method === 'POST' && file !== undefined) {
      if (query.get('file_type') !== 'bitable') return { template: path, ...failure(400, 1061002, 'params error.') };
      this.subscribed.push(file);
      return { template: '/open-apis/drive/v1/files/{file_token}/subscribe', ...success({}) };
    }
    return null;
  }

  private lookUp(query: URLSearchParams, body: unknown): Omit<OfficeReply, 'template'> {
    this.lookUps += 1;
    if (this.lookUpRefusal !== null) return failure(this.lookUpRefusal.status, this.lookUpRefusal.code, 'Access denied.');
    const asked = LOOK_UP.safeParse(body);
    if (!asked.success || query.get('user_id_type') !== 'open_id') return failure(400, 99992402, 'field validation failed');
    return success({ user_list: [
      ...asked.data.mobiles.map((mobile) => found({ mobile }, this.people.find((person) => person.mobile === mobile))),
      ...asked.data.emails.map((email) => found({ email }, this.people.find((person) => person.email === email))),
    ] });
  }

  private take(query: URLSearchParams, body: unknown): Omit<OfficeReply, 'template'> {
    const asked = MESSAGE.safeParse(body);
    if (!asked.success || query.get('receive_id_type') !== 'open_id') return failure(400, 230001, 'Your request contains an invalid request parameter.');
    const { receive_id: to, content, uuid } = asked.data;
    const refusal = this.refuses.get(to);
    if (refusal !== undefined && refusal !== 'lost') return failure(refusal.status, refusal.code, 'refused');
    const known = this.messages.find((message) => message.uuid === uuid);
    if (known === undefined && !this.people.some(({ openId }) => openId === to)) return failure(400, 230013, 'Bot has NO availability to this user.');
    const card = cardIn(content);
    if (card === null) return failure(400, 230099, 'Failed to create card content.');
    const message = known ?? { id: `om_${this.messages.length + 1}`, to, card, uuid, replaced: 0 };
    if (known === undefined) this.messages.push(message);
    return refusal === 'lost' ? failure(504, 1255040, 'Request timed out.') : success({ message_id: message.id, msg_type: 'interactive', chat_id: `oc_${to}` });
  }

  private replace(id: string, body: unknown): Omit<OfficeReply, 'template'> {
    const message = this.messages.find((one) => one.id === id);
    const asked = z.strictObject({ content: z.string() }).safeParse(body);
    const card = asked.success ? cardIn(asked.data.content) : null;
    if (message === undefined || card === null) return failure(400, 230001, 'Your request contains an invalid request parameter.');
    message.card = card;
    message.replaced += 1;
    return success({});
  }
}

function cardIn(content: string): ReceivedCard | null {
  const parsed = CARD.safeParse(JSON.parse(content));
  return parsed.success && Buffer.byteLength(JSON.stringify(content)) <= MOST_CARD_BYTES ? parsed.data : null;
}

function found(asked: { readonly mobile: string } | { readonly email: string }, person: OfficePerson | undefined): Record<string, string> {
  return { ...asked, ...(person === undefined ? {} : { user_id: person.openId }) };
}

function success(data: unknown): Omit<OfficeReply, 'template'> {
  return { status: 200, body: { code: 0, msg: 'success', data } };
}

function failure(status: number, code: number, msg: string): Omit<OfficeReply, 'template'> {
  return { status, body: { code, msg } };
}
