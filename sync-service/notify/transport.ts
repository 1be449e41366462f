import { headerText, type Address, type Mail } from './mail.ts';

/** Why a mail failed, as far as what to do about it differs. */
export type FailureReason = 'login' | 'tls' | 'dns' | 'unreachable' | 'timeout' | 'sender' | 'recipient' | 'content' | 'busy' | 'address' | 'other';

export type SendResult =
  | { readonly ok: true }
  | {
    readonly ok: false;
    /** True where trying again can't help: the mail or a mailbox must be put right by people. */
    readonly permanent: boolean;
    /** True where the server itself can't be used now (unreachable, login refused): other mails would fail alike. */
    readonly serverDown: boolean;
    readonly reason: FailureReason;
    /** Mailboxes that the server refuses for good. */
    readonly refused: readonly string[];
    /** One line in Chinese for the column 错误; never holds a secret. */
    readonly message: string;
  };

/** The mailboxes that have a mail already while others wait for it; `add` is durable where the caller's memory is. */
export interface ReachedMailboxes {
  has(address: string): boolean;
  add(address: string): void;
}

/** A way to send mail. `send` never throws on what a server or a mailbox answers. */
export interface MailTransport {
  readonly name: string;
  /** Sends to the mailboxes not yet `reached`, and tells of each that is, before the next. */
  send(mail: Mail, reached: ReachedMailboxes): Promise<SendResult>;
  /** Whether mail could be sent now (connection, encryption, login), sending none. */
  check(): Promise<SendResult>;
  close(): Promise<void>;
}

export function refused(message: string): SendResult {
  return { ok: false, permanent: true, serverDown: false, reason: 'address', refused: [], message };
}

/** The sentence about what stands where a mailbox should; '' where nothing does. */
export function invalidAddresses(invalid: readonly Address[]): string {
  if (invalid.length === 0) return '';
  return `邮箱地址无效：${invalid.map(nameOf).join('、')}（请在“人员”表更正）`;
}

/** How a recipient is named to people. */
export function nameOf({ name, address }: Address): string {
  return headerText(name === '' ? (address === '' ? '（空白）' : address) : `${name} ${address === '' ? '（空白）' : address}`, 120);
}
