import { column } from './column-types.ts';
import {
  APPEAL_RESULTS, BULLETIN_FORMS, BULLETIN_STATUSES, BULLETIN_TYPES, DAY_TYPES, DECISIONS, FEEDBACK_TYPES,
  INSPECTION_FORMS, INSPECTION_METHODS, NOTICE_STATUSES, NOTICE_TYPES, PRAISE_OR_CRITICISM, REQUEST_RESULTS,
  REQUEST_TYPES, ROLES, SANCTION_STATUSES, SCORE_ORIGINS, SCORE_STATUSES, SIGNING_MODES, UNIT_TYPES, YES_NO,
} from './values.ts';

/** 申请审批. */
export const REQUEST_COLUMNS = [
  column('requestId', '申请编号', 'id', 'P*', { width: 16 }),
  column('itemId', '事项编号', 'ref', 'P', { width: 15 }),
  column('type', '类型', 'choice', 'P', { values: REQUEST_TYPES, width: 11 }),
  column('applicant', '申请人', 'person', 'P', { width: 10 }),
  column('appliedAt', '申请时间', 'moment', 'P*', { width: 16 }),
  column('reason', '原因', 'text', 'P', { width: 26 }),
  column('workDone', '办理进度', 'text', 'P', { width: 20 }),
  column('requestedLimit', '申请时限', 'limit', 'P', { width: 13 }),
  column('otherUnit', '对方单位', 'unit', 'P', { width: 13 }),
  column('bothReasons', '双方理由依据', 'text', 'P', { width: 20 }),
  column('attachments', '附件', 'text', 'P', { width: 14 }),
  column('approver1', '一级审批人', 'person', 'P', { width: 11 }),
  column('decision1', '一级结论', 'choice', 'P', { values: DECISIONS, width: 9 }),
  column('opinion1', '一级意见', 'text', 'P', { width: 16 }),
  column('decidedAt1', '一级时间', 'moment', 'P*', { width: 16 }),
  column('approver2', '二级审批人', 'person', 'P', { width: 11 }),
  column('decision2', '二级结论', 'choice', 'P', { values: DECISIONS, width: 9 }),
  column('opinion2', '二级意见', 'text', 'P', { width: 16 }),
  column('decidedAt2', '二级时间', 'moment', 'P*', { width: 16 }),
  column('approver3', '三级审批人', 'person', 'P', { width: 11 }),
  column('decision3', '三级结论', 'choice', 'P', { values: DECISIONS, width: 9 }),
  column('opinion3', '三级意见', 'text', 'P', { width: 16 }),
  column('decidedAt3', '三级时间', 'moment', 'P*', { width: 16 }),
  column('grantedLimit', '批准时限', 'limit', 'P', { width: 13 }),
  column('overrideReason', '特批理由', 'text', 'P', { width: 18 }),
  column('signingMode', '签批方式', 'choice', 'P', { values: SIGNING_MODES, width: 9 }),
  column('signingProof', '签批凭据', 'text', 'P', { width: 16 }),
  column('correctedField', '更正字段', 'text', 'P', { width: 12 }),
  column('correctedTo', '更正为', 'text', 'P', { width: 16 }),
  column('approverNow', '当前应批人', 'text', 'A', { width: 12 }),
  column('nextStep', '下一步', 'text', 'A', { width: 18 }),
  column('ordinal', '第几次', 'number', 'A', { width: 8 }),
  column('replyDue', '批复期限', 'limit', 'A', { width: 13 }),
  column('outcome', '结果', 'choice', 'A', { values: REQUEST_RESULTS, width: 10 }),
  column('clause', '依据条款', 'text', 'A', { width: 18 }),
  column('hint', '提示', 'text', 'A', { width: 28 }),
] as const;

