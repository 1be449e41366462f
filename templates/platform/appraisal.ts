import type { ParameterDefinition, ParameterType, Policy } from '#core';

const POINTS: ParameterType = { kind: 'number', min: 0, max: 100 };

/** Section 4: points that the system takes at time nodes, and points that the administrator gives after completion. */
export const platformAppraisal = {
  scores: [
    { kind: 'node-late', clause: 'platform-4a', pointsKeys: { 最终节点: 'pointsFinalNode', 关键性节点: 'pointsKeyNode', 常规节点: 'pointsRoutineNode' }, reason: '未按时间节点办理' },
  ],
  delayedMeansKey: 'delayedMeans',
  manualScores: {
    clause: 'platform-4b', after: 'completion', givers: ['督办管理员', '督办专员'], minKey: 'manualPointsMin', maxKey: 'manualPointsMax',
  },
} as const satisfies Partial<Policy>;

export const platformAppraisalParameters: readonly ParameterDefinition[] = [
  ...([['pointsFinalNode', '最终节点'], ['pointsKeyNode', '关键性节点'], ['pointsRoutineNode', '常规节点']] as const).map(([key, name]): ParameterDefinition => ({
    key, label: `${name}逾期自动扣分`, type: POINTS, value: 1, unit: '分', clause: 'platform-4a', inText: false, note: '案例未写分值;零为不扣',
  })),
  {
    key: 'delayedMeans', label: '延迟办理口径', type: { kind: 'choice', values: ['overdue', 'overdue-or-extended'] }, value: 'overdue', unit: '', clause: 'platform-s5a',
    inText: false, note: 'overdue 逾期未办结;overdue-or-extended 延过期的在办任务也算',
  },
  { key: 'manualPointsMin', label: '手动打分下限', type: { kind: 'number', min: -100, max: 0 }, value: -10, unit: '分', clause: 'platform-4b', inText: false, note: '案例未写范围' },
  { key: 'manualPointsMax', label: '手动打分上限', type: { kind: 'number', min: 0, max: 100 }, value: 10, unit: '分', clause: 'platform-4b', inText: false, note: '案例未写范围' },
];
