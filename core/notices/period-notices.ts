import type { RankedPeriod } from '../appraisal/ranking-rows.ts';
import { NOT_RANKED, percentOf } from '../appraisal/rankings.ts';
import { periodName } from '../appraisal/periods.ts';
import { leadSentence } from '../bulletins/lead-sentence.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { officeNames } from './recipients.ts';
import { sentence } from './words.ts';
import type { WantedNotice } from './plan-notices.ts';

/**
 * The letters of a period: 通报 for a month, 排名 for a quarter or a year, to the unit heads with the leaders in copy.
 * They wait for a signature (待签); nothing is sent before.
 */
export function periodNotices(workbook: Workbook, ranked: readonly RankedPeriod[]): WantedNotice[] {
  return ranked.filter(({ rows }) => rows.some((row) => (row.dueCount ?? 0) > 0)).map((entry) => {
    const { period, rows } = entry;
    const type = period.kind === 'month' ? '通报' : '排名';
    const heads = rows.map((row) => workbook.directory.present(workbook.directory.unit(row.unit)?.head ?? '')).filter((name) => name !== '');
    const leaders = (['总经理', '局领导', '主管领导'] as const).flatMap((role) => workbook.directory.withRole(role).map((person) => person.name));
    const name = periodName(period);
    const isOneGroup = rows.every(({ group }) => group === rows[0]!.group);
    return {
      key: `${type}/${period.id}`, type, itemId: '', recipient: [...new Set(heads.length > 0 ? heads : officeNames(workbook))].join('、'),
      copy: [...new Set(leaders)], channel: '邮件', subject: `${name}督办事项办结率${type}`,
      body: [
        leadSentence(workbook, entry), '',
        '## 名次',
        ...rows.map((row) => `${isOneGroup ? '' : `${row.group} `}${row.rank === NOT_RANKED ? NOT_RANKED : `第${row.rank}名`} ${row.unit}:应办 ${row.dueCount ?? 0} 件,按时 ${row.onTimeCount ?? 0} 件,办结率 ${percentOf(row.rate)}`),
        '', `依据:${workbook.policy.clauses.rate}、${workbook.policy.clauses.ranking}`, '', sentence(workbook, 'text.signature', period.last, { 督办部门: workbook.policy.supervisingUnit }),
      ].join('\n'),
      clause: type === '通报' ? workbook.policy.clauses.bulletin : workbook.policy.clauses.ranking, needsSignature: true,
    };
  });
}
