import type { Group, GroupNews } from '#core';

export type RobotResult =
  | { readonly ok: true }
  | {
    readonly ok: false;
    /** `settings`: robot, secret or group must be put right, whatever is sent; `content`: these words are refused for good; `later`: it may pass by itself. */
    readonly reason: 'settings' | 'content' | 'later';
    /** One line in Chinese for the column 错误; never holds a secret. */
    readonly message: string;
  };

/** A robot that an office put into a group. `send` never throws on what a server answers. */
export interface GroupRobot {
  readonly group: Group;
  send(news: Pick<GroupNews, 'subject' | 'body'>): Promise<RobotResult>;
  /** Whether the robot's server can be reached; nothing is sent to the group. */
  check(): Promise<RobotResult>;
}

/** What tells one kind of robot from another. */
export interface RobotKind {
  readonly channel: Group['channel'];
  /** Where its messages go: no other host and no other path is ever asked. */
  readonly origin: string;
  /** How a webhook's address is written, for people. */
  readonly example: string;
  /** The address's secret part; null where the address is not this kind's. */
  readonly tokenOf: (url: URL) => string | null;
  readonly needsSecret: boolean;
  /** No more messages than so many in so many milliseconds: below the platform's own limit. */
  readonly pace: { readonly limit: number; readonly interval: number };
  /** Path with query, and body, of one message at a moment in milliseconds since the epoch. */
  readonly request: (token: string, secret: string, news: Pick<GroupNews, 'subject' | 'body'>, now: number) => { readonly path: string; readonly body: unknown };
  /** What an answer's number means; null where it went well. */
  readonly judge: (answer: Readonly<Record<string, unknown>>) => { readonly reason: 'settings' | 'content' | 'later'; readonly said: string } | null;
}
