import type { ParameterDefinition, Policy } from '#core';

const GROUP = ['督查组组长', '督查组成员'] as const;
const INSPECTED = ['分(子)公司', '机关部室', '科室', '项目'] as const;
const KEY_WORK = { forms: ['公司级重点'] } as const;

/** Articles 2, 5, 8, 9, 13 and 18 to 21: how often and by whom work is inspected, and what follows. */
export const logisticsAppraisal = {
  scores: [
    { kind: 'criticism', clause: 'logistics-18a', thresholdKey: 'criticismThreshold', sanction: '诫勉谈话', sanctionClause: 'logistics-18b', reason: '通报批评' },
    { kind: 'external-scheme', clause: 'logistics-13b', on: 'chase-missed', when: {}, reason: '未按催办要求办结', afterMeeting: true },
  ],
  inspections: {
    clause: 'logistics-2', group: GROUP,
    memberUnits: { clause: 'logistics-5', units: ['办公室', '人力资源部'], roles: ['督查组成员'] },
    required: { clause: 'logistics-2', columns: ['facts', 'opinion', 'suggestion'] },
    qualification: 'logistics-19', recusal: 'logistics-21b',
    cadences: [
      { kind: 'unit-month', clause: 'logistics-9a', minKey: 'unitInspections', unitTypes: INSPECTED },
      { kind: 'item-window', clause: 'logistics-9b', minKey: 'keyInspections', months: 2, when: KEY_WORK, perKey: 'keyInspectionsPer', matter: '公司级重点工作' },
    ],
    sample: { clause: 'logistics-8', seedKey: 'inspectionSeed', sizeKey: 'inspectionSampleSize', unitTypes: INSPECTED },
  },
  tracks: [{ clause: 'logistics-7.3', when: { categories: ['领导安排/会议/文件'] }, level: '跟踪' }],
  staffing: [
    { clause: 'logistics-5', role: '督查组组长', min: 1 },
    { clause: 'logistics-5', role: '督查组成员', min: 1 },
  ],
} as const satisfies Partial<Policy>;

export const logisticsAppraisalParameters: readonly ParameterDefinition[] = [
  { key: 'unitInspections', label: '部门、项目每月督查次数', type: { kind: 'integer', min: 0, max: 31 }, value: 1, unit: '次', clause: 'logistics-9a', inText: true, note: '各部门、各项目分别计算;自查不计' },
  { key: 'keyInspections', label: '公司级重点每两月督查次数', type: { kind: 'integer', min: 0, max: 99 }, value: 3, unit: '次', clause: 'logistics-9b', inText: true, note: '按固定的两个月(1-2月、3-4月……)计算;自查不计' },
  {
    key: 'keyInspectionsPer', label: '公司级重点督查计法', type: { kind: 'choice', values: ['总体', '每件'] }, value: '总体', unit: '', clause: 'logistics-9b',
    inText: false, note: '制度未写每件还是合计;暂按合计',
  },
  { key: 'inspectionWarnWorkdays', label: '督查次数预警', type: { kind: 'integer', min: 0, max: 20 }, value: 5, unit: '工作日', clause: 'logistics-9a', inText: false, note: '期末最后几个工作日内提醒尚缺的次数' },
  { key: 'inspectionSeed', label: '抽查种子', type: { kind: 'integer', min: 0, max: 999_999_999 }, value: '', optional: true, unit: '', clause: 'logistics-8', inText: false, note: '填写后每月由此抽出抽查单位,可复核;空白为不抽' },
  { key: 'inspectionSampleSize', label: '每月抽查单位数', type: { kind: 'integer', min: 0, max: 99 }, value: 2, unit: '个', clause: 'logistics-8', inText: false, note: '制度未定个数' },
];
