import { day, type Sample } from '#core';
import { baselineRow, by, filed, matter, on, post, staffOf, unitOf, type ItemRow } from '../sample-rows.ts';

const UNITS = ['运营部', '工程部', '市场部', '后勤部', '财务部'] as const;
const FROM = { initiatorUnit: '行政管理部', requirement: '按期完成并书面报告', leaderInCharge: '分管副总' } as const;
const PLAIN = { ...FROM, form: '一般', category: '工作计划列明事项' } as const;
const URGENT = { ...FROM, form: '紧急', category: '领导交办/批办/查办' } as const;
const MAJOR = { ...FROM, form: '重大', category: '全局性部署/领导重要指示', importance: '重大' } as const;
const YEAR = { ...FROM, form: '全年', category: '工作目标/会议决定' } as const;

const ITEMS: readonly ItemRow[] = [
  matter('DB-2026-001', '年度计划分解', '运营部', '已归档', '2026-01-16', PLAIN, '2026-01-15'),
  matter('DB-2026-002', '节前安全检查', '后勤部', '已归档', '2026-01-30', URGENT),
  matter('DB-2026-003', '设备年检', '工程部', '已办结', '2026-02-06', PLAIN, '2026-02-05'),
  matter('DB-2026-004', '合同清理', '财务部', '已办结', '2026-02-10', { ...PLAIN, category: '合同/协议事项' }, '2026-02-12'),
  matter('DB-2026-005', '客户满意度调查', '市场部', '已办结', '2026-02-27', PLAIN),
  matter('DB-2026-006', '闲置资产清理', '财务部', '办理中', '2026-04-30', { ...FROM, form: '重大', category: '资金/资产清理', percent: 0.3, progress: '已盘点两处' }),
  matter('DB-2026-007', '安全生产年', '工程部', '办理中', '2026-12-31', { ...YEAR, percent: 0.1 }),
  matter('DB-2026-008', '安全生产年:第一季度', '工程部', '办理中', '2026-03-31', { ...YEAR, rowType: '节点', parentId: 'DB-2026-007' }),
  matter('DB-2026-009', '安全生产年:第二季度', '工程部', '已下发', '2026-06-30', { ...YEAR, rowType: '节点', parentId: 'DB-2026-007' }),
  matter('DB-2026-010', '年中会议筹备', '运营部', '办理中', '2026-04-17', { ...PLAIN, percent: 0.2 }),
  matter('DB-2026-011', '客户投诉整改', '市场部', '办理中', '2026-03-18', { ...URGENT, percent: 0.6 }),
  matter('DB-2026-012', '安全巡检整改', '后勤部', '办理中', '2026-03-11', { ...URGENT, percent: 0.5, progress: '配件未到' }),
  matter('DB-2026-013', '库房搬迁', '后勤部', '办理中', '2026-03-13', { ...PLAIN, percent: 0.8 }),
  matter('DB-2026-014', '制度修订', '运营部', '待审核', '2026-03-13', { ...PLAIN, attachments: '办结报告.docx' }, '2026-03-13'),
  matter('DB-2026-015', '采购方案', '财务部', '分管领导审核', '2026-03-12', { ...MAJOR, attachments: '办结报告.docx' }, '2026-03-11'),
  matter('DB-2026-016', '培训总结', '市场部', '已退办', '2026-03-10', { ...PLAIN, returnReason: '未附签到表', returnDue: by('2026-03-19') }, '2026-03-10'),
  matter('DB-2026-017', '场地共用', '工程部', '协调中', '2026-03-25', { ...PLAIN, coUnits: '后勤部' }),
  matter('DB-2026-018', '车辆保险续保', '后勤部', '已下发', '2026-04-03', { ...PLAIN, issuedAt: on('2026-03-13') }),
  matter('DB-2026-019', '信息化立项', '运营部', '待批示', '2026-04-10', MAJOR),
  matter('DB-2026-020', '品牌推广年', '市场部', '拟立项', '2026-12-31', { ...YEAR, receivedAt: on('2026-03-13') }),
  matter('DB-2026-021', '宣传片制作', '市场部', '不予立项', '2026-04-20', { ...PLAIN, category: '其它/临时交办', specialReason: '列入下年计划' }),
  matter('DB-2026-022', '重复登记的事项', '财务部', '已撤销', '2026-03-31', { ...PLAIN, category: '同级委托事项', remark: '与 DB-2026-004 重复' }),
];

