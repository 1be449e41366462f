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
  ['a typed 缓急程度 is itself', { urgencies: ['普通'] }, { urgency: '特急' }, false],
  ['a typed 行类型 is itself', { rowTypes: ['环节'] }, { rowType: '环节' }, true],
  ['an importance matches itself', { importances: ['重大'] }, { importance: '重大' }, true],
  ['another importance does not match', { importances: ['一般'] }, { importance: '重大' }, false],
  ['a blank 重要程度 is 一般', { importances: ['一般'] }, { importance: '' }, true],
  ['a 重要程度 that is not asked for is 一般', { importances: ['一般'] }, {}, true],
  ['a blank 重要程度 is not 重大', { importances: ['重大'] }, {}, false],
  ['one of the words in the title is enough', { titleHolds: ['招标', '采购'] }, { title: '设备采购' }, true],
  ['a title with none of them does not match', { titleHolds: ['招标', '采购'] }, { title: '设备维修' }, false],
  ['no title holds no word', { titleHolds: ['招标'] }, {}, false],
  ['every field has to match', { categories: ['甲'], urgencies: ['紧急'] }, { category: '甲' }, false],
])('%s', (_name, condition, cells, expected) => {
  expect(matchesCondition(condition, { ...BLANK, ...cells })).toBe(expected);
});
