import { commonParameter, type Policy } from '#core';

const OFFICE = ['督查组组长', '督办管理员', '督办专员'] as const;

/** 物流公司督查工作办法: a supervision group, notices one to three working days ahead, chasers within two. */
export const logisticsPolicy: Policy = {
  id: 'logistics',
  name: '物流公司',
  version: '1',
  supervisingUnit: '督查组',
  categories: ['目标任务与月度重点工作计划', '重点项目和重点事项', '领导安排/会议/文件', '部门目标责任与任务', '其他'],
  forms: ['公司级重点', '部门重点'],
  sourceTypes: [],
  statuses: ['拟立项', '已下发', '办理中', '协调中', '待审核', '已退办', '已办结', '已归档', '已撤销'],
  hiddenColumns: ['sourceType', 'nodeType', 'projectPhase', 'dispatchOpinion', 'remarkDeadline'],
  assignableUnitTypes: [],
  parameters: [
    commonParameter('effectiveFrom', { value: '2010-07-15', clause: 'logistics-23', inText: true, note: '办法的施行日期' }),
    commonParameter('warningLeadWorkdays', { value: 3, clause: 'logistics-11', inText: true, note: '催办预告提前 1 至 3 个工作日' }),
    commonParameter('chaseWithinWorkdays', { value: 2, clause: 'logistics-12', inText: true, note: '逾期后 2 个工作日内发催办通知' }),
    commonParameter('maxExtensions', { value: 0, clause: 'logistics-13a', note: '办法没有延期程序' }),
    commonParameter('criticismThreshold', { value: 3, clause: 'logistics-18b', inText: true, note: '一年内通报批评次数达到即诫勉谈话' }),
  ],
  deadlines: [],
  notices: [
    { kind: 'deadline-notice', clause: 'logistics-10b', type: '立项下发', moment: { at: 'issue' }, when: {}, to: ['dutyPerson', 'handler'], channel: '邮件', ask: '请按实施方案组织落实。' },
    { kind: 'deadline-notice', clause: 'logistics-11', type: '催办预告', moment: { at: 'lead', leadKey: 'warningLeadWorkdays', unit: 'workday' }, when: {}, to: ['dutyPerson'], channel: '摘要', ask: '即将到期,请确保按时完成。' },
    { kind: 'deadline-notice', clause: 'logistics-12', type: '催办通知', moment: { at: 'overdue' }, when: {}, to: ['dutyPerson', 'unitHead'], channel: '邮件', suppressible: true, ask: '已逾期,请说明情况并尽快完成。' },
    { kind: 'deadline-notice', clause: 'logistics-13a', type: '督导提醒', moment: { at: 'overdue' }, when: {}, to: ['office'], channel: '摘要', ask: '请在催办通知中明确新的完成节点。' },
  ],
  scores: [
    { kind: 'criticism', clause: 'logistics-18a', thresholdKey: 'criticismThreshold', sanction: '诫勉谈话', sanctionClause: 'logistics-18b', reason: '通报批评' },
  ],
  approvals: [
    { type: '重定时限', clause: 'logistics-13a', when: {}, levels: [OFFICE] },
    { type: '协调', clause: 'logistics-7.4', when: {}, levels: [OFFICE] },
    { type: '限期整改', clause: 'logistics-7.5', when: {}, levels: [OFFICE] },
  ],
  clauses: {
    intake: 'logistics-10a', issue: 'logistics-10b', handling: 'logistics-10b', lateness: 'logistics-12', rate: 'logistics-14a', ranking: 'logistics-14b',
    bulletin: 'logistics-14a', closing: 'logistics-10b', archive: 'logistics-10a', effectiveFrom: 'logistics-23',
  },
  rankByUnitType: false,
};
