import { formatDay, parameterDefinitions, type ItemsAt } from '#core';
import { CLAUSES } from '../templates/clauses.ts';
import type { ClausesView, ParametersView } from './api-types.ts';

/** 制度参数: the value in force today, the article beside it, and what comes later. */
export function parametersView({ workbook, clock }: ItemsAt): ParametersView {
  const { policy, parameters } = workbook;
  const clauses = new Map(CLAUSES[policy.id].map((clause) => [clause.id, clause]));
  const rows = parameterDefinitions(policy).map((definition) => {
    const { key } = definition;
    const own = workbook.sheets.parameters.rows.map(({ cells }) => cells).filter((cells) => cells.key === key);
    const later = own.filter(({ effectiveFrom }) => effectiveFrom !== null && effectiveFrom > clock.today);
    const from = own.map(({ effectiveFrom }) => effectiveFrom).filter((day) => day !== null && day <= clock.today).sort((a, b) => b! - a!)[0] ?? null;
    const clause = clauses.get(definition.clause);
    return {
      key, label: definition.label, value: shownValue(parameters.text(key, clock.today), definition.type.kind), unit: definition.unit, effectiveFrom: from === null ? '' : formatDay(from),
      inText: definition.inText, clause: definition.clause, article: clause?.article ?? '', clauseText: clause?.summary ?? '', note: definition.note,
      later: later.map(({ value, effectiveFrom }) => `${formatDay(effectiveFrom!)} 起 ${value}`),
    };
  });
  return { policy: policy.name, version: policy.version, rows };
}

function shownValue(value: string, kind: string): string {
  if (kind !== 'time' || !/^\d+$/.test(value)) return value;
  return `${String(Math.floor(Number(value) / 60)).padStart(2, '0')}:${String(Number(value) % 60).padStart(2, '0')}`;
}

/** 条款对照: every clause of the regulation and where it is found in the product. */
export function clausesView({ workbook: { policy } }: ItemsAt): ClausesView {
  return { policy: policy.name, rows: CLAUSES[policy.id].map(({ id, article, kind, summary, realised }) => ({ id, article, kind, summary, realised })) };
}
