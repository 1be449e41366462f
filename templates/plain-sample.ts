import { day, type Policy, type Sample, type Status } from '#core';
import { baselineRow, by, on, post, type ItemRow } from './sample-rows.ts';

const UNITS = ['运营部', '工程部', '市场部', '后勤部'] as const;

/** Limit and times of one item per light and status, as far as the policy knows the status. */
const CASES: readonly (readonly [status: Status, title: string, limit: string, submitted: string | null])[] = [
  ['已归档', '年度计划分解', '2026-01-16', '2026-01-15'], ['已办结', '设备年检', '2026-02-06', '2026-02-05'], ['已办结', '合同清理', '2026-02-10', '2026-02-12'], ['已办结', '库房盘点', '2026-02-27', '2026-02-27'],
  ['办理中', '年中会议筹备', '2026-04-17', null], ['办理中', '客户满意度整改', '2026-03-18', null], ['办理中', '安全巡检整改', '2026-03-11', null],
  ['待审核', '制度修订', '2026-03-13', '2026-03-13'], ['分管领导审核', '采购方案', '2026-03-12', '2026-03-11'], ['已退办', '培训总结', '2026-03-10', '2026-03-10'],
  ['协调中', '场地共用协调', '2026-03-25', null], ['已下发', '节能改造', '2026-04-03', null], ['待批示', '信息化立项', '2026-04-10', null], ['拟立项', '宣传片制作', '2026-04-20', null],
  ['已撤销', '重复登记', '2026-03-12', null],
];

/** A small invented company that shows every status and light a policy has. */
export function plainSample(policy: Policy): Sample {
  const items = CASES.filter(([status]) => policy.statuses.includes(status)).map(([status, title, limit, submitted], index): ItemRow => {
    const unit = UNITS[index % UNITS.length]!;
    const issued = !['待批示', '拟立项', '已撤销'].includes(status);
    return {
      itemId: `DB-2026-${String(index + 1).padStart(3, '0')}`, title, leadUnit: unit, handler: `${unit}经办`, status,
      category: policy.categories[index % policy.categories.length]!, form: policy.forms[index % policy.forms.length]!, deadlineSet: by(limit),
      ...(issued ? { issuedAt: on(`${limit.slice(0, 8)}02`), signedAt: on(`${limit.slice(0, 8)}03`) } : {}),
      ...(submitted === null ? {} : { submittedAt: on(submitted, 15), result: '已完成' }),
      ...(status === '已退办' ? { returnReason: '材料不全', returnDue: by('2026-03-19') } : {}),
    };
  }).map((item) => (item.issuedAt !== undefined && item.issuedAt !== null && item.issuedAt > on('2026-03-13') ? { ...item, issuedAt: on('2026-03-09'), signedAt: on('2026-03-10') } : item));
  return {
    organisation: `样例单位(${policy.name})`,
    today: day('2026-03-16'),
    rows: {
      units: UNITS.map((name) => ({ name, type: '机关部室', head: `${name}经理`, dutyPerson: `${name}经理`, leaderInCharge: '分管领导', active: '是' })),
      people: [
        post('督办专员', '', '督办专员、督办管理员', 'duban'), post('分管领导', '', '分管领导、督办领导', 'deputy'), post('总经理', '', '总经理', 'gm'),
        ...UNITS.flatMap((unit, index) => [post(`${unit}经理`, unit, '单位负责人、责任人', `head${index + 1}`), post(`${unit}经办`, unit, '承办人', `desk${index + 1}`)]),
      ],
      items,
      baseline: items.map((item) => baselineRow(item, on('2026-03-09'))),
    },
  };
}
