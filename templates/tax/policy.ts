import { commonParameter, type Policy } from '#core';

/** 县税务局督查督办管理办法: seven categories, limits in calendar days, points for lateness and defects. */
export const taxPolicy: Policy = {
  id: 'tax',
  name: '县税务局',
  version: '1',
  supervisingUnit: '督办单位',
  categories: ['上级机关交办', '全市(省)会议部署', '人大建议/政协提案', '年初计划/专项', '局会议决定', '局领导交办', '其它'],
  forms: ['重要', '紧急', '疑难', '一般'],
  sourceTypes: [],
  statuses: ['拟立项', '待分办', '已下发', '办理中', '协调中', '待审核', '分管领导审核', '已退办', '已办结', '已归档', '已撤销'],
  hiddenColumns: ['sourceType', 'nodeType', 'projectPhase', 'specialReason', 'chaseDeadline'],
  assignableUnitTypes: [],
  parameters: [
    commonParameter('warningLeadDays', { value: 2, clause: 'tax-4.5a', note: '办法只要求限期前督导,未定提前几天;暂定提前 2 天' }),
    commonParameter('remainingUnit', { value: '自然日', clause: 'tax-3.1a', note: '办法按日计,未称工作日;按自然日显示' }),
    commonParameter('startDayCounts', { clause: 'tax-3.1a', note: '收受当日不计入(办法未写明)' }),
    commonParameter('lastDayRolls', { clause: 'tax-3.1a', note: '末日遇休息日顺延(办法未写明)' }),
    commonParameter('latenessBase', { clause: 'tax-5.2c', inText: true, note: '经批准顺延的,从顺延后的时限起算' }),
    commonParameter('extensionCutoff', { clause: 'tax-5.2a', note: '办法未定申请截止' }),
    commonParameter('maxExtensions', { clause: 'tax-5.2a', note: '办法未限次数,空白为不限' }),
    commonParameter('coordinationWorkdays', { value: 2, clause: 'tax-4.3c', note: '办法要求尽快退回,未定天数;暂定 2 个工作日' }),
    commonParameter('pointsPerLateDay', { value: 1, clause: 'tax-5.1a', inText: true, note: '迟办一天扣分,按自然日' }),
    commonParameter('pointsPerDefect', { value: 1, clause: 'tax-5.1b', inText: true, note: '每处不符合要求扣分' }),
    commonParameter('pointsForConsequence', { value: 2, clause: 'tax-5.1c', inText: true, note: '造成不良后果另扣,每件一次' }),
    {
      key: 'superiorDays', label: '上级机关交办时限', type: { kind: 'integer', min: 1, max: 365 }, value: 7, unit: '天',
      clause: 'tax-3.1a', inText: true, note: '自收受次日起的自然日;另有要求的填要求时限',
    },
    {
      key: 'proposalDays', label: '建议提案时限', type: { kind: 'integer', min: 1, max: 365 }, value: 15, unit: '天',
      clause: 'tax-3.3a', inText: true, note: '自收受次日起的自然日;另有要求的填要求时限',
    },
  ],
  deadlines: [
    {
      kind: 'default-limit', clause: 'tax-3.1a', text: '上级交办按收受后的天数', when: { categories: ['上级机关交办'] },
      from: 'receivedAt', unit: 'day', countKey: 'superiorDays',
    },
    {
      kind: 'default-limit', clause: 'tax-3.3a', text: '建议提案按收受后的天数', when: { categories: ['人大建议/政协提案'] },
      from: 'receivedAt', unit: 'day', countKey: 'proposalDays',
    },
  ],
  notices: [
    {
      kind: 'deadline-notice', clause: 'tax-4.2c', type: '立项下发', moment: { at: 'issue' }, when: {},
      to: ['handler', 'unitHead'], channel: '邮件', ask: '请签收工作督导单,按时限办理并反馈。',
    },
    {
      kind: 'deadline-notice', clause: 'tax-4.5a', type: '到期提醒', moment: { at: 'lead', leadKey: 'warningLeadDays', unit: 'day' },
      when: {}, to: ['handler'], channel: '摘要', ask: '时限将至,请抓紧办理。',
    },
    {
      kind: 'deadline-notice', clause: 'tax-4.5a', type: '督导提醒', moment: { at: 'lead', leadKey: 'warningLeadDays', unit: 'day' },
      when: {}, to: ['office'], channel: '摘要', unlessInspected: true, ask: '限期前还没有督导记录,请督导一次并登记督查记录。',
    },
    {
      kind: 'deadline-notice', clause: 'tax-4.5a', type: '到期提醒', moment: { at: 'due' },
      when: {}, to: ['handler'], channel: '摘要', ask: '今天到期,请上报办理结果;确需顺延的请先申请。',
    },
    {
      kind: 'deadline-notice', clause: 'tax-4.5c', type: '催办通知', moment: { at: 'overdue' },
      when: {}, to: ['handler', 'unitHead'], channel: '邮件', suppressible: true, ask: '已超过时限,请立即办理并说明原因。',
    },
    {
      kind: 'deadline-notice', clause: 'tax-4.5c', type: '督导提醒', moment: { at: 'overdue' },
      when: {}, to: ['office'], channel: '摘要', ask: '事项已超期,请进一步督导并登记督查记录。',
    },
    {
      kind: 'deadline-notice', clause: 'tax-4.5c', type: '逾期说明', moment: { at: 'weekly' },
      when: {}, to: ['handler', 'unitHead'], channel: '摘要', ask: '仍未办结,请填报逾期说明。',
    },
  ],
  scores: [
    { kind: 'late-day', clause: 'tax-5.1a', pointsKey: 'pointsPerLateDay', reason: '迟办', confirm: 'automatic' },
    { kind: 'defect', clause: 'tax-5.1b', pointsKey: 'pointsPerDefect', reason: '办理不符合要求', confirm: 'automatic' },
    { kind: 'consequence', clause: 'tax-5.1c', pointsKey: 'pointsForConsequence', reason: '造成不良后果', confirm: 'automatic' },
  ],
  approvals: [
    {
      type: '延期', clause: 'tax-5.2a', when: {}, levels: [['局领导']], cutoffKey: 'extensionCutoff', maxKey: 'maxExtensions',
      replyWorkdaysKey: 'extensionReplyWorkdays',
    },
    { type: '非职责退回', clause: 'tax-4.3c', when: {}, levels: [['督办管理员', '督办专员', '办公室主任']] },
    { type: '协调', clause: 'tax-4.4c', when: {}, levels: [['督办管理员', '督办专员', '办公室主任']] },
    { type: '分歧协调', clause: 'tax-4.4b', when: {}, levels: [['单位负责人'], ['督办管理员', '督办专员', '办公室主任']] },
    { type: '办结', clause: 'tax-4.7a', when: {}, levels: [['督办管理员', '督办专员', '办公室主任'], ['局领导']] },
    { type: '更正', clause: 'tax-4.1', when: {}, levels: [['督办管理员', '督办专员', '办公室主任']] },
  ],
  clauses: {
    intake: 'tax-4.1', issue: 'tax-4.2c', handling: 'tax-4.3a', lateness: 'tax-5.1a', rate: 'tax-4.1', ranking: 'tax-5.0b',
    bulletin: 'tax-5.0c', closing: 'tax-4.7a', archive: 'tax-4.7b', effectiveFrom: 'tax-6',
  },
  rankByUnitType: false,
};
