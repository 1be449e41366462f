import { serialOfDay, serialOfMoment, day, moment, type Cell } from '#core';
import type { SimOptions } from './fake/driver.ts';
import type { Sim } from './fake/sim.ts';
import { addRows, office } from './office.ts';

/** A Monday; the office's runs begin after its 摘要发送时刻. */
export const MONDAY = '2026-03-02T09:05:00+08:00';
/** A column that people added to 督办台账: the test tells rows apart by it. */
export const TAG_HEADER = '本科室备注';

const on = (text: string): number => serialOfDay(day(text));
const at = (text: string): number => serialOfMoment(moment(text));

/** Items whose first run fills ids, stamps limits, plans mails and, on the second day, chases. */
export const ITEMS: readonly Readonly<Record<string, Cell>>[] = [
  { itemId: 'T-1', title: '交办一', category: '上级机关交办', leadUnit: '征管科', handler: '经办', receivedAt: at('2026-02-27 09:00'), status: '办理中', progress: '正在办', deadlineSet: on('2026-03-02') },
  { itemId: 'T-2', title: '交办二', category: '上级机关交办', leadUnit: '法规科', handler: '经办', receivedAt: at('2026-02-25 09:00'), status: '办理中', remark: '重点' },
  { title: '新交办三', category: '上级机关交办', leadUnit: '征管科', handler: '经办', receivedAt: at('2026-03-02 08:00') },
  { itemId: 'T-4', title: '交办四', category: '局会议决定', leadUnit: '法规科', handler: '经办', deadlineSet: on('2026-03-03'), status: '待审核', result: '已办' },
  { title: '新交办五', leadUnit: '征管科', deadlineSet: on('2026-03-20'), remark: '=1+1' },
  { itemId: 'T-6', title: '交办六', category: '年初计划/专项', leadUnit: '征管科', handler: '经办', deadlineSet: on('2026-02-20'), status: '办理中' },
];

/** A set-up spreadsheet with a unit, people and items, and people's own column. */
export function smallOffice(options: SimOptions = {}): Sim {
  const sim = office('tax', { now: MONDAY, ...options });
  addRows(sim, 'units', [{ name: '征管科', head: '征管科科长' }, { name: '法规科', head: '法规科科长' }]);
  addRows(sim, 'people', [
    { name: '督办专员', roles: '督办专员', email: 'office@example.com' }, { name: '经办', unit: '征管科', roles: '承办人', email: 'handler@example.com' },
    { name: '征管科科长', roles: '单位负责人', email: 'head1@example.com' }, { name: '法规科科长', roles: '单位负责人', email: 'head2@example.com' },
  ]);
  addRows(sim, 'items', ITEMS);
  const sheet = sim.spreadsheet.sheet('督办台账');
  const tagColumn = sheet.maxColumns + 1;
  sheet.insertColumns(tagColumn, 1, 'before');
  sheet.write(1, tagColumn, TAG_HEADER);
  ITEMS.forEach((_, index) => sheet.write(index + 2, tagColumn, `甲${index + 1}`));
  return sim;
}
