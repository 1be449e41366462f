import { at, day, type Moment, type Sample } from '#core';
import { baselineRow, filed, matter, on, post, staffOf, unitOf, type ItemRow } from '../sample-rows.ts';

const UNITS = ['项目一部', '项目二部', '设计院', '征拆办', '安全部'] as const;
const TASK = { form: '督办', category: '其他', nodeType: '常规节点' } as const;
const WORKS = { form: '督办', category: '施工', nodeType: '关键性节点' } as const;
const PROJECT = { form: '督查', category: '施工', nodeType: '最终节点', projectPhase: '建设' } as const;

/** Limits of the platform have an hour. */
function until(text: string, hour = 17): { readonly deadlineSet: Moment } {
  return { deadlineSet: at(day(text), hour) };
}

const ITEMS: readonly ItemRow[] = [
  matter('DB-2026-001', '年度任务分类', '安全部', '已归档', '2026-01-16', { ...TASK, ...until('2026-01-16') }, '2026-01-15'),
  matter('DB-2026-002', '施工许可办理', '项目一部', '已归档', '2026-01-30', { ...TASK, category: '前期手续', ...until('2026-01-30') }),
  matter('DB-2026-003', '冬季停工检查', '安全部', '已办结', '2026-02-06', { ...TASK, ...until('2026-02-06') }, '2026-02-05'),
  matter('DB-2026-004', '施工图会审', '设计院', '已办结', '2026-02-11', { ...WORKS, category: '设计', ...until('2026-02-11') }, '2026-02-12'),
  matter('DB-2026-005', '临时用电方案', '项目二部', '已办结', '2026-02-27', { ...TASK, ...until('2026-02-27') }),
  matter('DB-2026-006', '滨河路改造', '项目一部', '办理中', '2026-09-30', { ...PROJECT, ...until('2026-09-30'), percent: 0.3, dutyPerson: '项目一部经理' }),
  matter('DB-2026-007', '滨河路改造:设计', '设计院', '已办结', '2026-03-05', { ...WORKS, category: '设计', rowType: '节点', parentId: 'DB-2026-006', ...until('2026-03-05') }),
  matter('DB-2026-008', '滨河路改造:拆迁', '征拆办', '办理中', '2026-03-13', { ...WORKS, category: '拆迁', rowType: '节点', parentId: 'DB-2026-006', ...until('2026-03-13', 12), percent: 0.8, progress: '余三户未签约' }),
  matter('DB-2026-009', '滨河路改造:项目验收', '项目一部', '已下发', '2026-09-30', { ...PROJECT, category: '项目验收', rowType: '节点', parentId: 'DB-2026-006', ...until('2026-09-30') }),
  matter('DB-2026-010', '塔吊检测', '项目二部', '办理中', '2026-03-17', { ...WORKS, ...until('2026-03-17', 10), percent: 0.5 }),
  matter('DB-2026-011', '扬尘治理', '安全部', '办理中', '2026-04-10', { ...TASK, form: '督查', ...until('2026-04-10'), percent: 0.4, feedbackCycle: '每周' }),
  matter('DB-2026-012', '交通导改', '项目二部', '办理中', '2026-03-12', { ...WORKS, ...until('2026-03-12', 18), percent: 0.6, progress: '交警批复未到' }),
  matter('DB-2026-013', '管线迁改', '项目一部', '已暂停', '2026-04-03', { ...WORKS, ...until('2026-04-03') }),
  matter('DB-2026-014', '桥梁荷载试验', '设计院', '已暂停', '2026-03-27', { ...WORKS, category: '设计', ...until('2026-03-27') }),
  matter('DB-2026-015', '围挡更换', '项目二部', '待审核', '2026-03-13', { ...TASK, ...until('2026-03-13') }, '2026-03-13'),
  matter('DB-2026-016', '征拆台账', '征拆办', '已退办', '2026-03-10', { ...TASK, category: '拆迁', ...until('2026-03-10'), returnReason: '户数不符', returnDue: at(day('2026-03-18'), 17) }, '2026-03-10'),
  matter('DB-2026-017', '夜间施工审批', '项目二部', '已下发', '2026-04-03', { ...TASK, category: '前期手续', ...until('2026-04-03') }),
  matter('DB-2026-018', '东环路新建', '项目二部', '拟立项', '2026-12-31', { ...PROJECT, projectPhase: '开工', ...until('2026-12-31') }),
  matter('DB-2026-019', '南广场移交', '项目一部', '办理中', '2026-05-29', { ...PROJECT, category: '项目验收', projectPhase: '竣工', ...until('2026-05-29'), percent: 0.7 }),
  matter('DB-2026-020', '路灯养护', '安全部', '办理中', '2026-06-30', { ...TASK, projectPhase: '运行', ...until('2026-06-30') }),
  matter('DB-2026-021', '重复登记的任务', '设计院', '已撤销', '2026-03-20', { ...TASK, ...until('2026-03-20'), remark: '与 DB-2026-014 重复' }),
];