/** 进展反馈. */
export const FEEDBACK_COLUMNS = [
  column('feedbackId', '反馈编号', 'id', 'P*', { width: 16 }),
  column('itemId', '事项编号', 'ref', 'P', { width: 15 }),
  column('at', '反馈时间', 'moment', 'P*', { width: 16 }),
  column('by', '反馈人', 'person', 'P', { width: 10 }),
  column('type', '类型', 'choice', 'P', { values: FEEDBACK_TYPES, width: 10 }),
  column('progress', '进展情况', 'text', 'P', { width: 34 }),
  column('nextPlan', '下步计划', 'text', 'P', { width: 22 }),
  column('problems', '存在问题', 'text', 'P', { width: 20 }),
  column('solutions', '解决方案', 'text', 'P', { width: 20 }),
  column('needsRectification', '需整改', 'choice', 'P', { values: YES_NO, width: 8 }),
  column('rectification', '整改措施', 'text', 'P', { width: 18 }),
  column('submission', '提报内容', 'text', 'P', { width: 18 }),
  column('submittedBy', '提报人', 'person', 'P', { width: 10 }),
  column('submittedAt', '提报时间', 'moment', 'P*', { width: 16 }),
  column('headReviewed', '负责人审阅', 'choice', 'P', { values: ['是'], width: 10 }),
  column('headReviewedAt', '负责人审阅时间', 'moment', 'P*', { width: 16 }),
  column('reportedAt', '已报领导时间', 'moment', 'P', { width: 16 }),
  column('attachments', '附件', 'text', 'P', { width: 14 }),
  column('hint', '提示', 'text', 'A', { width: 24 }),
] as const;

/** 督查记录. */
export const INSPECTION_COLUMNS = [
  column('inspectionId', '记录编号', 'id', 'P*', { width: 16 }),
  column('date', '日期', 'day', 'P', { width: 12 }),
  column('unit', '单位', 'unit', 'P', { width: 14 }),
  column('itemId', '事项编号', 'ref', 'P', { width: 15 }),
  column('form', '形式', 'choice', 'P', { values: INSPECTION_FORMS, width: 8 }),
  column('method', '方式', 'choice', 'P', { values: INSPECTION_METHODS, width: 8 }),
  column('inspector', '督查人', 'person', 'P', { width: 10 }),
  column('facts', '事实', 'text', 'P', { width: 30 }),
  column('opinion', '督查意见', 'text', 'P', { width: 24 }),
  column('suggestion', '建议', 'text', 'P', { width: 20 }),
  column('rectifyBy', '整改期限', 'limit', 'P', { width: 13 }),
  column('hint', '提示', 'text', 'A', { width: 22 }),
] as const;

/** 通知: the ledger of what was told to whom. */
export const NOTICE_COLUMNS = [
  column('noticeId', '通知编号', 'id', 'A', { width: 34 }),
  column('type', '类型', 'choice', 'A', { values: NOTICE_TYPES, width: 10 }),
  column('itemId', '事项编号', 'ref', 'A', { width: 15 }),
  column('recipient', '收件人', 'text', 'A', { width: 12 }),
  column('copy', '抄送', 'list', 'A', { width: 14 }),
  column('channel', '渠道', 'text', 'A', { width: 8 }),
  column('plannedOn', '计划日期', 'day', 'A', { width: 12 }),
  column('status', '状态', 'choice', 'S', { values: NOTICE_STATUSES, width: 9 }),
  column('signer', '签发人', 'person', 'P', { width: 10 }),
  column('sentAt', '发送时间', 'moment', 'A', { width: 16 }),
  column('readAt', '已读时间', 'moment', 'A', { width: 16 }),
  column('attempts', '尝试次数', 'number', 'A', { width: 9 }),
  column('subject', '标题', 'text', 'A', { width: 34 }),
  column('body', '正文', 'text', 'A', { width: 40 }),
  column('clause', '依据条款', 'text', 'A', { width: 16 }),
  column('error', '错误', 'text', 'A', { width: 20 }),
] as const;

