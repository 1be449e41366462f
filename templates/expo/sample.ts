import { day, type Sample } from '#core';
import { baselineRow, by, filed, matter, on, post, staffOf, unitOf, type ItemRow } from '../sample-rows.ts';

const UNITS = ['工程部', '会展部', '餐饮部', '客房部', '财务部'] as const;
const PARTS = { dutyPerson: '', leaderInCharge: '分管副总', supervisingLeader: '督办领导' } as const;
const GM = { ...PARTS, form: '总经理督办', category: '全局性部署/领导重要指示' } as const;
const LISTED = { ...PARTS, form: '挂牌督办', category: '领导交办/批办/查办' } as const;
const DAILY = { ...PARTS, form: '日常督办', category: '工作计划列明事项' } as const;

const ITEMS: readonly ItemRow[] = [
  matter('DB-2026-001', '春节接待方案', '餐饮部', '已归档', '2026-01-23', DAILY, '2026-01-22'),
  matter('DB-2026-002', '消防验收', '工程部', '已归档', '2026-01-30', LISTED),
  matter('DB-2026-003', '年会场地整改', '会展部', '已办结', '2026-02-06', { ...DAILY, category: '工作目标/会议决定' }, '2026-02-09'),
  matter('DB-2026-004', '布草更新', '客房部', '已办结', '2026-02-11', DAILY, '2026-02-10'),
  matter('DB-2026-005', '合同清理', '财务部', '已办结', '2026-02-27', { ...DAILY, category: '合同/协议事项', sourceRef: '合字2026-02号' }),
  matter('DB-2026-006', '展馆屋面改造', '工程部', '办理中', '2026-06-30', { ...GM, importance: '重大', percent: 0.2, progress: '设计招标完成' }),
  matter('DB-2026-007', '展馆屋面改造:施工招标', '工程部', '办理中', '2026-04-15', { ...GM, rowType: '分解', parentId: 'DB-2026-006' }),
  matter('DB-2026-008', '春季展会排期', '会展部', '办理中', '2026-04-10', { ...DAILY, percent: 0.4 }),
  matter('DB-2026-009', '电梯维保', '工程部', '办理中', '2026-03-18', { ...LISTED, urgency: '紧急', percent: 0.6 }),
  matter('DB-2026-010', '后厨排烟整改', '餐饮部', '办理中', '2026-03-12', { ...LISTED, urgency: '紧急', percent: 0.5, progress: '设备未到' }),
  matter('DB-2026-011', '智能门锁更换', '客房部', '办理中', '2026-03-09', { ...LISTED, percent: 0.7, progress: '供货延迟' }),
  matter('DB-2026-012', '财务系统切换', '财务部', '办理中', '2026-03-06', { ...GM, issuedAt: on('2026-02-24'), signedAt: on('2026-02-24', 15), percent: 0.6 }),
  matter('DB-2026-013', '宴会菜单修订', '餐饮部', '待审核', '2026-03-13', DAILY, '2026-03-13'),
  matter('DB-2026-014', '会议系统升级', '会展部', '分管领导审核', '2026-03-13', LISTED, '2026-03-12'),
  matter('DB-2026-015', '全年经营指标分解', '财务部', '总经理批示', '2026-03-13', GM, '2026-03-11'),
  matter('DB-2026-016', '客诉处理规范', '客房部', '已退办', '2026-03-10', { ...DAILY, returnReason: '未写明责任人', returnDue: by('2026-03-18') }, '2026-03-10'),
  matter('DB-2026-017', '停车场共用', '会展部', '协调中', '2026-03-27', { ...DAILY, coUnits: '工程部' }),
  matter('DB-2026-018', '五一客房促销', '客房部', '已下发', '2026-04-17', DAILY),
  matter('DB-2026-019', '薪酬方案测算', '财务部', '办理中', '2026-03-20', { ...DAILY, confidentiality: '保密', dutyPerson: '财务部经理' }),
  matter('DB-2026-020', '绿色饭店创建', '餐饮部', '待批示', '2026-05-29', GM),
  matter('DB-2026-021', '展会合资方案', '会展部', '征求意见', '2026-06-30', { ...GM, importance: '重大' }),
  matter('DB-2026-022', '员工食堂改善', '餐饮部', '拟立项', '2026-04-30', { ...DAILY, category: '其他/临时交办' }),
  matter('DB-2026-023', '外购礼品', '财务部', '不予立项', '2026-03-31', { ...DAILY, category: '同级委托事项', initiatorUnit: '客房部', specialReason: '无预算' }),
  matter('DB-2026-024', '重复登记的事项', '会展部', '已撤销', '2026-03-31', { ...DAILY, remark: '与 DB-2026-008 重复' }),
];

