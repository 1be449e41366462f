import { describe, expect, test } from 'vitest';
import { COMMON_PARAMETERS, matchesCondition, parameterDefinitions, resolveParameters, day, type ItemCondition, type Policy, type PolicyId } from '#core';
import { POLICIES } from './index.ts';

/** The table of the workbook contract, section Policies. */
const CONTRACT = `
| bus | 督办事项, 公文 | 战略规划/工作计划阶段目标, 月度工作要点, 重要会议决议, 公文办理, 公司领导交办, 上级交办, 其他重要事项 |
| logistics | 公司级重点, 部门重点 | 目标任务与月度重点工作计划, 重点项目和重点事项, 领导安排/会议/文件, 部门目标责任与任务, 其他 |
| expo | 总经理督办, 挂牌督办, 日常督办 | 全局性部署/领导重要指示, 工作目标/会议决定, 工作计划列明事项, 合同/协议事项, 领导交办/批办/查办, 同级委托事项, 其他/临时交办 |
| company | 重大, 紧急, 全年, 一般 | 全局性部署/领导重要指示, 工作目标/会议决定, 工作计划列明事项, 合同/协议事项, 领导交办/批办/查办, 同级委托事项, 资金/资产清理, 其它/临时交办 |
| platform | 督查, 督办 | 设计, 前期手续, 施工, 拆迁, 项目验收, 其他 |
| tax | 重要, 紧急, 疑难, 一般 | 上级机关交办, 全市(省)会议部署, 人大建议/政协提案, 年初计划/专项, 局会议决定, 局领导交办, 其它 |
`.trim().split('\n').map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));

/** Ids of the clauses of each regulation, without the policy's own prefix. */
const CLAUSES: Readonly<Record<PolicyId, string>> = {
  bus: `
    2 6 7.1 7.2 7.3 7.4 7.5 7.6 7.7 8 9.1 9.2 9.3 9.4 9.5 10.0 10.1 10.2 10.3 10.4 10.5 11.1a 11.1b-1 11.1b-2
    11.1b-3 11.1b-4 11.1b-5 11.1b-6 11.2a 11.2b 11.2c 11.3 11.4 11.5a 11.5b 11.6 11.7 12.1a 12.1b 12.1c 12.1d
    12.1e 12.2 12.3a 12.3b 12.3c 13 14.2 14.3a 14.3b 14.3c 15.1 15.2a 15.2b 15.2c 15.3 16 17`,
  logistics: `
    2 4 5 6.1 6.2 6.3 6.4 6.5 7.1 7.2 7.3 7.4 7.5 8 9a 9b 9c 10a 10b 11 12 13a 13b 14a 14b 15 16a 16b 16c 18a 18b
    18c 19 20 21a 21b 22 23`,
  expo: `
    3 4.1 4.2 4.3 4.4 4.5 4.6 4.7 5 6a 6b 7 8.1 8.2 8.3 8.0 9.0 9.1a 9.1b 9.1c 9.2a 9.2b 9.2c 9.3a 9.3b 9.3c 9.4a
    9.4b 9.4c 9.4d 9.4e 9.5a 9.5b 9.5c 9.5d 9.6 9.7a 9.7b 9.8.0 9.8.1 9.8.2 9.8.3 9.8.4 9.9 9.10a 9.10b 10.3.0
    10.3.1 10.3.2 10.3.3 10.3.4 10.4a 10.4b 10.5 11a 11b 12.1 12.2.0 12.2a 12.2b 12.2c 12.2d 12.2e 12.2f 13 14`,
  company: `
    2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 3 4 5 6.0 6.1 6.2 6.3a 6.3b 6.3c 6.3d 6.3e 6.4a 6.4b 6.4c 6.4d 6.4e 6.5a 6.5b
    6.5c 6.5d 6.5e 6.6a 6.6b 6.6c 6.7a 6.7b 6.7c 6.7d 6.8 7.2a 7.2b 7.2c 7.3.0 7.3.1 7.3.2 7.3.3 7.3.4 7.4a 7.4b
    7.5 8a 8b 9`,
  platform: `
    s3a s3b s3c s3d s4a s4b 1 2.0a 2.0b 2.0c 2.0d 2.0e 2a 2b 2c 2d 2e 2f 2g-1 2g-2 2h 3 4 4a 4b 4c 5a 5b 6a 6b 6c
    6d-1 6d-2 6e s5a s5b s5c`,
  tax: `
    1.1 1.2 1.3 1.4 1.5 1.6 1.7 2.3 3.0 3.1a 3.1b 3.2 3.3a 3.3b 4.1 4.2a 4.2b 4.2c 4.3a 4.3b 4.3c 4.4a 4.4b 4.4c
    4.4d 4.5a 4.5b 4.5c 4.6a 4.6b 4.6c 4.7a 4.7b 5.0a 5.0b 5.0c 5.1a 5.1b 5.1c 5.2a 5.2b 5.2c 6`,
};

