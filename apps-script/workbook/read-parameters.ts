import { parameterDefinitions, parseSheet, resolveParameters, type Parameters, type SheetSnapshot } from '#core';
import { POLICIES } from '#policies';

/** 制度参数 alone, for what must be known before anything large is read; null where no policy of this program is named. */
export function parametersOf(sheet: SheetSnapshot | undefined): Parameters | null {
  const { rows } = parseSheet(sheet, 'parameters', {}, []);
  const id = rows.find(({ cells }) => cells.key === 'policy')?.cells.value.trim();
  const policy = Object.values(POLICIES).find((candidate) => candidate.id === id);
  return policy === undefined ? null : resolveParameters(parameterDefinitions(policy), rows.map(({ ref, cells: { key, value, effectiveFrom } }) => ({ ref, key, value, effectiveFrom }))).parameters;
}
