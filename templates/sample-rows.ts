import { at, day, endOfDay, type CellsOf, type Moment } from '#core';

export type ItemRow = Partial<CellsOf<'items'>>;

/** The end of a day, for limits. */
export function by(text: string): Moment {
  return endOfDay(day(text));
}

/** Nine in the morning of a day, for stamps. */
export function on(text: string, hour = 9): Moment {
  return at(day(text), hour);
}

/** A post as a person of the sample: 姓名 is the post, the address invented. */
export function post(name: string, unit: string, roles: string, mailbox: string): Partial<CellsOf<'people'>> {
  return { name, unit, roles, email: `${mailbox}@example.com`, active: '是' };
}

/** The row of 底账 that earlier runs would have left for an item, so that a sample behaves like a table in use. */
export function baselineRow(item: ItemRow, firstSeen: Moment): Partial<CellsOf<'baseline'>> {
  const issued = item.issuedAt ?? null;
  return {
    itemId: item.itemId ?? '', title: item.title ?? '', firstSeen, effectiveStatus: item.status ?? '拟立项', statusAt: issued ?? firstSeen,
    ...(issued === null ? {} : { deadlineOriginal: item.deadlineSet ?? null, issuedAt: issued }),
    ...(item.signedAt == null ? {} : { signedAt: item.signedAt }),
    ...(item.submittedAt == null ? {} : { firstSubmittedAt: item.submittedAt }),
    ...(item.status === '已办结' || item.status === '已归档' ? { closedAt: item.submittedAt ?? null } : {}),
  };
}
