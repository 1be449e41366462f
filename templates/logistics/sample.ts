import { day, type Sample } from '#core';
import { baselineRow, by, filed, matter, on, post, staffOf, unitOf, type ItemRow } from '../sample-rows.ts';

const UNITS = ['仓储部', '运输部', '市场部', '财务部', '城配项目部'] as const;
const KEY = { form: '公司级重点', category: '重点项目和重点事项' } as const;
const OWN = { form: '部门重点', category: '部门目标责任与任务' } as const;
const TASK = { form: '部门重点', category: '领导安排/会议/文件' } as const;
const PLAN = { form: '部门重点', category: '目标任务与月度重点工作计划' } as const;

const ITEMS: readonly ItemRow[] = [
  matter('DB-2026-001', '年货节保供方案', '运输部', '已归档', '2026-01-16', PLAN, '2026-01-15'),
  matter('DB-2026-002', '仓库安全自查', '仓储部', '已归档', '2026-01-23', OWN),
  matter('DB-2026-003', '客户回访', '市场部', '已办结', '2026-01-30', PLAN, '2026-02-03'),
  matter('DB-2026-004', '车辆年检', '运输部', '已办结', '2026-02-06', OWN, '2026-02-05'),
  matter('DB-2026-005', '冷库节能改造论证', '仓储部', '已办结', '2026-02-11', KEY, '2026-02-12'),
  matter('DB-2026-006', '应收账款清理', '财务部', '已办结', '2026-02-27', PLAN),
  matter('DB-2026-007', '首季对账', '财务部', '办理中', '2026-04-15', { ...PLAN, percent: 0.3, progress: '已完成供应商对账' }),
  matter('DB-2026-008', '城配线路优化', '城配项目部', '办理中', '2026-05-29', { ...KEY, attachments: '实施方案.docx', percent: 0.2, dutyPerson: '城配项目部经理' }),
  matter('DB-2026-009', '城配线路优化:数据采集', '城配项目部', '办理中', '2026-04-10', { ...KEY, rowType: '节点', parentId: 'DB-2026-008' }),
  matter('DB-2026-010', '城配线路优化:试运行', '城配项目部', '已下发', '2026-05-15', { ...KEY, rowType: '节点', parentId: 'DB-2026-008' }),
  matter('DB-2026-011', '大客户座谈会纪要落实', '市场部', '办理中', '2026-03-19', { ...TASK, percent: 0.6, feedbackCycle: '每周' }),
  matter('DB-2026-012', '月台照明更换', '仓储部', '办理中', '2026-03-18', { ...OWN, percent: 0.8 }),
  matter('DB-2026-013', '超龄车辆处置', '运输部', '办理中', '2026-03-12', { ...TASK, percent: 0.5, progress: '评估报告未出' }),
  matter('DB-2026-014', '叉车司机复训', '仓储部', '办理中', '2026-03-13', { ...OWN, percent: 0.7 }),
  matter('DB-2026-015', '合同范本修订', '市场部', '待审核', '2026-03-13', PLAN, '2026-03-13'),
  matter('DB-2026-016', '仓租价格测算', '财务部', '已退办', '2026-03-11', { ...TASK, returnReason: '缺少对比数据', returnDue: by('2026-03-20') }, '2026-03-11'),
  matter('DB-2026-017', '园区共用道路修缮', '仓储部', '协调中', '2026-03-27', { ...TASK, coUnits: '运输部' }),
  matter('DB-2026-018', '高温天气预案', '运输部', '已下发', '2026-04-03', OWN),
  matter('DB-2026-019', '智能分拣立项', '仓储部', '拟立项', '2026-06-30', KEY),
  matter('DB-2026-020', '重复登记的事项', '市场部', '已撤销', '2026-03-20', { form: '部门重点', category: '其他', remark: '与 DB-2026-011 重复' }),
];