/** 公司督查组/行政管理部: an invented company with a supervision group of nine posts. */
export const companySample: Sample = {
  organisation: '样例公司',
  today: day('2026-03-16'),
  rows: {
    units: [...UNITS, '行政管理部'].map((name) => unitOf(name, '机关部室', '分管副总')),
    people: [
      post('督办专员', '行政管理部', '督办专员、督办管理员、办公室主任', 'duban'), post('分管副总', '', '分管领导', 'deputy'), post('总经理', '', '总经理', 'gm'),
      post('督查组组长', '', '督查组组长', 'group'), ...Array.from({ length: 7 }, (_, index) => post(`督查组成员${index + 1}`, '行政管理部', '督查组成员', `member${index + 1}`)),
      post('督查联络员', '行政管理部', '联络员', 'liaison'), ...staffOf([...UNITS, '行政管理部']),
    ],
    items: ITEMS,
    requests: [
      { requestId: 'SQ-2026-001', itemId: 'DB-2026-011', type: '延期', applicant: '市场部经办', appliedAt: on('2026-03-13', 10), reason: '客户回函未齐', requestedLimit: by('2026-03-25'), workDone: '完成六成' },
      { requestId: 'SQ-2026-002', itemId: 'DB-2026-012', type: '延期', applicant: '后勤部经办', appliedAt: on('2026-03-12', 10), reason: '配件未到', requestedLimit: by('2026-03-20'), workDone: '完成五成' },
      { requestId: 'SQ-2026-003', itemId: 'DB-2026-017', type: '协调', applicant: '工程部经办', appliedAt: on('2026-03-04'), reason: '场地使用冲突', otherUnit: '后勤部', approver1: '督办专员', decision1: '同意', decidedAt1: on('2026-03-05'), outcome: '已批准' },
      { requestId: 'SQ-2026-004', itemId: 'DB-2026-018', type: '非职责退回', applicant: '后勤部经办', appliedAt: on('2026-03-16', 8), reason: '车辆保险由财务部统一办理', otherUnit: '财务部' },
      { requestId: 'SQ-2026-005', itemId: 'DB-2026-015', type: '办结', applicant: '财务部经办', appliedAt: on('2026-03-11', 15), reason: '方案已定', attachments: '办结报告.docx', approver1: '督办专员', decision1: '转报', decidedAt1: on('2026-03-12') },
    ],
    feedback: [
      { feedbackId: 'FK-2026-001', itemId: 'DB-2026-014', at: on('2026-03-13', 14), by: '运营部经办', type: '结果', progress: '修订稿定稿', headReviewed: '是', headReviewedAt: on('2026-03-13', 15), attachments: '办结报告.docx' },
      { feedbackId: 'FK-2026-002', itemId: 'DB-2026-012', at: on('2026-03-12', 10), by: '后勤部经办', type: '逾期说明', progress: '配件未到', nextPlan: '到货即换', needsRectification: '是', rectification: '先行隔离' },
    ],
    inspections: [
      { inspectionId: 'DC-2026-001', date: day('2026-03-06'), unit: '财务部', itemId: 'DB-2026-006', form: '明查', method: '现场', inspector: '督查组成员1', facts: '已盘点两处', opinion: '进度正常', suggestion: '四月上旬全部盘完' },
      { inspectionId: 'DC-2026-002', date: day('2026-03-12'), unit: '后勤部', itemId: 'DB-2026-012', form: '抽查', method: '电话', inspector: '督查组成员2', facts: '配件未到', opinion: '进度滞后', suggestion: '另找供货商' },
    ],
    bulletins: [
      { bulletinId: 'TB-2026-001', period: '2026-02', type: '行政办公会', form: '会议', status: '已发送', signer: '分管副总', publishedAt: on('2026-03-03'), subject: '2月督办情况', body: '2月到期三件,按时两件,合同清理超期两天。' },
    ],
    bulletinEntries: [{ bulletinId: 'TB-2026-001', unit: '财务部', person: '财务部经理', verdict: '批评', matter: '合同清理超期两天' }],
    sanctions: [{ type: '保密谈话', unit: '市场部', person: '市场部经办', status: '建议', note: '转发了未公开的督办件' }],
    archives: ITEMS.filter((item) => item.status === '已归档').map((item) => filed(item, '2026-02-06')),
    baseline: ITEMS.map((item) => baselineRow(item, on('2026-03-09', 8))),
  },
};
