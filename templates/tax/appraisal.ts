import type { ParameterDefinition, Policy } from '#core';

const SERIOUS = { on: 'serious', when: {}, thresholdKey: 'seriousLateDays' } as const;

/** Articles 4.5, 4.7 and 5: levels of supervision, points, and what follows where the office finds a case serious. */
export const taxAppraisal = {
  scores: [
    { kind: 'late-day', clause: 'tax-5.1a', pointsKey: 'pointsPerLateDay', reason: '迟办', confirm: 'automatic' },
    { kind: 'defect', clause: 'tax-5.1b', pointsKey: 'pointsPerDefect', reason: '办理不符合要求', confirm: 'automatic' },
    { kind: 'consequence', clause: 'tax-5.1c', pointsKey: 'pointsForConsequence', reason: '造成不良后果', confirm: 'automatic' },
  ],
  sanctions: [
    { clause: 'tax-5.0c', ...SERIOUS, type: '通报批评', to: 'unitHead', bulletin: true, ask: '情节较重,予以通报批评' },
    { clause: 'tax-5.0c', ...SERIOUS, type: '追责', to: 'unitHead', ask: '追究有关负责同志的责任' },
    { clause: 'tax-5.0c', ...SERIOUS, type: '追责', to: 'handler', ask: '追究具体承办人的责任' },
  ],
  tracks: [
    { clause: 'tax-4.5b', when: { forms: ['重要'] }, level: '重点督导' },
    { clause: 'tax-4.5b', when: { forms: ['紧急'] }, level: '跟踪督导' },
    { clause: 'tax-4.5b', when: { forms: ['疑难'] }, level: '反复督导' },
    { clause: 'tax-4.5b', when: { forms: ['', '一般'] }, level: '定期督导' },
  ],
  archive: { clause: 'tax-4.7b', required: [], optional: ['instructions', 'originals', 'investigation', 'handling', 'correspondence', 'report'] },
} as const satisfies Partial<Policy>;

export const taxAppraisalParameters: readonly ParameterDefinition[] = [
  {
    key: 'seriousLateDays', label: '情节较重建议线', type: { kind: 'integer', min: 1, max: 365 }, value: 10, optional: true, unit: '天', clause: 'tax-5.0c', inText: false,
    note: '办法未定;迟办达到此数且督办单位填了不良后果的,建议通报批评并追责;空白为不建议',
  },
];
