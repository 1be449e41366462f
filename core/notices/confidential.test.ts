import { expect, it } from 'vitest';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import { withoutHidden } from './confidential.ts';

const HIDDEN = new Map([['E-1', { id: 'E-1', cells: { title: '设备检修', confidentiality: '保密' } } as unknown as ItemFacts]]);

it.each([
  ['E-1 设备检修:财务部,办理中', 'E-1 (保密事项)。请在台账中查看。'],
  ['## 逾期事项\n【红】E-1 设备检修(财务部)\nE-2 设备采购(财务部)', '## 逾期事项\nE-1 (保密事项)。请在台账中查看。\nE-2 设备采购(财务部)'],
  ['财务部:E-1设备检修,迟办3天', 'E-1 (保密事项)。请在台账中查看。'],
  ['E-1 (保密事项)(财务部)', 'E-1 (保密事项)(财务部)'],
  ['E-11 设备采购;DE-1 设备封存;E-1-2 设备保养', 'E-11 设备采购;DE-1 设备封存;E-1-2 设备保养'],
])('a text that tells of several items says the number alone of hidden ones: %s', (text, shown) => {
  expect(withoutHidden(text, HIDDEN)).toBe(shown);
  expect(withoutHidden(text, new Map())).toBe(text);
});
