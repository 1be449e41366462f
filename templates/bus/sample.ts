import { day, type CellsOf, type Sample } from '#core';
import { baselineRow, by, filed, on, post, type ItemRow } from '../sample-rows.ts';

const BRANCHES = ['客运一公司', '客运二公司', '客运三公司', '修理公司'] as const;
const OFFICES = ['安全部', '财务部', '人力部'] as const;
const MATTER = { form: '督办事项', sourceType: '集团会议决定' } as const;
const PAPER = { form: '公文', category: '公文办理', sourceType: '其他' } as const;

const OPEN: readonly ItemRow[] = [
  { itemId: 'DB-2026-101', title: '新能源车辆投放方案', leadUnit: '客运一公司', handler: '客运一公司经办', status: '办理中', category: '战略规划/工作计划阶段目标', ...MATTER, deadlineSet: by('2026-04-15'), issuedAt: on('2026-03-02'), signedAt: on('2026-03-02', 15), progress: '方案初稿完成' },
  { itemId: 'DB-2026-102', title: '线网优化月度任务', leadUnit: '客运二公司', handler: '客运二公司经办', status: '办理中', category: '月度工作要点', ...MATTER, deadlineSet: by('2026-03-18'), issuedAt: on('2026-03-02'), signedAt: on('2026-03-03'), progress: '客流调查已完成' },
  { itemId: 'DB-2026-103', title: '站场消防隐患整改', leadUnit: '客运三公司', handler: '客运三公司经办', status: '办理中', category: '重要会议决议', ...MATTER, deadlineSet: by('2026-03-11'), issuedAt: on('2026-02-26'), signedAt: on('2026-02-26', 15), progress: '消防器材未到货' },
  { itemId: 'DB-2026-104', title: '车辆维保外包合同', leadUnit: '修理公司', handler: '修理公司经办', status: '待审核', category: '公司领导交办', ...MATTER, deadlineSet: by('2026-03-13'), issuedAt: on('2026-02-27'), signedAt: on('2026-02-27', 15), submittedAt: on('2026-03-13', 16), result: '合同已签订,材料附后' },
  { itemId: 'DB-2026-105', title: '驾驶员培训计划', leadUnit: '安全部', handler: '安全部经办', status: '已退办', category: '月度工作要点', ...MATTER, deadlineSet: by('2026-03-10'), issuedAt: on('2026-02-24'), signedAt: on('2026-02-25'), submittedAt: on('2026-03-10', 10), result: '计划已编制', returnReason: '缺少考核办法', returnDue: by('2026-03-19') },
  { itemId: 'DB-2026-106', title: '充电桩扩容', leadUnit: '客运一公司', handler: '客运一公司经办', status: '办理中', category: '公司领导交办', ...MATTER, deadlineSet: by('2026-03-20'), issuedAt: on('2026-03-03'), signedAt: on('2026-03-04'), progress: '供电部门排期推迟' },
  { itemId: 'DB-2026-107', title: '审计整改落实', leadUnit: '财务部', handler: '财务部经办', status: '办理中', category: '上级交办', ...MATTER, deadlineSet: by('2026-03-12'), issuedAt: on('2026-02-26'), signedAt: on('2026-02-27'), progress: '已整改七项' },
  { itemId: 'DB-2026-108', title: '薪酬改革征询', leadUnit: '人力部', handler: '人力部经办', dutyPerson: '人力部部长', status: '办理中', category: '公司领导交办', confidentiality: '保密', ...MATTER, deadlineSet: by('2026-03-17'), issuedAt: on('2026-03-05'), signedAt: on('2026-03-05', 15) },
  { itemId: 'DB-2026-109', title: '市民热线工单回复', leadUnit: '客运二公司', handler: '客运二公司经办', status: '办理中', urgency: '紧急', ...PAPER, receivedAt: on('2026-03-12'), issuedAt: on('2026-03-12', 10), signedAt: on('2026-03-12', 14) },
  { itemId: 'DB-2026-110', title: '关于春运总结的来文', leadUnit: '客运三公司', handler: '客运三公司经办', status: '办理中', urgency: '普通', ...PAPER, receivedAt: on('2026-03-10'), issuedAt: on('2026-03-10', 11), signedAt: on('2026-03-10', 15) },
  { itemId: 'DB-2026-111', title: '极端天气应急来电', leadUnit: '安全部', handler: '安全部经办', status: '已下发', urgency: '特急', ...PAPER, receivedAt: on('2026-03-16', 8), issuedAt: on('2026-03-16', 8) },
  { itemId: 'DB-2026-112', title: '智能调度一期', leadUnit: '客运一公司', handler: '客运一公司经办', status: '办理中', category: '战略规划/工作计划阶段目标', ...MATTER, deadlineSet: by('2026-06-30'), issuedAt: on('2026-02-25'), signedAt: on('2026-02-25', 16) },
  { itemId: 'DB-2026-113', title: '智能调度一期:车载设备', leadUnit: '修理公司', handler: '修理公司经办', status: '办理中', rowType: '分解', parentId: 'DB-2026-112', ...MATTER, deadlineSet: by('2026-04-30'), issuedAt: on('2026-02-25'), signedAt: on('2026-02-26') },
  { itemId: 'DB-2026-114', title: '董事会决定:资产盘点', leadUnit: '财务部', status: '待批示', category: '重要会议决议', form: '督办事项', sourceType: '董事会决定', deadlineSet: by('2026-04-20') },
  { itemId: 'DB-2026-115', title: '党委会决定:作风检查', leadUnit: '人力部', status: '拟立项', category: '重要会议决议', form: '督办事项', sourceType: '党委会决定' },
  { itemId: 'DB-2026-116', title: '临时交办:已并入其他事项', leadUnit: '安全部', status: '不予立项', category: '其他重要事项', ...MATTER },
  { itemId: 'DB-2026-117', title: '跨年项目:场站改造', leadUnit: '客运三公司', handler: '客运三公司经办', status: '办理中', category: '战略规划/工作计划阶段目标', ...MATTER, deadlineSet: by('2027-01-20'), issuedAt: on('2026-03-04'), signedAt: on('2026-03-04', 15), feedbackCycle: '每月' },
  { itemId: 'DB-2026-118', title: '关于增设夜班线的请示', leadUnit: '客运二公司', handler: '客运二公司经办', status: '阶段性办毕', urgency: '普通', ...PAPER, receivedAt: on('2026-03-03'), issuedAt: on('2026-03-03', 10), signedAt: on('2026-03-03', 15), submittedAt: on('2026-03-09', 15), result: '已报上级审批' },
  { itemId: 'DB-2026-119', title: '重复登记的事项', leadUnit: '财务部', status: '已撤销', category: '其他重要事项', ...MATTER, deadlineSet: by('2026-03-31'), remark: '与 DB-2026-107 重复' },
];

