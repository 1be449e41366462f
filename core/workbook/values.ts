/** The dropdown values of the contract that every policy shares. */

export const YES_NO = ['是', '否'] as const;

export const STATUSES = [
  '拟立项', '征求意见', '待批示', '待分办', '已下发', '办理中', '协调中', '已暂停', '待审核', '分管领导审核',
  '总经理批示', '已退办', '已办结', '已归档', '不予立项', '已撤销', '阶段性办毕',
] as const;
export type Status = (typeof STATUSES)[number];

export const LIGHTS = ['绿', '黄', '红', '蓝', '灰', '完'] as const;
export type Light = (typeof LIGHTS)[number];

export const ROW_TYPES = ['事项', '分解', '节点', '环节'] as const;
export const HANDLINGS = ['主协办', '依次传办'] as const;
export const URGENCIES = ['普通', '紧急', '特急'] as const;
export const IMPORTANCES = ['一般', '重要', '重大'] as const;
export const NODE_TYPES = ['最终节点', '关键性节点', '常规节点'] as const;
export type NodeType = (typeof NODE_TYPES)[number];
export const PROJECT_PHASES = ['开工', '建设', '竣工', '运行'] as const;
export const CONFIDENTIALITIES = ['公开', '内部', '保密'] as const;
export const FEEDBACK_CYCLES = ['每日', '每周', '每两周', '每月', '阶段'] as const;

export const REQUEST_TYPES = [
  '延期', '暂停', '恢复', '办结', '协调', '非职责退回', '分歧协调', '征求意见', '重定时限', '限期整改', '更正',
] as const;
export type RequestType = (typeof REQUEST_TYPES)[number];
export const DECISIONS = ['同意', '不同意', '转报'] as const;
export const REQUEST_RESULTS = ['审批中', '已批准', '已驳回', '不予受理'] as const;
export type RequestResult = (typeof REQUEST_RESULTS)[number];
export const SIGNING_MODES = ['本人', '代录'] as const;

export const FEEDBACK_TYPES = ['进展', '结果', '逾期说明', '协办意见'] as const;
export type FeedbackType = (typeof FEEDBACK_TYPES)[number];
export const INSPECTION_FORMS = ['明查', '抽查', '自查'] as const;
export const INSPECTION_METHODS = ['电话', '现场', '上门', '会议', 'OA', '催办', '查办'] as const;

export const NOTICE_TYPES = [
  '立项下发', '催办预告', '到期提醒', '催办通知', '逾期说明', '延期批复', '退办通知', '审核提醒', '批复提醒', '督导提醒',
  '反馈提醒', '反馈抄送', '协调通知', '限期整改', '归档抄送', '问责通知', '更正说明', '每日摘要', '通报', '排名', '考核意见',
] as const;
export type NoticeType = (typeof NOTICE_TYPES)[number];
export const NOTICE_STATUSES = ['待签', '待发', '发送中', '已发', '失败', '已取消'] as const;
export type NoticeStatus = (typeof NOTICE_STATUSES)[number];

export const SCORE_ORIGINS = ['自动', '手动'] as const;
export const SCORE_STATUSES = ['建议', '生效', '待认定', '申诉中', '撤销'] as const;
export type ScoreStatus = (typeof SCORE_STATUSES)[number];
export const APPEAL_RESULTS = ['维持', '调整', '撤销'] as const;
export const SANCTION_STATUSES = ['建议', '已批准', '已执行', '撤销'] as const;

export const BULLETIN_TYPES = [
  '月度通报', '季度排名', '年度总评', '督查通报', '专项通报', '阶段通报', '总结汇报', '行政办公会', '反馈汇总', '即时通报',
] as const;
export type BulletinType = (typeof BULLETIN_TYPES)[number];
export const BULLETIN_FORMS = ['公告', '会议', '文件', '电话'] as const;
export const BULLETIN_STATUSES = ['草稿', '待签发', '已签发', '已发送'] as const;
export const PRAISE_OR_CRITICISM = ['表彰', '批评'] as const;

export const UNIT_TYPES = ['分(子)公司', '机关部室', '科室', '项目', '外部'] as const;
export const ROLES = [
  '督办管理员', '督办专员', '督查组组长', '督查组成员', '联络员', '办公室主任', '承办人', '责任人', '单位负责人', '分管领导',
  '督办领导', '主管领导', '局领导', '总经理', '查看',
] as const;
export type Role = (typeof ROLES)[number];
export const DAY_TYPES = ['休', '班'] as const;
