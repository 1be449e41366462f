import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EDGES, edgeBetween, isDecision, judgeEdit, moment, parseWorkbook, planRun, wayBetween, type PolicyId, type Status, type Verdict } from '#core';
import { POLICIES } from '#templates';
import { MemoryWorkbook } from './support/memory-workbook.ts';

const IDS = Object.keys(POLICIES) as PolicyId[];
const MORNING = moment('2026-03-02 09:00');
const NOON = moment('2026-03-02 12:00');

/** An item whose every guard but those of requests and children holds. */
const READY = {
  itemId: 'DB-2026-001', title: '事项', leadUnit: '一科', handler: '经办', deadlineSet: '2026-03-20', issuedAt: '2026-02-26', result: '办完', returnReason: '重做',
  returnDue: '2026-03-25', remark: '理由', requirement: '要求', initiatorUnit: '一科', dutyPerson: '经办', leaderInCharge: '领导', evaluation: '属实', nodeType: '常规节点',
  attachments: '办结报告、办理情况、实施方案', dispatchOpinion: '主办',
};
/** What a policy's guards want beside. */
const KIND: Readonly<Record<PolicyId, Readonly<Record<string, string>>>> = {
  bus: {}, logistics: {}, tax: {}, expo: { form: '日常督办', category: '工作目标/会议决定' }, company: { form: '一般', category: '工作目标/会议决定' },
  platform: { form: '督办', category: '设计' },
};

/** An item in a status, at whose edges only requests and children may stop. */
function standing(policy: PolicyId, from: Status, cells: Readonly<Record<string, string | null>> = {}): MemoryWorkbook {
  const memory = new MemoryWorkbook();
  memory.add('parameters', { key: 'policy', value: policy });
  memory.add('items', { ...READY, ...KIND[policy], ...cells, status: from });
  memory.add('feedback', { feedbackId: 'FK-1', itemId: READY.itemId, at: '2026-02-27', by: '经办', type: '结果', progress: '办完', headReviewed: '是', headReviewedAt: '2026-02-27' });
  memory.add('archives', {
    archiveNo: 'DA-1', itemId: READY.itemId, instructions: '是', originals: '是', investigation: '是', handling: '是', correspondence: '是', report: '是', receivingUnit: '档案室', receiver: '档案员', receivedAt: '2026-03-02',
  });
  return memory;
}

function run(memory: MemoryWorkbook, at: typeof MORNING): void {
  memory.apply(planRun(parseWorkbook(memory.snapshot(), POLICIES).workbook!, at).changes);
}

function effective(policy: PolicyId, from: Status, to: Status, cells: Readonly<Record<string, string | null>> = {}, requests: readonly string[] = []): { status: string; hint: string } {
  const memory = standing(policy, from, cells);
  requests.forEach((type, index) => memory.add('requests', {
    requestId: `SQ-${index}`, itemId: READY.itemId, type, reason: '理由', appliedAt: '2026-02-27', decision1: '同意', decision2: '同意', decision3: '同意',
  }));
  run(memory, MORNING);
  memory.edit('items', READY.itemId, 'status', to);
  run(memory, NOON);
  return { status: memory.shown('baseline')[0]!['生效状态']!, hint: memory.shown('items')[0]!['提示'] ?? '' };
}

/** regulations/summary.md, section 2: the way of an item through each policy, from the first status to the last. */
const WAYS: readonly (readonly [PolicyId, readonly Status[]])[] = [
  ['bus', ['拟立项', '待批示', '已下发', '办理中', '待审核', '已退办', '待审核', '已办结', '已归档']],
  ['bus', ['拟立项', '待批示', '不予立项']],
  ['bus', ['待批示', '拟立项']],
  ['bus', ['办理中', '阶段性办毕']],
  ['logistics', ['拟立项', '已下发', '协调中', '办理中', '待审核', '已办结']],
  ['expo', ['拟立项', '征求意见', '待批示', '已下发', '办理中', '协调中', '办理中', '待审核', '分管领导审核', '总经理批示', '已办结', '已归档']],
  ['expo', ['待审核', '已退办', '办理中']],
  ['company', ['拟立项', '待批示', '已下发', '办理中', '协调中', '办理中', '待审核', '分管领导审核', '已办结', '已归档']],
  ['company', ['待审核', '已办结']],
  ['platform', ['拟立项', '已下发', '办理中', '待审核', '已办结']],
  ['platform', ['办理中', '已暂停', '办理中']],
  ['tax', ['拟立项', '待分办', '已下发', '待分办', '已下发', '办理中', '协调中', '办理中', '待审核', '分管领导审核', '已退办', '待审核', '分管领导审核', '已办结', '已归档']],
];

