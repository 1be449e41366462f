import type { ParameterDefinition } from '#core';

/** The rows of 制度参数 in a new workbook, one a parameter, in the order of the definitions. */
export function parameterRows(parameters: readonly ParameterDefinition[]): Readonly<Record<string, string | number>>[] {
  return parameters.map((parameter) => ({
    label: parameter.label, key: parameter.key, value: parameter.value, unit: parameter.unit, clause: parameter.clause,
    inText: parameter.inText ? '是' : '否', note: parameter.note,
  }));
}