/** 物流公司: an invented logistics company whose supervision group inspects, chases and publishes. */
export const logisticsSample: Sample = {
  organisation: '样例物流公司',
  today: day('2026-03-16'),
  rows: {
    units: [...UNITS.map((name, index) => unitOf(name, index === 4 ? '项目' : '机关部室', '分管副总', { criticismPoints: 2 })), unitOf('办公室', '机关部室', '总经理'), unitOf('人力资源部', '机关部室', '总经理')],
    people: [
      post('督查组组长', '', '督查组组长、督办管理员', 'group'), post('督查专员', '办公室', '督查组成员、督办专员', 'duban'), post('人力专员', '人力资源部', '督查组成员', 'hr'),
      post('分管副总', '', '分管领导', 'deputy'), post('总经理', '', '总经理', 'gm'), ...staffOf([...UNITS, '办公室', '人力资源部']),
    ].map((person) => (person.roles?.includes('督查组') === true ? { ...person, qualified: '政治、业务、作风三项合格' } : person)),
    items: ITEMS,
    requests: [
      { requestId: 'SQ-2026-001', itemId: 'DB-2026-017', type: '协调', applicant: '仓储部经办', appliedAt: on('2026-03-04'), reason: '道路产权涉及两家', otherUnit: '运输部', approver1: '督查组组长', decision1: '同意', decidedAt1: on('2026-03-05'), outcome: '已批准' },
      { requestId: 'SQ-2026-002', itemId: 'DB-2026-013', type: '重定时限', applicant: '督查专员', appliedAt: on('2026-03-13', 10), reason: '催办后明确节点', requestedLimit: by('2026-03-20'), workDone: '评估报告未出' },
      { requestId: 'SQ-2026-003', itemId: 'DB-2026-012', type: '延期', applicant: '仓储部经办', appliedAt: on('2026-03-13', 14), reason: '灯具未到货', requestedLimit: by('2026-03-31'), workDone: '完成八成' },
    ],
    feedback: [
      { feedbackId: 'FK-2026-001', itemId: 'DB-2026-011', at: on('2026-03-09', 16), by: '市场部经办', type: '进展', progress: '已走访五家客户', nextPlan: '汇总意见' },
      { feedbackId: 'FK-2026-002', itemId: 'DB-2026-013', at: on('2026-03-10', 16), by: '运输部经办', type: '进展', progress: '评估报告未出', nextPlan: '催评估公司', problems: '评估公司排期', solutions: '改委托另一家' },
    ],
    inspections: [
      { inspectionId: 'DC-2026-001', date: day('2026-03-05'), unit: '仓储部', itemId: 'DB-2026-012', form: '明查', method: '现场', inspector: '督查专员', facts: '二号月台已更换', opinion: '进度正常', suggestion: '同步检查线路' },
      { inspectionId: 'DC-2026-002', date: day('2026-03-10'), unit: '运输部', itemId: 'DB-2026-013', form: '抽查', method: '会议', inspector: '人力专员', facts: '评估报告未出', opinion: '进度滞后', suggestion: '本周内另行委托' },
      { inspectionId: 'DC-2026-003', date: day('2026-03-11'), unit: '城配项目部', itemId: 'DB-2026-008', form: '明查', method: '现场', inspector: '督查专员', facts: '数据采集过半', opinion: '进度正常', suggestion: '保留原始数据' },
      { inspectionId: 'DC-2026-004', date: day('2026-03-12'), unit: '市场部', form: '自查', method: '会议', inspector: '市场部经理', facts: '本部门三件在办', opinion: '无逾期', suggestion: '继续' },
    ],
    recusals: [{ person: '人力专员', against: '财务部', reason: '亲属在该部门任职', from: day('2026-01-01') }],
    bulletins: [
      { bulletinId: 'TB-2026-001', period: '2026-01', type: '专项通报', form: '公告', status: '已发送', signer: '督查组组长', publishedAt: on('2026-01-27'), subject: '节前安全专项督查通报', body: '市场部客户回访进度滞后,予以批评。' },
      { bulletinId: 'TB-2026-002', period: '2026-01', type: '月度通报', form: '会议', status: '已发送', signer: '督查组组长', publishedAt: on('2026-02-05'), subject: '1月督办情况通报', body: '市场部客户回访超期四天,予以批评;运输部保供有力,予以表彰。' },
      { bulletinId: 'TB-2026-003', period: '2026-02', type: '月度通报', form: '文件', status: '已发送', signer: '督查组组长', publishedAt: on('2026-03-04'), subject: '2月督办情况通报', body: '市场部两次会议决定落实迟缓,予以批评。' },
    ],
    bulletinEntries: [
      { bulletinId: 'TB-2026-001', unit: '市场部', person: '市场部经理', verdict: '批评', matter: '客户回访进度滞后' },
      { bulletinId: 'TB-2026-002', unit: '市场部', person: '市场部经理', verdict: '批评', matter: '客户回访超期四天' },
      { bulletinId: 'TB-2026-002', unit: '运输部', person: '运输部经理', verdict: '表彰', matter: '年货节保供有力' },
      { bulletinId: 'TB-2026-003', unit: '市场部', person: '市场部经理', verdict: '批评', matter: '会议决定落实迟缓' },
    ],
    archives: ITEMS.filter((item) => item.status === '已归档').map((item) => filed(item, '2026-01-30')),
    baseline: ITEMS.map((item) => baselineRow(item, on('2026-03-09', 8))),
  },
};
