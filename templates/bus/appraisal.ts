import type { Policy } from '#core';

/** Articles 6, 11.7 and 15: points, accountability after a leader's approval, and the file for the archive room. */
export const busAppraisal = {
  scores: [
    {
      kind: 'unit-month-range', clause: 'bus-15.2b', unitType: '分(子)公司', proposedKey: 'branchPointsProposed',
      minKey: 'branchPointsMin', maxKey: 'branchPointsMax', perKey: 'branchPointsPer', reason: '当月不及时或不到位',
    },
    { kind: 'unit-month-contract', clause: 'bus-15.2c', unitType: '机关部室', reason: '当月不及时或不到位,按责任书' },
  ],
  manualScores: { clause: 'bus-6', after: 'any', reasons: ['不执行', '不及时', '不圆满'], deductOnly: true },
  sanctions: [
    {
      clause: 'bus-15.3', on: 'consequence', when: {}, type: '问责', to: 'unitHead',
      ask: '如认定负面影响严重或损失重大,请主管领导批准后由纪检监察室启动问责',
    },
  ],
  accountability: { clause: 'bus-15.3', type: '问责', approvers: ['主管领导', '总经理'], executor: '纪检监察室' },
  archive: { clause: 'bus-11.7', required: ['instructions', 'report', 'receiver', 'receivedAt'], optional: ['originals', 'correspondence'], keeper: '档案室' },
} as const satisfies Partial<Policy>;