describe('the state machine', () => {
  it.each(WAYS.flatMap(([policy, way]) => way.slice(1).map((to, index) => [policy, way[index]!, to] as const)))('%s goes from %s to %s', (policy, from, to) => {
    expect(edgeBetween(policy, POLICIES[policy].statuses, from, to)).not.toBeNull();
  });

  it.each(IDS)('%s: nothing leaves 已归档, 不予立项 or 已撤销, and 已办结 leads only to 已归档', (policy) => {
    const { statuses } = POLICIES[policy];
    for (const to of statuses) {
      for (const from of ['已归档', '不予立项', '已撤销'] as const) expect(edgeBetween(policy, statuses, from, to), `${from} ${to}`).toBeNull();
      expect(edgeBetween(policy, statuses, '已办结', to) !== null, to).toBe(to === '已归档');
    }
  });

  it.each(IDS)('%s: every status of its dropdown but the first can be reached, and every open one can be left', (policy) => {
    const { statuses } = POLICIES[policy];
    const reached = new Set<Status>(['拟立项']);
    for (let round = 0; round < statuses.length; round += 1) {
      for (const from of [...reached]) for (const to of statuses) if (edgeBetween(policy, statuses, from, to) !== null) reached.add(to);
    }
    expect(statuses.filter((status) => !reached.has(status))).toEqual([]);
    const final: readonly Status[] = ['已归档', '不予立项', '已撤销', '阶段性办毕'];
    const stuck = statuses.filter((from) => !final.includes(from) && statuses.every((to) => edgeBetween(policy, statuses, from, to) === null));
    expect(stuck).toEqual([]);
  });

  it.each<readonly [PolicyId, Status, Status]>([
    ['tax', '待审核', '已办结'], ['tax', '拟立项', '已下发'], ['bus', '拟立项', '已下发'], ['bus', '办理中', '已办结'], ['expo', '已下发', '待分办'],
    ['company', '分管领导审核', '总经理批示'], ['bus', '已下发', '已暂停'], ['logistics', '办理中', '阶段性办毕'],
    // Statuses that its dropdown does not know, though the edge itself is anybody's.
    ['platform', '办理中', '协调中'], ['platform', '协调中', '办理中'], ['tax', '总经理批示', '已办结'], ['tax', '总经理批示', '已退办'],
  ])('%s refuses the way from %s to %s', (policy, from, to) => {
    expect(edgeBetween(policy, POLICIES[policy].statuses, from, to)).toBeNull();
  });
});

describe('an edit of 状态', () => {
  it.each(IDS)('%s: becomes effective along every edge of the table and every two without a decision, else it is hinted and nothing changes', (policy) => {
    const { statuses } = POLICIES[policy];
    for (const from of statuses) {
      for (const to of statuses) {
        if (from === to) continue;
        const edge = edgeBetween(policy, statuses, from, to);
        const requests = to === '已暂停' ? ['暂停'] : from === '已暂停' ? ['暂停', '恢复'] : [];
        const form = edge?.guards.includes('general-manager-form') === true ? '总经理督办' : to === '阶段性办毕' ? '公文' : null;
        const { status, hint } = effective(policy, from, to, form === null ? {} : { form }, requests);
        const isRefused = edge === null && wayBetween(policy, statuses, from, to) === null;
        expect(status, `${from} ${to} ${hint}`).toBe(isRefused ? from : to);
        if (isRefused) expect(hint).toContain(`不能由「${from}」直接改为「${to}」`);
      }
    }
  }, 120_000);

  it.each<readonly [PolicyId, Status, Status, Readonly<Record<string, string | null>>, RegExp]>([
    ['bus', '待批示', '已下发', { leadUnit: null }, /请先填「牵头单位」/],
    ['bus', '待批示', '已下发', { deadlineSet: null, issuedAt: null }, /请先填「要求时限」/],
    ['tax', '已下发', '办理中', { handler: null }, /请先填「承办人」/],
    ['tax', '办理中', '待审核', { result: null }, /请先填「办理结果」/],
    ['tax', '办理中', '已撤销', { remark: null }, /请先在「特殊原因」或「备注」写明理由/],
    ['company', '待审核', '已退办', { returnReason: null }, /请先填「退办原因」/],
    ['platform', '办理中', '已暂停', {}, /暂停须先/],
    ['expo', '待审核', '已办结', { form: '挂牌督办' }, /须先送分管领导审核/],
    ['expo', '分管领导审核', '已办结', { form: '总经理督办' }, /须先送总经理批示/],
    ['expo', '分管领导审核', '总经理批示', { form: '挂牌督办' }, /只有总经理督办/],
  ])('%s: from %s to %s with %j waits for what is missing', (policy, from, to, cells, message) => {
    const { status, hint } = effective(policy, from, to, cells);
    expect(status).toBe(from);
    expect(hint).toMatch(message);
  });

  it('to 已撤销 needs one reason, in 备注 or in 特殊原因', () => {
    expect([effective('tax', '办理中', '已撤销', { remark: null, specialReason: '重复' }).status, effective('tax', '办理中', '已撤销').status]).toEqual(['已撤销', '已撤销']);
  });

  it('that empties the cell changes nothing', () => {
    const { hint, status } = effective('tax', '办理中', '' as Status);
    expect([status, hint]).toEqual(['办理中', expect.stringContaining('状态被清空')]);
  });

  it('every edge of the table belongs to a policy', () => {
    for (const edge of EDGES) {
      for (const from of edge.from) expect(IDS.some((policy) => edgeBetween(policy, POLICIES[policy].statuses, from, edge.to) === edge), `${from} ${edge.to}`).toBe(true);
    }
  });
});

