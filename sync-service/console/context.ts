import type { Context } from 'hono';
import { setCookie } from 'hono/cookie';
import { personOf, type Workbook } from '#core';
import type { Asset } from './assets.ts';
import type { Book } from './book.ts';
import type { FeishuWebhook } from './feishu-routes.ts';
import type { ProviderSignIn } from './provider.ts';
import type { Identity, Sessions } from './sessions.ts';

/** Sends the link that signs a person in. */
export interface MailSignIn {
  /** Where the console answers, without a slash at the end. */
  readonly url: string;
  send(to: string, link: string): Promise<void>;
}

export interface ConsoleParts {
  readonly books: readonly Book[];
  readonly sessions: Sessions;
  readonly assets: ReadonlyMap<string, Asset>;
  readonly linkSecret: Buffer;
  /** `host:port` of every address under which the console answers. */
  readonly hosts: () => ReadonlySet<string>;
  /** Whether cookies travel over https alone. */
  readonly isSecure: boolean;
  /** Null: only the owner's link signs in. */
  readonly mailSignIn: MailSignIn | null;
  /** Null: Feishu posts no events here. */
  readonly feishu: FeishuWebhook | null;
  /** Signing in at the office's own provider; null: there is none. */
  readonly oidc: ProviderSignIn | null;
  /** Signing in with the office's Feishu app. */
  readonly feishuSignIn: ProviderSignIn | null;
  /** The socket's address of a request. */
  readonly addressOf: (context: Context) => string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Shows the owner a new link in the window of the program. */
  readonly showOwnerLink: () => void;
  readonly healthz: () => { readonly ok: boolean; readonly text: string };
  readonly metrics: () => string;
  /** An error that nobody foresaw, for the log. */
  readonly failed: (error: unknown) => void;
}

/** What each route learns of who asks. */
export interface ConsoleEnv { readonly Variables: { identity: Identity; book: Book } }

export const COOKIE = 'duban';

/** The name in which an identity acts on a workbook; '' where 人员 doesn't know it. */
export function viewerIn(workbook: Workbook, identity: Identity, book: string): string {
  if (identity.kind === 'person') return personOf(workbook, identity.email)?.name ?? '';
  const chosen = identity.actsAs[book];
  if (chosen !== undefined && personOf(workbook, chosen) !== null) return chosen;
  return (['督办管理员', ...workbook.policy.officeRoles] as const).flatMap((role) => workbook.directory.withRole(role)).at(0)?.name ?? workbook.sheets.people.rows[0]?.cells.name ?? '';
}

/** 操作人 of what an identity writes: who pressed the key is told from whose name it bears. */
export function actorOf(identity: Identity, viewer: string): string {
  return identity.kind === 'owner' ? `${viewer}(本机代办)` : viewer;
}

export function giveCookie(context: Context, parts: Pick<ConsoleParts, 'sessions' | 'isSecure'>, identity: Identity): void {
  setCookie(context, COOKIE, parts.sessions.open(identity), { httpOnly: true, sameSite: 'Strict', path: '/', secure: parts.isSecure, maxAge: 12 * 3600 });
}
