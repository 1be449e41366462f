import { describe, expect, it } from 'vitest';
import { day } from '../calendar/plain-date.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { directoryOf } from '../workbook/directory-fixture.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { recusalClause, recusedFrom, registeredRecusal, withoutRecused } from './recusal.ts';

type Entry = Partial<CellsOf<'recusals'>>;

function office(entries: readonly Entry[], clause?: string): Workbook {
  const rows = entries.map((cells) => ({ cells: { person: '甲', against: '', reason: '', from: null, to: null, ...cells } }));
  return {
    sheets: { recusals: { rows } }, directory: directoryOf([{ name: '甲', substitute: '副手' }, { name: '乙' }], [{ name: '工程部', head: '工程经理' }, { name: '采购部', head: '采购经理' }], null),
    policy: clause === undefined ? {} : { inspections: { recusal: clause } },
  } as unknown as Workbook;
}

const ITEM = { leadUnit: '工程部', coUnits: '采购部', handler: '经办', dutyPerson: '责任' } as CellsOf<'items'>;
const ON = day('2026-03-16');

describe('an entry of 回避', () => {
  it.each<[string, Entry, string | null]>([
    ['keeps its person from a unit', { against: '工程部' }, '已登记回避'],
    ['with its reason', { against: '工程部', reason: '亲属' }, '亲属'],
    ['and from a person', { against: '某人' }, '已登记回避'],
    ['not another person', { against: '工程部', person: '乙' }, null],
    ['not from another unit', { against: '财务部' }, null],
    ['from its first day', { against: '工程部', from: ON }, '已登记回避'],
    ['not the day before', { against: '工程部', from: day('2026-03-17') }, null],
    ['to its last day', { against: '工程部', to: ON }, '已登记回避'],
    ['not the day after', { against: '工程部', to: day('2026-03-15') }, null],
  ])('%s', (_name, entry, expected) => {
    expect(registeredRecusal(office([entry]), '甲', { units: ['工程部'], people: ['某人'] }, ON)).toBe(expected);
  });

  it('that is over leaves the next to stand', () => {
    expect(registeredRecusal(office([{ against: '工程部', to: day('2026-03-01') }, { against: '某人', reason: '同学' }]), '甲', { units: ['工程部'], people: ['某人'] }, ON)).toBe('同学');
  });

  it.each<[string, string, boolean]>([
    ['its lead unit', '工程部', true], ['an assisting unit', '采购部', true], ['its 承办人', '经办', true], ['its 责任人', '责任', true], ['the head of its lead unit', '工程经理', true], ['not the head of an assisting unit', '采购经理', false],
    ['not what is blank', '', false],
  ])('keeps from an item by %s', (_name, against, isKept) => {
    const blank = { leadUnit: '没登记', coUnits: '', handler: '', dutyPerson: '' } as CellsOf<'items'>;
    expect(recusedFrom(office([{ against }]), against === '' ? blank : ITEM, '甲', ON) !== null).toBe(isKept);
  });

  it('keeps from nothing where no day is known, or there is none', () => {
    expect([recusedFrom(office([{ against: '工程部' }]), ITEM, '甲', null), recusedFrom(office([]), ITEM, '甲', ON)]).toEqual([null, null]);
  });

  it('brings in the 代理人, and nobody where there is none', () => {
    const decide = (holders: readonly string[]): readonly string[] => withoutRecused(office([{ against: '工程部' }, { against: '工程部', person: '乙' }, { against: '工程部', person: '丙' }]), ITEM, holders, ON);
    expect([decide(['甲', '丁']), decide(['乙', '丁']), decide(['丙'])]).toEqual([['副手', '丁'], ['丁'], []]);
  });

  it('stands by the clause of the regulation, else by the contract', () => {
    expect([recusalClause(office([], 'x-21')), recusalClause({ policy: { inspections: {} } } as unknown as Workbook), recusalClause(office([]))]).toEqual(['x-21', '工作簿约定', '工作簿约定']);
  });
});