/** 考核计分. */
export const SCORE_COLUMNS = [
  column('scoreId', '计分编号', 'id', 'A', { width: 30 }),
  column('month', '考核月份', 'text', 'A', { width: 10 }),
  column('unit', '单位', 'unit', 'A', { width: 15 }),
  column('person', '人员', 'text', 'A', { width: 10 }),
  column('itemId', '事项编号', 'ref', 'A', { width: 15 }),
  column('origin', '来源', 'choice', 'A', { values: SCORE_ORIGINS, width: 8 }),
  column('reason', '扣分原因', 'text', 'A', { width: 16 }),
  column('proposed', '建议分值', 'number', 'A', { width: 10 }),
  column('coefficient', '系数调整', 'number', 'A', { width: 10 }),
  column('working', '计算过程', 'text', 'A', { width: 36 }),
  column('clause', '依据条款', 'text', 'A', { width: 16 }),
  column('status', '状态', 'choice', 'A', { values: SCORE_STATUSES, width: 9 }),
  column('confirmed', '确认分值', 'number', 'P', { width: 10 }),
  column('confirmedBy', '确认人', 'person', 'P', { width: 10 }),
  column('confirmedAt', '确认时间', 'moment', 'P*', { width: 16 }),
  column('appealReason', '申诉理由', 'text', 'P', { width: 22 }),
  column('appellant', '申诉人', 'person', 'P', { width: 10 }),
  column('appealResult', '复核结论', 'choice', 'P', { values: APPEAL_RESULTS, width: 9 }),
  column('reviewedBy', '复核人', 'person', 'P', { width: 10 }),
  column('reviewedAt', '复核时间', 'moment', 'P*', { width: 16 }),
  column('note', '说明', 'text', 'P', { width: 20 }),
] as const;

/** 问责处理. */
export const SANCTION_COLUMNS = [
  column('sanctionId', '处理编号', 'id', 'A', { width: 22 }),
  column('date', '日期', 'day', 'A', { width: 12 }),
  column('period', '期间', 'text', 'A', { width: 10 }),
  column('type', '类型', 'text', 'P', { width: 14 }),
  column('unit', '单位', 'unit', 'P', { width: 14 }),
  column('person', '人员', 'person', 'P', { width: 10 }),
  column('itemId', '事项编号', 'ref', 'P', { width: 15 }),
  column('clause', '依据条款', 'text', 'A', { width: 16 }),
  column('status', '状态', 'choice', 'P', { values: SANCTION_STATUSES, width: 9 }),
  column('approvedBy', '批准人', 'person', 'P', { width: 10 }),
  column('due', '期限', 'limit', 'P', { width: 13 }),
  column('note', '说明', 'text', 'P', { width: 24 }),
] as const;

/** 排名. */
export const RANKING_COLUMNS = [
  column('period', '期间', 'text', 'A', { width: 10 }),
  column('group', '分组', 'text', 'A', { width: 13 }),
  column('rank', '名次', 'text', 'A', { width: 8 }),
  column('unit', '单位', 'unit', 'A', { width: 16 }),
  column('dueCount', '应办数', 'number', 'A', { width: 9 }),
  column('onTimeCount', '按时办结数', 'number', 'A', { width: 11 }),
  column('rate', '办结率', 'percent', 'A', { width: 10 }),
  column('rateIssued', '立项口径办结率', 'percent', 'A', { width: 13 }),
  column('rateDue', '到期口径办结率', 'percent', 'A', { width: 13 }),
  column('extensionRate', '延期率', 'percent', 'A', { width: 10 }),
  column('returnCount', '退办数', 'number', 'A', { width: 9 }),
  column('points', '扣分', 'number', 'A', { width: 9 }),
  column('coefficient', '系数', 'number', 'A', { width: 9 }),
  column('excellentEligible', '评优资格', 'choice', 'A', { values: YES_NO, width: 10 }),
  column('awardEligible', '评先资格', 'choice', 'A', { values: YES_NO, width: 10 }),
] as const;

/** 通报. */
export const BULLETIN_COLUMNS = [
  column('bulletinId', '通报编号', 'id', 'A', { width: 18 }),
  column('period', '期间', 'text', 'P', { width: 10 }),
  column('type', '类型', 'choice', 'P', { values: BULLETIN_TYPES, width: 11 }),
  column('form', '形式', 'choice', 'P', { values: BULLETIN_FORMS, width: 8 }),
  column('due', '通报期限', 'limit', 'P', { width: 13 }),
  column('status', '状态', 'choice', 'P', { values: BULLETIN_STATUSES, width: 9 }),
  column('signer', '签发人', 'person', 'P', { width: 10 }),
  column('publishedAt', '发布时间', 'moment', 'P', { width: 16 }),
  column('subject', '标题', 'text', 'P', { width: 30 }),
  column('body', '正文', 'text', 'P', { width: 50 }),
  column('attachments', '附件', 'text', 'P', { width: 14 }),
  column('fingerprint', '指纹', 'text', 'A', { width: 16 }),
] as const;

