import { personOf } from '#core';
import type { Book } from './book.ts';

/** What one try to sign in has to bring back. */
export interface ProviderTry { readonly state: string; readonly nonce: string; readonly verifier: string }

/** Who somebody is at a provider: what 人员 may know him by. */
export interface KnownAs { readonly feishuIds: readonly string[]; readonly emails: readonly string[]; readonly mobiles: readonly string[] }

/** Signing in elsewhere. Both steps reject where the provider can't be reached or what it answers doesn't hold. */
export interface ProviderSignIn {
  begin(): Promise<{ readonly address: URL; readonly tried: ProviderTry }>;
  /** Whoever signed in, from the query with which the provider sent him back; null where it names nobody for whom it answers. */
  finish(tried: ProviderTry, query: string): Promise<KnownAs | null>;
}

/** The address of somebody in office, as 人员 of one of the workbooks has it; null where none knows him. */
export async function addressIn(books: readonly Book[], { feishuIds, emails, mobiles }: KnownAs): Promise<string | null> {
  const numbers = mobiles.map(digitsOf).filter((digits) => digits !== null);
  for (const book of books) {
    const { workbook } = (await book.state()).at;
    const people = workbook.sheets.people.rows.map(({ cells }) => cells).filter(({ email }) => email !== '');
    const found = people.find(({ feishuId }) => feishuId !== '' && feishuIds.includes(feishuId))
      // Whom 人员 knows by another id is somebody else, whatever his mailbox and mobile say.
      ?? people.find(({ feishuId, email, phone }) => (feishuId === '' || feishuIds.length === 0) && (emails.includes(email) || numbers.includes(digitsOf(phone) ?? '')));
    if (found !== undefined && personOf(workbook, found.email)?.email === found.email) return found.email;
  }
  return null;
}

const SHORTEST_NUMBER = 8;

/** A mobile by its digits, China's without the country; what is too short to be one is nobody's. */
function digitsOf(phone: string): string | null {
  const digits = phone.normalize('NFKC').replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '');
  return digits.length < SHORTEST_NUMBER ? null : digits;
}
