import type { ParameterDefinition, ParameterType, Policy, PolicyId } from './schema.ts';
import { TEXT_PARAMETERS } from './text-parameters.ts';

const POLICY_IDS = ['bus', 'logistics', 'expo', 'company', 'platform', 'tax'] as const satisfies readonly PolicyId[];
const CADENCES = ['每月', '每季度', '每年', '不定期', '无'] as const;

const YES_OR_NO: ParameterType = { kind: 'choice', values: ['是', '否'] };
const HOST: ParameterType = { kind: 'choice', values: ['apps-script', 'sync-service'] };

function choice(values: readonly string[]): ParameterType {
  return { kind: 'choice', values };
}

function count(max: number): ParameterType {
  return { kind: 'integer', min: 0, max };
}

function amount(min: number, max: number): ParameterType {
  return { kind: 'number', min, max };
}

function common(
  key: string, label: string, type: ParameterType, value: string | number, unit: string, note: string,
  more: { readonly optional?: boolean } = {},
): ParameterDefinition {
  return { key, label, type, value, unit, clause: '', inText: false, note, ...more };
}

/**
 * The parameters that every policy has, in the order of 制度参数 (contract, Policies). A default here is the program's
 * own; a policy puts its regulation's value and article in its place.
 */
export const COMMON_PARAMETERS: readonly ParameterDefinition[] = [
  common('policy', '适用制度', choice(POLICY_IDS), '', '', '本工作簿按哪一部制度办理'),
  common('effectiveFrom', '制度生效日', { kind: 'day' }, '', '', '此日前下发的事项不计分;空白为全部适用'),
  common('goLive', '启用日', { kind: 'day' }, '', '', '此日前的逾期只亮灯,不催办、不扣分、不排名;首批通知先送督办办公室,放行后才发;空白为不限'),
  common('lockedThrough', '锁定至', { kind: 'period' }, '', '', '已签发的期间不再改写,如 2026-02 或 2026Q1'),
  common('plannerHost', '运行主机', HOST, 'sync-service', '', '由哪一处计算,只能一处'),
  common('senderHost', '发信主机', HOST, 'sync-service', '', '由哪一处发信,只能一处'),
  common('warningLeadWorkdays', '预警提前量(工作日)', count(60), 3, '工作日', '剩余工作日不多于此数亮黄灯', { optional: true }),
  common('warningLeadDays', '预警提前量(自然日)', count(90), '', '天', '填写后按自然日预警,不再看工作日提前量', { optional: true }),
  common('remainingUnit', '剩余天数单位', choice(['工作日', '自然日']), '工作日', '', '「剩余天数」按哪种天数显示'),
  common('startDayCounts', '首日计入', YES_OR_NO, '否', '', '收受或下发当日是否算第一天'),
  common('lastDayRolls', '末日遇休顺延', YES_OR_NO, '是', '', '按自然日推算的时限落在休息日时顺延;填写的日期不顺延'),
  common('rateDenominator', '办结率分母', choice(['due', 'issued', 'closed-or-due']), 'due', '', 'due 到期口径;issued 立项口径;closed-or-due 期内办结或到期'),
  common('latenessBase', '超期起算', choice(['current', 'original']), 'current', '', 'current 按有效延期后的时限;original 按原定时限'),
  common('maxExtensions', '延期次数上限', count(99), '', '次', '空白为不限', { optional: true }),
  common('extensionCutoff', '延期申请截止', choice(['before-deadline', 'before-chase', 'any']), 'any', '', 'before-deadline 到期前;before-chase 催办前;any 不限'),
  common('reviewWorkdays', '审核期限', count(60), '', '工作日', '自上报办结次日起;空白为不设', { optional: true }),
  common('extensionReplyWorkdays', '延期批复期限', count(60), '', '工作日', '自申请次日起;空白为不设', { optional: true }),
  common('coordinationWorkdays', '协调提出期限', count(60), '', '工作日', '自签收次日起提出协调或非本单位职责;空白为不设', { optional: true }),
  common('chaseWithinWorkdays', '催办发出期限', count(60), '', '工作日', '逾期后几个工作日内须发出催办;空白为不设', { optional: true }),
  common('chaseSuppressedBy', '免催条件', choice(['result-or-request', 'any-feedback']), 'result-or-request', '', 'result-or-request 已上报结果或已申请延期;any-feedback 有任何反馈'),
  common('pointsPerLateDay', '迟办每天扣分', amount(0, 100), 0, '分/天', '零为不扣'),
  common('pointsPerDefect', '每处不符合扣分', amount(0, 100), 0, '分/处', '零为不扣'),
  common('pointsForConsequence', '不良后果加扣', amount(0, 100), 0, '分/件', '仅在迟办或不符合时另扣;零为不扣'),
  common('coefficientFirstExtension', '首次延期系数', amount(-1, 0), 0, '', '零为不调整'),
  common('coefficientSecondExtension', '二次延期系数', amount(-1, 0), 0, '', '零为不调整'),
  common('coefficientUnfinished', '延期后仍未办结系数', amount(-1, 0), 0, '', '零为不调整'),
  common('coefficientStacking', '系数合并', choice(['highest', 'add']), 'highest', '', '同一事项同月:highest 取最重一档;add 累加'),
  common('criticismThreshold', '通报批评门槛', count(99), '', '次/年', '年内达到即产生处理建议;空白为不设', { optional: true }),
  common('bulletinCadence', '通报周期', choice(CADENCES), '每月', '', ''),
  common('rankingCadence', '排名周期', choice(CADENCES), '每季度', '', ''),
  common('rankMinimum', '排名最少件数', { kind: 'integer', min: 1, max: 999 }, 1, '件', '应办数不足的单位列为不排名'),
  common('appealWorkdays', '申诉期限', count(60), 5, '工作日', '扣分产生后多少个工作日内可申诉'),
  common('editMode', '改动管控', choice(['hint', 'strict']), 'hint', '', 'hint 只提示;strict 不合规的改动予以还原'),
  common('digestTime', '摘要发送时刻', { kind: 'time' }, '08:30', '', '每个工作日的汇总邮件不早于此时发出'),
];

/** The program's own, beside those of the contract. */
const PROGRAM_PARAMETERS: readonly ParameterDefinition[] = [
  common('releaseMinimum', '放行件数', { kind: 'integer', min: 1, max: 9999 }, 10, '件', '启用后一次新登记达到此件数的,也先由督办办公室放行;空白为不须放行', { optional: true }),
  ...TEXT_PARAMETERS,
];

const COMMON_BY_KEY = new Map(COMMON_PARAMETERS.map((definition) => [definition.key, definition]));

/** A common parameter with the values a regulation gives it; throws a RangeError for a key that isn't common. */
export function commonParameter(
  key: string, changes: Partial<Pick<ParameterDefinition, 'value' | 'clause' | 'inText' | 'note' | 'optional'>>,
): ParameterDefinition {
  const definition = COMMON_BY_KEY.get(key);
  if (definition === undefined) throw new RangeError(`not a common parameter: ${key}`);
  return { ...definition, ...changes };
}

/** The parameters of a policy: the common ones, its own values in their place, the program's, then its own keys. */
export function parameterDefinitions(policy: Policy): readonly ParameterDefinition[] {
  const own = new Map(policy.parameters.map((definition) => [definition.key, definition]));
  const shared = COMMON_PARAMETERS.map((definition) => definition.key === 'policy'
    ? { ...definition, value: policy.id }
    : own.get(definition.key) ?? definition);
  return [...shared, ...PROGRAM_PARAMETERS, ...policy.parameters.filter((definition) => !COMMON_BY_KEY.has(definition.key))];
}