const KEYS = `policy effectiveFrom goLive lockedThrough plannerHost senderHost warningLeadWorkdays warningLeadDays remainingUnit
  startDayCounts lastDayRolls rateDenominator latenessBase maxExtensions extensionCutoff reviewWorkdays extensionReplyWorkdays
  coordinationWorkdays chaseWithinWorkdays chaseSuppressedBy pointsPerLateDay pointsPerDefect pointsForConsequence
  coefficientFirstExtension coefficientSecondExtension coefficientUnfinished coefficientStacking criticismThreshold
  bulletinCadence rankingCadence rankMinimum appealWorkdays editMode digestTime`.split(/\s+/);

const ALL = Object.values(POLICIES);
const TODAY = day('2026-03-16');

function clausesOf(policy: Policy): string[] {
  return [
    ...[...policy.deadlines, ...policy.notices, ...policy.scores, ...policy.approvals].map((rule) => rule.clause),
    ...policy.parameters.map((definition) => definition.clause), ...Object.values<string>({ ...policy.clauses }),
  ];
}

/** Every text under a property whose name ends in Key is the key of a parameter. */
function keysIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries<unknown>({ ...value }).flatMap(([name, inner]) => (name.endsWith('Key') ? [String(inner)] : keysIn(inner)));
}

function conditionsOf(policy: Policy): ItemCondition[] {
  return [...policy.deadlines, ...policy.notices, ...policy.approvals].map((rule) => rule.when);
}

describe('every policy', () => {
  test.each(CONTRACT)('%s has the forms and categories of the contract', (id, forms, categories) => {
    const policy = POLICIES[id as PolicyId];
    expect(policy.id).toBe(id);
    expect(policy.forms.join(', ')).toBe(forms);
    expect(policy.categories.join(', ')).toBe(categories);
  });

  test('the contract names six', () => {
    expect(Object.keys(POLICIES).sort()).toEqual(CONTRACT.map(([id]) => id).sort());
  });

  test.each(ALL)('$id names only clauses of its own regulation', (policy) => {
    const known = new Set(CLAUSES[policy.id].trim().split(/\s+/).map((id) => `${policy.id}-${id}`));
    expect(clausesOf(policy).filter((clause) => !known.has(clause))).toEqual([]);
  });

  test.each(ALL)('$id defines every parameter that its rules name', (policy) => {
    const defined = new Set(parameterDefinitions(policy).map(({ key }) => key));
    const named = [policy.deadlines, policy.notices, policy.scores, policy.approvals].flatMap(keysIn);
    expect(named.filter((key) => !defined.has(key))).toEqual([]);
  });

  test.each(ALL)('$id has each parameter once, with a label, and defaults that pass their own validation', (policy) => {
    const definitions = parameterDefinitions(policy);
    const keys = definitions.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(definitions.filter(({ label }) => label === '')).toEqual([]);
    const rows = definitions.map(({ key, value }, ref) => ({ key, value: String(value), effectiveFrom: null, ref }));
    expect(resolveParameters(definitions, rows).issues).toEqual([]);
  });

  test.each(ALL)('$id marks a value as in the text only where it names the clause', (policy) => {
    expect(parameterDefinitions(policy).filter(({ inText, clause }) => inText && clause === '')).toEqual([]);
  });

  test.each(ALL)('$id writes conditions only with its own categories and forms', (policy) => {
    for (const { categories = [], forms = [] } of conditionsOf(policy)) {
      expect(categories.filter((name) => name !== '' && !policy.categories.includes(name))).toEqual([]);
      expect(forms.filter((name) => name !== '' && !policy.forms.includes(name))).toEqual([]);
    }
  });

  test.each(ALL)('$id never hides the visible group, and begins in 拟立项', (policy) => {
    const visible = ['light', 'itemId', 'title', 'leadUnit', 'handler', 'deadlineCurrent', 'daysLeft', 'status', 'hint', 'progress', 'latestFeedback', 'deadlineSet', 'remark'];
    expect(policy.hiddenColumns.filter((key) => visible.includes(key))).toEqual([]);
    expect(policy.statuses[0]).toBe('拟立项');
  });
});

