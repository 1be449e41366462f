import type { ItemCondition } from '#core';

export const CATEGORIES = [
  '战略规划/工作计划阶段目标', '月度工作要点', '重要会议决议', '公文办理', '公司领导交办', '上级交办', '其他重要事项',
] as const;
const OTHER_CATEGORIES = ['', ...CATEGORIES.filter((category) => category !== '公文办理')];
const WHOLE_ROWS = ['事项', '分解', '节点'];

/** A document is a 公文 by 督办形式 or by 事项类别, and so is every 环节; the three conditions exclude each other. */
export const LEGS: ItemCondition = { rowTypes: ['环节'] };
export const DOCUMENTS: readonly ItemCondition[] = [
  { forms: ['公文'], rowTypes: WHOLE_ROWS },
  { forms: ['', '督办事项'], categories: ['公文办理'], rowTypes: WHOLE_ROWS },
];
export const MATTERS: ItemCondition = { forms: ['', '督办事项'], categories: OTHER_CATEGORIES, rowTypes: WHOLE_ROWS };
