import { expect, test } from 'vitest';
import { matchesCondition, type ConditionCells } from './match-item.ts';
import type { ItemCondition } from './schema.ts';

const BLANK: ConditionCells = { category: '', form: '', urgency: '', rowType: '', nodeType: '' };

test.each<[string, ItemCondition, Partial<ConditionCells>, boolean]>([
  ['an empty condition matches anything', {}, { category: '其它', urgency: '特急' }, true],
  ['a category matches itself', { categories: ['甲', '乙'] }, { category: '乙' }, true],
  ['another category does not match', { categories: ['甲'] }, { category: '乙' }, false],
  ['a blank category matches no named one', { categories: ['甲'] }, {}, false],
  ['a condition can ask for a blank form', { forms: [''] }, {}, true],
  ['a blank 缓急程度 is 普通', { urgencies: ['普通'] }, {}, true],
  ['a blank 缓急程度 is not 特急', { urgencies: ['特急'] }, {}, false],
  ['a blank 行类型 is 事项', { rowTypes: ['事项'] }, {}, true],
  ['a blank 行类型 is not 环节', { rowTypes: ['环节'] }, {}, false],
  ['a node type matches itself', { nodeTypes: ['最终节点'] }, { nodeType: '最终节点' }, true],
  ['every field has to match', { categories: ['甲'], urgencies: ['紧急'] }, { category: '甲' }, false],
])('%s', (_name, condition, cells, expected) => {
  expect(matchesCondition(condition, { ...BLANK, ...cells })).toBe(expected);
});