/** 督查督办平台: an invented works office with projects, nodes and limits to the hour. */
export const platformSample: Sample = {
  organisation: '样例建设单位',
  today: day('2026-03-16'),
  rows: {
    units: UNITS.map((name) => unitOf(name, '机关部室', '分管领导')),
    people: [post('督办管理员', '', '督办管理员、督办专员', 'duban'), post('分管领导', '', '分管领导', 'deputy'), ...staffOf(UNITS)],
    items: ITEMS,
    requests: [
      { requestId: 'SQ-2026-001', itemId: 'DB-2026-013', type: '暂停', applicant: '项目一部经办', appliedAt: on('2026-03-04'), reason: '产权单位停工令', approver1: '项目一部经理', decision1: '同意', decidedAt1: on('2026-03-04', 15), approver2: '分管领导', decision2: '同意', decidedAt2: on('2026-03-05'), outcome: '已批准' },
      { requestId: 'SQ-2026-002', itemId: 'DB-2026-014', type: '暂停', applicant: '设计院经办', appliedAt: on('2026-03-05'), reason: '水位过高', approver1: '设计院经理', decision1: '同意', decidedAt1: on('2026-03-05', 15), approver2: '分管领导', decision2: '同意', decidedAt2: on('2026-03-06'), outcome: '已批准' },
      { requestId: 'SQ-2026-003', itemId: 'DB-2026-014', type: '恢复', applicant: '设计院经办', appliedAt: on('2026-03-13', 14), reason: '水位回落', approver1: '设计院经理', decision1: '同意', decidedAt1: on('2026-03-13', 16) },
      { requestId: 'SQ-2026-004', itemId: 'DB-2026-010', type: '延期', applicant: '项目二部经办', appliedAt: on('2026-03-13', 10), reason: '检测机构排期', requestedLimit: at(day('2026-03-20'), 12), workDone: '完成一半' },
      { requestId: 'SQ-2026-005', itemId: 'DB-2026-015', type: '办结', applicant: '项目二部经办', appliedAt: on('2026-03-13', 15), reason: '已更换完毕' },
    ],
    feedback: [
      { feedbackId: 'FK-2026-001', itemId: 'DB-2026-006', at: on('2026-03-09', 10), by: '项目一部经办', type: '进展', progress: '路基完成三成', nextPlan: '继续路基', submission: '进度正常', submittedBy: '项目一部经理', submittedAt: on('2026-03-09', 15) },
      { feedbackId: 'FK-2026-002', itemId: 'DB-2026-012', at: on('2026-03-11', 10), by: '项目二部经办', type: '进展', progress: '交警批复未到', nextPlan: '上门协调' },
    ],
    inspections: [
      { inspectionId: 'DC-2026-001', date: day('2026-03-12'), unit: '征拆办', itemId: 'DB-2026-008', form: '明查', method: '查办', inspector: '督办管理员', facts: '余三户未签约', opinion: '抓紧', suggestion: '逐户上门' },
      { inspectionId: 'DC-2026-002', date: day('2026-03-13'), unit: '项目二部', itemId: 'DB-2026-012', form: '明查', method: '催办', inspector: '督办管理员', facts: '导改未完成', opinion: '已逾期', suggestion: '夜间施工' },
    ],
    scores: [
      { scoreId: 'SD-2026-001', month: '2026-02', unit: '项目二部', person: '项目二部经办', itemId: 'DB-2026-005', origin: '手动', reason: '质量优良', confirmed: 2, confirmedBy: '督办管理员', confirmedAt: on('2026-03-02') },
    ],
    archives: ITEMS.filter((item) => item.status === '已归档').map((item) => filed(item, '2026-02-06')),
    baseline: ITEMS.map((item) => baselineRow(item, on('2026-03-09', 8))),
  },
};