describe('parameters', () => {
  test('the common ones are those of the contract, in its order', () => {
    expect(COMMON_PARAMETERS.map(({ key }) => key)).toEqual(KEYS);
  });

  test.each<[PolicyId, string, string | number, boolean]>([
    ['tax', 'superiorDays', 7, true],
    ['tax', 'proposalDays', 15, true],
    ['tax', 'pointsPerLateDay', 1, true],
    ['tax', 'pointsPerDefect', 1, true],
    ['tax', 'pointsForConsequence', 2, true],
    ['tax', 'warningLeadDays', 2, false],
    ['tax', 'remainingUnit', '自然日', false],
    ['tax', 'startDayCounts', '否', false],
    ['tax', 'lastDayRolls', '是', false],
    ['tax', 'extensionCutoff', 'any', false],
    ['bus', 'documentWorkdays', 7, true],
    ['bus', 'urgentDocumentWorkdays', 3, true],
    ['bus', 'legWorkdays', 2, true],
    ['bus', 'branchPointsProposed', 1, false],
    ['bus', 'branchPointsMin', 1, true],
    ['bus', 'branchPointsMax', 5, true],
    ['bus', 'branchPointsPer', '每月', false],
    ['bus', 'extensionCutoff', 'before-deadline', true],
    ['bus', 'maxExtensions', '', false],
    ['bus', 'latenessBase', 'current', true],
    ['bus', 'rateDenominator', 'due', false],
    ['bus', 'bulletinCadence', '每月', true],
    ['bus', 'rankingCadence', '每季度', true],
    ['logistics', 'criticismThreshold', 3, true],
    ['logistics', 'chaseWithinWorkdays', 2, true],
    ['logistics', 'effectiveFrom', '2010-07-15', true],
    ['expo', 'leaderRemarkDays', 14, true],
    ['expo', 'maxExtensions', 2, true],
    ['expo', 'reviewWorkdays', 3, true],
    ['expo', 'coefficientFirstExtension', -0.05, true],
    ['expo', 'coefficientSecondExtension', -0.1, true],
    ['expo', 'coefficientUnfinished', -0.5, true],
    ['company', 'leaderRemarkWorkdays', 5, true],
    ['company', 'reviewWorkdays', 3, true],
    ['company', 'extensionReplyWorkdays', 2, true],
    ['company', 'coordinationWorkdays', 2, true],
    ['company', 'extensionCutoff', 'before-deadline', true],
    ['platform', 'maxExtensions', '', true],
  ])('%s %s is %s, in the text: %s', (id, key, value, inText) => {
    const definition = parameterDefinitions(POLICIES[id]).find((candidate) => candidate.key === key);
    expect(definition).toMatchObject({ value, inText });
  });

  test.each(ALL)('$id names itself in the parameter policy', (policy) => {
    expect(resolveParameters(parameterDefinitions(policy), []).parameters.text('policy', TODAY)).toBe(policy.id);
  });
});

describe('which default limit applies', () => {
  const BLANK = { category: '', form: '', urgency: '', rowType: '', nodeType: '' };
  test.each<[PolicyId, string, Partial<typeof BLANK>, string | null]>([
    ['tax', 'a task of a higher authority', { category: '上级机关交办' }, 'tax-3.1a'],
    ['tax', 'a proposal', { category: '人大建议/政协提案' }, 'tax-3.3a'],
    ['tax', 'a bureau leader’s task', { category: '局领导交办' }, null],
    ['bus', 'a matter', { form: '督办事项', category: '月度工作要点' }, null],
    ['bus', 'a document by form, urgency blank', { form: '公文' }, 'bus-12.1a'],
    ['bus', 'a document by category', { category: '公文办理' }, 'bus-12.1a'],
    ['bus', 'an urgent document', { form: '公文', urgency: '紧急' }, 'bus-12.1d'],
    ['bus', 'a most urgent document', { form: '督办事项', category: '公文办理', urgency: '特急' }, 'bus-12.1e'],
    ['bus', 'a leg, however urgent', { form: '公文', urgency: '特急', rowType: '环节' }, 'bus-12.1b'],
    ['expo', 'a leader’s remark', { category: '领导交办/批办/查办' }, 'expo-10.3.2'],
    ['company', 'a leader’s remark', { category: '领导交办/批办/查办' }, 'company-7.3.2'],
    ['logistics', 'anything', { category: '其他' }, null],
    ['platform', 'anything', { category: '施工' }, null],
  ])('%s: %s', (id, _name, cells, clause) => {
    const rule = POLICIES[id].deadlines.find(({ when }) => matchesCondition(when, { ...BLANK, ...cells }));
    expect(rule?.clause ?? null).toBe(clause);
  });

  test('bus treats every kind of row as exactly one of matter, document and leg', () => {
    for (const form of ['', ...POLICIES.bus.forms]) for (const category of ['', ...POLICIES.bus.categories]) for (const rowType of ['', '事项', '分解', '节点', '环节']) for (const urgency of ['', '普通', '紧急', '特急']) {
      const cells = { ...BLANK, form, category, rowType, urgency };
      const issued = POLICIES.bus.notices.filter(({ moment, when }) => moment.at === 'issue' && matchesCondition(when, cells));
      const extensions = POLICIES.bus.approvals.filter(({ type, when }) => type === '延期' && matchesCondition(when, cells));
      expect([JSON.stringify(cells), issued.length, extensions.length]).toEqual([JSON.stringify(cells), 1, 1]);
    }
  });
});