/** 通报条目. */
export const BULLETIN_ENTRY_COLUMNS = [
  column('bulletinId', '通报编号', 'ref', 'P', { width: 18 }),
  column('unit', '单位', 'unit', 'P', { width: 14 }),
  column('person', '人员', 'person', 'P', { width: 10 }),
  column('verdict', '表彰批评', 'choice', 'P', { values: PRAISE_OR_CRITICISM, width: 10 }),
  column('matter', '事由', 'text', 'P', { width: 40 }),
  column('hint', '提示', 'text', 'A', { width: 24 }),
] as const;

/** 单位. */
export const UNIT_COLUMNS = [
  column('name', '单位', 'text', 'P', { width: 18, synonyms: ['单位名称', '部门'] }),
  column('code', '单位代码', 'text', 'P', { width: 10 }),
  column('type', '单位类型', 'choice', 'P', { values: UNIT_TYPES, width: 12 }),
  column('head', '负责人', 'person', 'P', { width: 10 }),
  column('dutyPerson', '责任人', 'person', 'P', { width: 10 }),
  column('leaderInCharge', '分管领导', 'person', 'P', { width: 10 }),
  column('email', '邮箱', 'text', 'P', { width: 24 }),
  column('contractPoints', '责任书扣分', 'number', 'P', { width: 11 }),
  column('criticismPoints', '通报扣分', 'number', 'P', { width: 10 }),
  column('formerNames', '曾用名', 'list', 'P', { width: 16 }),
  column('mergedInto', '并入', 'unit', 'P', { width: 14 }),
  column('effectiveFrom', '生效日期', 'day', 'P', { width: 12 }),
  column('active', '启用', 'choice', 'P', { values: YES_NO, width: 7 }),
] as const;

/** 人员. */
export const PERSON_COLUMNS = [
  column('name', '姓名', 'text', 'P', { width: 14 }),
  column('unit', '单位', 'unit', 'P', { width: 16 }),
  column('roles', '角色', 'list', 'P', { values: ROLES, width: 22 }),
  column('email', '邮箱', 'text', 'P', { width: 26 }),
  column('phone', '手机', 'text', 'P', { width: 14 }),
  column('feishuId', '飞书ID', 'text', 'P', { width: 14 }),
  column('substitute', '代理人', 'person', 'P', { width: 10 }),
  column('substituteFrom', '代理起', 'day', 'P', { width: 12 }),
  column('substituteTo', '代理止', 'day', 'P', { width: 12 }),
  column('qualified', '资格确认', 'text', 'P', { width: 12 }),
  column('active', '启用', 'choice', 'P', { values: YES_NO, width: 7 }),
  column('leftOn', '离任日期', 'day', 'P', { width: 12 }),
  column('successor', '接任人', 'person', 'P', { width: 10 }),
] as const;

/** 回避. */
export const RECUSAL_COLUMNS = [
  column('person', '人员', 'person', 'P', { width: 12 }),
  column('against', '回避对象', 'text', 'P', { width: 18 }),
  column('reason', '原因', 'text', 'P', { width: 24 }),
  column('from', '起', 'day', 'P', { width: 12 }),
  column('to', '止', 'day', 'P', { width: 12 }),
] as const;

/** 工作日历. */
export const CALENDAR_COLUMNS = [
  column('date', '日期', 'day', 'P', { width: 13 }),
  column('type', '类型', 'choice', 'P', { values: DAY_TYPES, width: 8 }),
  column('name', '名称', 'text', 'P', { width: 24 }),
] as const;

/** 制度参数. */
export const PARAMETER_COLUMNS = [
  column('label', '参数', 'text', 'A', { width: 26 }),
  column('key', '键', 'text', 'A', { width: 26 }),
  column('value', '值', 'text', 'P', { width: 18 }),
  column('effectiveFrom', '生效日', 'day', 'P', { width: 12 }),
  column('unit', '单位', 'text', 'A', { width: 10 }),
  column('clause', '依据条款', 'text', 'A', { width: 16 }),
  column('inText', '原文规定', 'choice', 'A', { values: YES_NO, width: 9 }),
  column('note', '说明', 'text', 'A', { width: 44 }),
  column('hint', '提示', 'text', 'A', { width: 30 }),
] as const;

