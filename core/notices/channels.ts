/** 渠道 of a message to a group of people, by a robot that the office put into the group. */
export const GROUP_CHANNELS = ['企业微信群', '钉钉群', '飞书群'] as const;
export type GroupChannel = (typeof GROUP_CHANNELS)[number];

/** 渠道 of what was sent: to persons by mail, by a card in Feishu, to some in each way; or to a group. */
export const SENT_CHANNELS = ['邮件', '飞书', '飞书、邮件', ...GROUP_CHANNELS] as const;
export type SentChannel = (typeof SENT_CHANNELS)[number];

/** A member of a digest: told with it, not by itself. */
export function isDigestMember(channel: string): channel is '摘要' {
  return channel === '摘要';
}

export function isGroupChannel(channel: string | undefined): channel is GroupChannel {
  return GROUP_CHANNELS.some((group) => group === channel);
}