/** Closed items of the last two quarters: unit, limit, day of submission. */
const CLOSED: readonly (readonly [unit: string, title: string, limit: string, submitted: string])[] = [
  ['客运一公司', '岗位练兵', '2025-11-20', '2025-11-18'], ['客运一公司', '冬季保养', '2025-12-15', '2025-12-12'], ['客运一公司', '春运预案', '2026-01-20', '2026-01-19'], ['客运一公司', '票务自查', '2026-02-10', '2026-02-09'],
  ['客运二公司', '车厢消杀', '2025-11-25', '2025-11-24'], ['客运二公司', '站牌更新', '2025-12-18', '2025-12-22'], ['客运二公司', '春运预案', '2026-01-20', '2026-01-20'], ['客运二公司', '能耗分析', '2026-02-12', '2026-02-13'],
  ['客运三公司', '文明创建', '2025-12-10', '2025-12-10'], ['客运三公司', '春运预案', '2026-01-20', '2026-01-22'], ['客运三公司', '宿舍整修', '2026-02-11', '2026-02-10'],
  ['修理公司', '备件盘点', '2025-12-12', '2025-12-11'], ['修理公司', '设备检定', '2026-01-15', '2026-01-14'], ['修理公司', '废油处置', '2026-02-06', '2026-02-06'],
  ['安全部', '年度演练', '2025-12-19', '2025-12-18'], ['安全部', '隐患台账', '2026-01-23', '2026-01-23'],
  ['财务部', '年终决算', '2026-01-16', '2026-01-19'], ['财务部', '预算下达', '2026-02-09', '2026-02-06'],
  ['人力部', '年度考评', '2026-01-21', '2026-01-20'], ['人力部', '用工清理', '2026-02-10', '2026-02-10'],
];

const ITEMS: readonly ItemRow[] = [
  ...OPEN,
  ...CLOSED.map(([leadUnit, title, limit, submitted], index): ItemRow => ({
    itemId: `DB-${limit.slice(0, 4)}-${String(index + 1).padStart(3, '0')}`, title, leadUnit, handler: `${leadUnit}经办`, category: '月度工作要点', ...MATTER,
    status: limit < '2026' ? '已归档' : '已办结', deadlineSet: by(limit), issuedAt: on(`${limit.slice(0, 8)}01`), signedAt: on(`${limit.slice(0, 8)}02`),
    submittedAt: on(submitted, 15), result: '已完成',
  })),
];