/** 流转记录. */
export const HISTORY_COLUMNS = [
  column('seq', '序号', 'number', 'A', { width: 9 }),
  column('at', '时间', 'moment', 'A', { width: 16 }),
  column('runId', '运行编号', 'text', 'A', { width: 16 }),
  column('itemId', '事项编号', 'ref', 'A', { width: 15 }),
  column('sheet', '表', 'text', 'A', { width: 11 }),
  column('field', '字段', 'text', 'A', { width: 12 }),
  column('before', '原值', 'text', 'A', { width: 20 }),
  column('after', '新值', 'text', 'A', { width: 20 }),
  column('actor', '操作人', 'text', 'A', { width: 12 }),
  column('clause', '依据条款', 'text', 'A', { width: 16 }),
  column('chain', '链', 'text', 'A', { width: 20 }),
] as const;

/** 归档案卷. */
export const ARCHIVE_COLUMNS = [
  column('archiveNo', '档号', 'id', 'A', { width: 18 }),
  column('itemId', '事项编号', 'ref', 'P', { width: 15 }),
  column('archivedOn', '归档日期', 'day', 'A', { width: 12 }),
  column('instructions', '领导批示', 'text', 'P', { width: 12 }),
  column('originals', '查办原件', 'text', 'P', { width: 12 }),
  column('investigation', '情况调查', 'text', 'P', { width: 12 }),
  column('handling', '处理结果', 'text', 'P', { width: 12 }),
  column('correspondence', '来往文件', 'text', 'P', { width: 12 }),
  column('report', '办结报告', 'text', 'P', { width: 12 }),
  column('receivingUnit', '接收部门', 'text', 'P', { width: 14 }),
  column('receiver', '接收人', 'person', 'P', { width: 10 }),
  column('receivedAt', '接收时间', 'moment', 'P', { width: 16 }),
  column('fingerprint', '备份指纹', 'text', 'A', { width: 16 }),
] as const;

/** 运行记录. */
export const RUN_COLUMNS = [
  column('runId', '运行编号', 'id', 'A', { width: 18 }),
  column('at', '时间', 'moment', 'A', { width: 16 }),
  column('version', '版本', 'text', 'A', { width: 9 }),
  column('policy', '制度', 'text', 'A', { width: 10 }),
  column('items', '事项数', 'number', 'A', { width: 9 }),
  column('writes', '写入数', 'number', 'A', { width: 9 }),
  column('notices', '通知数', 'number', 'A', { width: 9 }),
  column('conflicts', '冲突数', 'number', 'A', { width: 9 }),
  column('issues', '问题数', 'number', 'A', { width: 9 }),
  column('ms', '毫秒', 'number', 'A', { width: 9 }),
  column('chainHead', '链首', 'text', 'A', { width: 20 }),
] as const;

/** 底账: what a run needs of the past, one row per item ever seen. */
export const BASELINE_COLUMNS = [
  column('itemId', '事项编号', 'id', 'A', { width: 15 }),
  column('title', '事项名', 'text', 'A', { width: 30 }),
  column('firstSeen', '首见时间', 'moment', 'A', { width: 16 }),
  column('policyVersion', '制度版本', 'text', 'A', { width: 12 }),
  column('effectiveStatus', '生效状态', 'text', 'A', { width: 11 }),
  column('statusAt', '状态时间', 'moment', 'A', { width: 16 }),
  column('deadlineOriginal', '原定时限', 'limit', 'A', { width: 13 }),
  column('issuedAt', '下发时间', 'moment', 'A', { width: 16 }),
  column('signedAt', '签收时间', 'moment', 'A', { width: 16 }),
  column('firstSubmittedAt', '首次上报时间', 'moment', 'A', { width: 16 }),
  column('closedAt', '办结日期', 'moment', 'A', { width: 16 }),
  column('pausedMinutes', '累计暂停', 'number', 'A', { width: 10 }),
  column('seal', '印', 'text', 'A', { width: 16 }),
] as const;
