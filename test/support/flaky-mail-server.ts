import type { AddressInfo, Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** One taking-over of a mail for one mailbox. */
export interface Acceptance {
  readonly messageId: string;
  readonly to: string;
  /** False where the server hung up instead of answering. */
  readonly answered: boolean;
}

export type Failure = 'busy at connecting' | 'mailbox busy' | 'mailbox refused' | 'busy after the data' | 'refused after the data' | 'took it and hung up';

export interface FlakyMailServer {
  readonly url: string;
  readonly accepted: readonly Acceptance[];
  readonly failures: Readonly<Record<Failure, number>>;
  /** From now on it fails no more. */
  mend(): void;
  close(): void;
}

/** Chances of each failure where it can happen, out of 100. */
const CHANCES: Readonly<Record<Failure, number>> = {
  'busy at connecting': 6, 'mailbox busy': 6, 'mailbox refused': 3, 'busy after the data': 4, 'refused after the data': 2, 'took it and hung up': 8,
};
const CODES: Readonly<Partial<Record<Failure, number>>> = { 'busy at connecting': 421, 'mailbox busy': 451, 'mailbox refused': 550, 'busy after the data': 451, 'refused after the data': 554 };

/** A real SMTP server in this process that fails in every way a server does, as `random` (from 0 up to 1) has it. */
export async function flakyMailServer(random: () => number): Promise<FlakyMailServer> {
  const accepted: Acceptance[] = [];
  const failures = Object.fromEntries(Object.keys(CHANCES).map((failure) => [failure, 0])) as Record<Failure, number>;
  let sound = false;
  const strikes = (failure: Failure): boolean => {
    const struck = !sound && random() * 100 < CHANCES[failure];
    if (struck) failures[failure] += 1;
    return struck;
  };
  const refusal = (...kinds: Failure[]): Error | null => {
    const kind = kinds.find(strikes);
    return kind === undefined ? null : Object.assign(new Error(kind), { responseCode: CODES[kind] });
  };
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'],
    onConnect: (_, callback) => callback(refusal('busy at connecting')),
    onRcptTo: (_, __, callback) => callback(refusal('mailbox busy', 'mailbox refused')),
    onData(stream, session, callback) {
      simpleParser(stream).then(({ messageId }) => {
        const refused = refusal('busy after the data', 'refused after the data');
        const answered = refused !== null || !strikes('took it and hung up');
        if (refused === null) for (const { address } of session.envelope.rcptTo) accepted.push({ messageId: messageId ?? '', to: address, answered });
        if (answered) callback(refused);
        else socketOf(server, session).destroy();
      }, callback);
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, accepted, failures,
    mend() { sound = true; },
    close() { server.close(() => undefined); },
  };
}

/** The library gives no way to hang up: its connections hold their socket. */
function socketOf(server: SMTPServer, session: SMTPServerSession): Socket {
  const connections = (server as unknown as { readonly connections: ReadonlySet<{ readonly session: SMTPServerSession; readonly _socket: Socket }> }).connections;
  return [...connections].find((connection) => connection.session.id === session.id)!._socket;
}