function units(): Partial<CellsOf<'units'>>[] {
  return [
    ...BRANCHES.map((name) => ({ name, type: '分(子)公司', head: `${name}经理`, active: '是' })),
    ...OFFICES.map((name, index) => ({ name, type: '机关部室', head: `${name}部长`, contractPoints: index === 2 ? null : 2, active: '是' })),
    { name: '集团办公室', type: '机关部室', head: '办公室主任', active: '是' },
  ];
}

/** 公交集团: an invented bus group with branches and departments, two quarters into its use of the table. */
export const busSample: Sample = {
  organisation: '样例公交集团',
  today: day('2026-03-16'),
  rows: {
    units: units(),
    people: [
      post('督办专员', '集团办公室', '督办专员、督办管理员', 'duban'),
      post('办公室主任', '集团办公室', '办公室主任、单位负责人', 'office'),
      post('主管领导', '', '主管领导', 'leader'),
      ...BRANCHES.flatMap((unit, index) => [post(`${unit}经理`, unit, '单位负责人', `branch${index + 1}`), post(`${unit}经办`, unit, '承办人', `branch${index + 1}.desk`)]),
      ...OFFICES.flatMap((unit, index) => [post(`${unit}部长`, unit, '单位负责人', `dept${index + 1}`), post(`${unit}经办`, unit, '承办人', `dept${index + 1}.desk`)]),
    ],
    items: ITEMS,
    requests: [
      { requestId: 'SQ-2026-001', itemId: 'DB-2026-106', type: '延期', applicant: '客运一公司经办', appliedAt: on('2026-03-12'), reason: '供电部门排期推迟', requestedLimit: by('2026-04-03') },
      { requestId: 'SQ-2026-002', itemId: 'DB-2026-107', type: '延期', applicant: '财务部经办', appliedAt: on('2026-03-13', 10), reason: '两项整改依赖外部单位', requestedLimit: by('2026-03-31') },
      { requestId: 'SQ-2026-003', itemId: 'DB-2026-103', type: '重定时限', applicant: '督办专员', appliedAt: on('2026-03-12', 15), reason: '逾期未办结,报领导明确时限', requestedLimit: by('2026-03-20'), approver1: '主管领导', decision1: '同意', decidedAt1: on('2026-03-13'), grantedLimit: by('2026-03-20'), outcome: '已批准' },
      { requestId: 'SQ-2026-004', itemId: 'DB-2026-104', type: '办结', applicant: '修理公司经办', appliedAt: on('2026-03-13', 16), reason: '合同已签订', attachments: '办理情况.docx、合同.pdf' },
      { requestId: 'SQ-2026-005', itemId: 'DB-2026-109', type: '延期', applicant: '客运二公司经办', appliedAt: on('2026-03-16', 8), reason: '涉及两个部门', requestedLimit: by('2026-03-19') },
    ],
    feedback: [
      { feedbackId: 'FK-2026-001', itemId: 'DB-2026-101', at: on('2026-03-11', 16), by: '客运一公司经办', type: '进展', progress: '方案初稿完成', nextPlan: '征求意见' },
      { feedbackId: 'FK-2026-002', itemId: 'DB-2026-103', at: on('2026-03-12', 10), by: '客运三公司经办', type: '进展', progress: '消防器材未到货', problems: '供货延迟', solutions: '先行租用' },
      { feedbackId: 'FK-2026-003', itemId: 'DB-2026-117', at: on('2026-03-10', 10), by: '客运三公司经办', type: '进展', progress: '完成选址' },
    ],
    inspections: [
      { inspectionId: 'DC-2026-001', date: day('2026-03-12'), unit: '客运三公司', itemId: 'DB-2026-103', form: '抽查', method: '现场', inspector: '督办专员', facts: '两处站场器材未到', opinion: '抓紧到货', suggestion: '先行租用', rectifyBy: by('2026-03-20') },
    ],
    bulletins: [
      { bulletinId: 'TB-2026-001', period: '2026-01', type: '月度通报', form: '文件', status: '已发送', signer: '主管领导', publishedAt: on('2026-02-02'), subject: '2026年1月督办事项办理情况通报', body: '客运三公司春运预案超期两天,财务部年终决算超期三天。' },
    ],
    bulletinEntries: [
      { bulletinId: 'TB-2026-001', unit: '客运三公司', person: '客运三公司经理', verdict: '批评', matter: '春运预案超期两天' },
      { bulletinId: 'TB-2026-001', unit: '客运一公司', person: '客运一公司经理', verdict: '表彰', matter: '连续三月按时办结' },
    ],
    archives: ITEMS.filter((item) => item.status === '已归档').map((item) => filed(item, '2026-01-09')),
    baseline: ITEMS.map((item) => baselineRow(item, on('2026-03-09'))),
  },
};
