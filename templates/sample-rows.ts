import { at, day, endOfDay, type CellsOf, type Moment, type Status } from '#core';

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

const NOT_ISSUED: readonly Status[] = ['拟立项', '征求意见', '待批示', '待分办', '不予立项', '已撤销'];
const HANDED_IN: readonly Status[] = ['待审核', '分管领导审核', '总经理批示', '已退办', '已办结', '已归档'];

/**
 * An item as an office's table would hold it: issued early in the month of its limit (or on 2 March where that is still
 * to come), signed a day later, handed in on the day given, else in time.
 */
export function matter(itemId: string, title: string, leadUnit: string, status: Status, limit: string, more: ItemRow = {}, submitted = limit): ItemRow {
  const issued = limit < '2026-03-09' ? `${limit.slice(0, 8)}01` : '2026-03-02';
  return {
    itemId, title, leadUnit, status, deadlineSet: by(limit),
    ...(status === '拟立项' ? {} : { handler: `${leadUnit}经办` }),
    ...(NOT_ISSUED.includes(status) ? {} : { issuedAt: on(issued), ...(status === '已下发' ? {} : { signedAt: on(issued, 15) }) }),
    ...(HANDED_IN.includes(status) ? { submittedAt: on(submitted, 15), result: '已完成,材料附后', percent: 1 } : {}),
    ...more,
  };
}

/** The file of an archived item. */
export function filed(item: ItemRow, archivedOn: string): Partial<CellsOf<'archives'>> {
  return {
    archiveNo: `DA-${item.itemId!.slice(3)}`, itemId: item.itemId!, archivedOn: day(archivedOn), instructions: '有', originals: '有', handling: '有', correspondence: '有', report: '有',
    receivingUnit: '档案室', receiver: '档案员', receivedAt: on(archivedOn, 10),
  };
}

/** A unit whose head, handler and mailbox are named after it. */
export function unitOf(name: string, type: string, leaderInCharge: string, more: Partial<CellsOf<'units'>> = {}): Partial<CellsOf<'units'>> {
  return { name, type, head: `${name}经理`, dutyPerson: `${name}经理`, leaderInCharge, active: '是', ...more };
}

/** The head and the handler of each unit. */
export function staffOf(units: readonly string[]): Partial<CellsOf<'people'>>[] {
  return units.flatMap((unit, index) => [post(`${unit}经理`, unit, '单位负责人、责任人', `head${index + 1}`), post(`${unit}经办`, unit, '承办人', `desk${index + 1}`)]);
}
