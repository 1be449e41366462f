import { civilDate, type Day } from '../calendar/plain-date.ts';
import { askKey } from '../policy/text-parameters.ts';
import type { NoticeRule } from '../policy/schema.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { officeNames } from './recipients.ts';

type Told = Pick<Workbook, 'parameters' | 'policy'>;

/** A sentence of 制度参数 as it stands on a day, its places filled. Throws a RangeError for a key that is none. */
export function sentence(workbook: Told, key: string, on: Day, values: Readonly<Record<string, string | number>> = {}): string {
  return workbook.parameters.text(key, on).replace(/\{([^{}]*)\}/g, (whole, place: string) => String(values[place] ?? whole));
}

/** What a notice asks of its reader: the office's own words, else the rule's. */
export function askOf(workbook: Told, rule: Pick<NoticeRule, 'type' | 'ask'>, on: Day): string {
  return workbook.parameters.choice(askKey(rule.type), on) || rule.ask;
}

/** A letter: whom it greets, what it says, who signs. */
export function letter(workbook: Told, recipient: string, lines: readonly string[], on: Day): string {
  return [sentence(workbook, 'text.greeting', on, { 收件人: recipient }), '', ...lines, '', sentence(workbook, 'text.signature', on, { 督办部门: workbook.policy.supervisingUnit })].join('\n');
}

/**
 * The foot of every mail: where the table is, as text and never as a link that a phone can't open, how to answer, and whom to
 * call. `place`: as people name it.
 */
export function mailFooter(workbook: Workbook, place: string, on: Day): string[] {
  const contacts = officeNames(workbook).slice(0, 2).map((name) => {
    const phone = workbook.directory.person(name)?.phone ?? '';
    return phone === '' ? name : `${name}(${phone})`;
  });
  return [
    `台账:${place}`, sentence(workbook, 'text.reply', on),
    ...(contacts.length === 0 ? [] : [sentence(workbook, 'text.contact', on, { 联系人: contacts.join('、') })]),
  ];
}

/** A day as mails call it, without its year. */
export function monthAndDate(on: Day): string {
  const { month, date } = civilDate(on);
  return `${month}月${date}日`;
}