/** 会展酒店: an invented convention centre and hotel with three forms of supervision. */
export const expoSample: Sample = {
  organisation: '样例会展酒店',
  today: day('2026-03-16'),
  rows: {
    units: [...UNITS, '总经理工作部', '党委工作部', '人力资源部'].map((name) => unitOf(name, '机关部室', '分管副总')),
    people: [
      post('督办专员', '总经理工作部', '督办专员、督办管理员、办公室主任', 'duban'), post('分管副总', '', '分管领导', 'deputy'), post('督办领导', '', '督办领导', 'leader'), post('总经理', '', '总经理', 'gm'),
      post('规范办联络员', '总经理工作部', '联络员', 'assist'), ...staffOf([...UNITS, '总经理工作部', '党委工作部', '人力资源部']),
    ],
    items: ITEMS,
    requests: [
      { requestId: 'SQ-2026-001', itemId: 'DB-2026-011', type: '延期', applicant: '客房部经办', appliedAt: on('2026-03-06'), reason: '供货延迟', requestedLimit: by('2026-03-16'), workDone: '完成七成', approver1: '分管副总', decision1: '同意', decidedAt1: on('2026-03-06', 15), approver2: '督办领导', decision2: '同意', decidedAt2: on('2026-03-09'), grantedLimit: by('2026-03-16'), outcome: '已批准' },
      { requestId: 'SQ-2026-002', itemId: 'DB-2026-011', type: '延期', applicant: '客房部经办', appliedAt: on('2026-03-13', 10), reason: '尾批到货', requestedLimit: by('2026-03-25'), workDone: '完成九成' },
      { requestId: 'SQ-2026-003', itemId: 'DB-2026-009', type: '延期', applicant: '工程部经办', appliedAt: on('2026-03-13', 15), reason: '配件未到', requestedLimit: by('2026-03-27'), workDone: '完成六成' },
      { requestId: 'SQ-2026-004', itemId: 'DB-2026-017', type: '协调', applicant: '会展部经办', appliedAt: on('2026-03-03'), reason: '车位归属不清', otherUnit: '工程部', approver1: '督办专员', decision1: '同意', decidedAt1: on('2026-03-04'), outcome: '已批准' },
      { requestId: 'SQ-2026-005', itemId: 'DB-2026-021', type: '征求意见', applicant: '督办专员', appliedAt: on('2026-03-11'), reason: '合资方案征求意见', otherUnit: '财务部' },
      { requestId: 'SQ-2026-006', itemId: 'DB-2026-014', type: '办结', applicant: '会展部经办', appliedAt: on('2026-03-12', 15), reason: '升级完成', approver1: '督办专员', decision1: '同意', decidedAt1: on('2026-03-13') },
    ],
    feedback: [
      { feedbackId: 'FK-2026-001', itemId: 'DB-2026-006', at: on('2026-03-06', 16), by: '工程部经办', type: '进展', progress: '设计招标完成', nextPlan: '准备施工招标' },
      { feedbackId: 'FK-2026-002', itemId: 'DB-2026-010', at: on('2026-03-11', 16), by: '餐饮部经办', type: '进展', progress: '设备未到', nextPlan: '催厂家', problems: '厂家延期', solutions: '先改管路' },
    ],
    inspections: [
      { inspectionId: 'DC-2026-001', date: day('2026-03-05'), unit: '工程部', itemId: 'DB-2026-006', form: '明查', method: '现场', inspector: '督办专员', facts: '设计招标完成', opinion: '进度正常', suggestion: '提前准备施工招标' },
      { inspectionId: 'DC-2026-002', date: day('2026-03-12'), unit: '餐饮部', itemId: 'DB-2026-010', form: '明查', method: '电话', inspector: '督办专员', facts: '设备未到货', opinion: '进度滞后', suggestion: '书面催告厂家', rectifyBy: by('2026-03-20') },
    ],
    bulletins: [
      { bulletinId: 'TB-2026-001', period: '2026-02', type: '行政办公会', form: '会议', status: '已发送', signer: '督办领导', publishedAt: on('2026-03-03'), subject: '2月督办小结', body: '2月到期三件,按时两件。年会场地整改超期三天,会展部应完善现场交接。' },
    ],
    bulletinEntries: [{ bulletinId: 'TB-2026-001', unit: '会展部', person: '会展部经理', verdict: '批评', matter: '年会场地整改超期三天' }],
    archives: ITEMS.filter((item) => item.status === '已归档').map((item) => filed(item, '2026-02-06')),
    baseline: ITEMS.map((item) => baselineRow(item, on('2026-03-09', 8))),
  },
};