describe('two legal steps between two runs', () => {
  it('stand, each with its row in 流转记录, and the unit has signed for the item', () => {
    const memory = standing('tax', '已下发');
    run(memory, MORNING);
    memory.edit('items', READY.itemId, 'status', '待审核');
    run(memory, NOON);
    const [item] = memory.shown('items');
    expect(item).toMatchObject({ 状态: '待审核', 提示: expect.not.stringContaining('不能由') as string, 签收时间: '2026-03-02 12:00', 上报办结时间: '2026-03-02 12:00' });
    const steps = memory.shown('history').filter((row) => row['字段'] === '生效状态').map((row) => [row['原值'], row['新值'], row['依据条款']]);
    const { clauses } = POLICIES.tax;
    expect(steps).toEqual([['已下发', '办理中', clauses.handling], ['办理中', '待审核', clauses.handling]]);
  });

  it('before a request that moves the item on have their rows too', () => {
    const memory = standing('tax', '已下发');
    run(memory, MORNING);
    memory.edit('items', READY.itemId, 'status', '办理中');
    memory.add('requests', { requestId: 'SQ-1', itemId: READY.itemId, type: '办结', reason: '已办完', appliedAt: '2026-03-02 11:00' });
    run(memory, NOON);
    expect(memory.shown('items')[0]).toMatchObject({ 状态: '待审核', 签收时间: '2026-03-02 11:00' });
    const steps = memory.shown('history').filter((row) => row['字段'] === '生效状态').map((row) => [row['原值'], row['新值']]);
    expect(steps).toEqual([['已下发', '办理中'], ['办理中', '待审核']]);
  });

  it('wait for what the first of them waits for', () => {
    const { status, hint } = effective('tax', '已下发', '待审核', { handler: null });
    expect(status).toBe('已下发');
    expect(hint).toContain('改为「待审核」未生效:须先经「办理中」,请先填「承办人」');
  });

  it('are these, and none passes over an approval, a review, a request or a remark', () => {
    const ways = IDS.flatMap((policy) => {
      const { statuses } = POLICIES[policy];
      return statuses.flatMap((from) => statuses.flatMap((to) => {
        const way = wayBetween(policy, statuses, from, to);
        return way === null ? [] : [`${policy} ${from} ${way[0].to} ${to}`];
      }));
    });
    const handedIn = IDS.map((policy) => `${policy} 已下发 办理中 待审核`);
    const coordinated = IDS.filter((policy) => POLICIES[policy].statuses.includes('协调中'))
      .flatMap((policy) => [`${policy} 协调中 办理中 待审核`, `${policy} 已退办 办理中 协调中`]);
    const own = [
      'bus 已下发 办理中 阶段性办毕', 'bus 已退办 办理中 阶段性办毕', 'logistics 拟立项 已下发 办理中', 'logistics 拟立项 已下发 协调中',
      'platform 拟立项 已下发 办理中', 'tax 已退办 办理中 待分办',
    ];
    expect(ways.sort()).toEqual([...handedIn, ...coordinated, ...own].sort());
  });

  const BLANKABLE = ['leadUnit', 'handler', 'deadlineSet', 'result', 'remark', 'attachments', 'requirement', 'form'] as const;
  const pairs = IDS.flatMap((policy) => POLICIES[policy].statuses.flatMap((from) => POLICIES[policy].statuses.map((to) => ({ policy, from, to }))));

  it('are never accepted where one of them alone is refused', () => {
    let ways = 0;
    fc.assert(fc.property(fc.constantFrom(...pairs), fc.subarray([...BLANKABLE]), fc.constantFrom(null, '经办', '生人'), ({ policy, from, to }, blank, actor) => {
      const memory = standing(policy, from, Object.fromEntries(blank.map((key) => [key, null])));
      memory.add('people', { name: '经办', unit: '一科', roles: '承办人', enabled: '是' });
      const workbook = parseWorkbook(memory.snapshot(), POLICIES).workbook!;
      const row = workbook.sheets.items.rows[0]!;
      const judge = (before: Status, after: Status): Verdict => judgeEdit(workbook, { actor, sheet: 'items', row, column: 'status', before, after });
      const { statuses } = workbook.policy;
      const verdict = judge(from, to);
      const way = wayBetween(policy, statuses, from, to);
      if (way === null) {
        expect(verdict.verdict === 'accept' && edgeBetween(policy, statuses, from, to) === null).toBe(false);
        return;
      }
      ways += 1;
      expect([isDecision(from, way[0]), isDecision(way[0].to, way[1])]).toEqual([false, false]);
      const both = judge(from, way[0].to).verdict === 'accept' && judge(way[0].to, to).verdict === 'accept';
      expect(verdict.verdict === 'accept').toBe(both);
    }), { numRuns: 1500 });
    expect(ways).toBeGreaterThan(20);
  });
});
