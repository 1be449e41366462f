import type { Status } from './values.ts';

/** What offices write in a column of their own for how far a matter has come, and what it means here. */
const WORDS: readonly (readonly [RegExp, Status])[] = [
  [/^(已办结|办结|已完成|完成|完结|已完结|已落实|销号|已销号|√)$/, '已办结'],
  [/^(已归档|归档)$/, '已归档'],
  [/^(办理中|在办|进行中|正在办理|正在进行|推进中|正在推进|正在落实|落实中|跟进中)$/, '办理中'],
  [/^(已下发|已交办|待签收|未签收|未开始|未启动)$/, '已下发'],
  [/^(待审核|审核中|已上报|待验收)$/, '待审核'],
  [/^(暂停|已暂停|中止)$/, '已暂停'],
  [/^(取消|已取消|撤销|已撤销|终止)$/, '已撤销'],
  [/^(退回|已退回|退办|已退办|重办)$/, '已退办'],
];
/** Words that say only that it isn't done: to be confirmed. */
const UNDONE = /未完成|未办结|未落实|逾期|超期|滞后|部分完成|基本完成|阶段性/;

/** The status behind an office's own word; `sure` is false where a person must confirm it. */
export function readStatusWord(word: string, statuses: readonly string[]): { readonly status: Status | null; readonly sure: boolean } {
  if (word === '') return { status: null, sure: true };
  if (statuses.includes(word)) return { status: word as Status, sure: true };
  const status = WORDS.find(([pattern]) => pattern.test(word))?.[1];
  if (status !== undefined && statuses.includes(status)) return { status, sure: true };
  return UNDONE.test(word) ? { status: '办理中', sure: false } : { status: null, sure: false };
}
