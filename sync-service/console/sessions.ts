import { createHash, randomBytes } from 'node:crypto';

/** Who sits before a screen. The owner started the program on this machine and acts in a name that he chooses. */
export type Identity = { readonly kind: 'owner'; readonly actsAs: Readonly<Record<string, string>> } | { readonly kind: 'person'; readonly email: string };

export interface Sessions {
  /** The cookie's value for a new session. */
  open(identity: Identity): string;
  /** Null where there is none, or it ended. */
  find(cookie: string | undefined): Identity | null;
  replace(cookie: string, identity: Identity): void;
  close(cookie: string | undefined): void;
  /** A link's text that signs the owner in once. */
  ownerTicket(): string;
  /** True the first time that an open ticket is shown. */
  redeem(ticket: string): boolean;
  /** True the first time that the link of this name is used. */
  useOnce(name: string, until: number): boolean;
}

const IDLE_MS = 12 * 3_600_000;
const LONGEST_MS = 7 * 24 * 3_600_000;
const TICKET_MS = 15 * 60_000;
const MOST = 10_000;

interface Held { identity: Identity; readonly began: number; seen: number }

/** Sessions in memory: they end with the program. Only hashes are kept, so that a dump of memory signs nobody in. */
export function createSessions(clock: () => number): Sessions {
  const held = new Map<string, Held>();
  const tickets = new Map<string, number>();
  const used = new Map<string, number>();
  const live = (cookie: string | undefined): Held | null => {
    const session = cookie === undefined ? undefined : held.get(hash(cookie));
    if (session === undefined) return null;
    const now = clock();
    return now - session.seen > IDLE_MS || now - session.began > LONGEST_MS ? null : session;
  };
  return {
    open(identity) {
      const cookie = randomBytes(32).toString('base64url');
      if (held.size >= MOST) held.delete(held.keys().next().value!);
      held.set(hash(cookie), { identity, began: clock(), seen: clock() });
      return cookie;
    },
    find(cookie) {
      const session = live(cookie);
      if (session === null) return null;
      session.seen = clock();
      return session.identity;
    },
    replace(cookie, identity) {
      const session = live(cookie);
      if (session !== null) session.identity = identity;
    },
    close(cookie) {
      if (cookie !== undefined) held.delete(hash(cookie));
    },
    ownerTicket() {
      const ticket = randomBytes(24).toString('base64url');
      tickets.set(hash(ticket), clock() + TICKET_MS);
      return ticket;
    },
    redeem(ticket) {
      const key = hash(ticket);
      const until = tickets.get(key);
      tickets.delete(key);
      return until !== undefined && clock() <= until;
    },
    useOnce(name, until) {
      for (const [key, end] of used) if (end < clock()) used.delete(key);
      if (used.has(name)) return false;
      used.set(name, until);
      return true;
    },
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
