import { choiceValues, SECRECY_NOTICE, refusalText, type Column, type ParameterType, type Policy, type SheetKey } from '#core';
import type { CellRule } from './requests.ts';

/** A dropdown that shows another sheet's column; it helps and refuses nothing. */
export interface SourceRule { readonly sheet: SheetKey; readonly column: string; readonly help: string }

/** Nothing may be typed where automation writes; a paste gets past it and is put right by the next run. */
export function refusal(sheetKey: SheetKey | 'home'): CellRule {
  return { condition: { type: 'CUSTOM_FORMULA', values: [{ userEnteredValue: '=FALSE' }] }, strict: true, inputMessage: refusalText(sheetKey) };
}

/** The rule of one column's cells, or null where anything may be typed. */
export function columnRule(sheetKey: SheetKey, column: Column, policy: Policy): CellRule | SourceRule | null {
  // onEdit may write 提示 only through SpreadsheetApp, which a strict rule would refuse: there the rule warns.
  if (column.editor === 'A') return { ...refusal(sheetKey), strict: column.key !== 'hint' };
  switch (column.type) {
    case 'choice': {
      const values = choiceValues(sheetKey, column, policy);
      return values.length === 0 ? null : list(values, sheetKey === 'items' && column.key === 'confidentiality' ? SECRECY_NOTICE : '请从下拉列表中选择。');
    }
    case 'list':
      return column.values === undefined
        ? { sheet: 'units', column: 'name', help: `${column.header}:可从下拉选一个,也可直接输入多个,用“、”分隔` }
        : { ...list(column.values, `${column.header}:可从下拉选一个,也可直接输入多个,用“、”分隔`), strict: false };
    case 'unit': return { sheet: 'units', column: 'name', help: '请填「单位」表中登记的名称。' };
    case 'person': return { sheet: 'people', column: 'name', help: '请填「人员」表中登记的姓名。' };
    case 'ref': return column.key === 'bulletinId'
      ? { sheet: 'bulletins', column: 'bulletinId', help: '请填「通报」表中的编号。' }
      : { sheet: 'items', column: 'itemId', help: '请填「督办台账」中的事项编号。' };
    case 'day': return dates('请填写日期,如 2026-03-05。');
    case 'limit':
    case 'moment': return dates('请填写日期,如 2026-03-05;需要到点的,如 2026-03-05 17:00。');
    case 'percent': return between(0, 1, '请填写 0% 到 100% 之间的进度。');
    case 'number': return between(-100_000, 100_000, '请填写数字。');
    case 'text':
    case 'id': return null;
  }
}

/** The rule of one parameter's 值; null where the kind has none that Google can check. */
export function parameterRule(type: ParameterType): CellRule | null {
  switch (type.kind) {
    case 'integer':
    case 'number': return between(type.min, type.max, `请填写 ${type.min} 到 ${type.max} 之间的${type.kind === 'integer' ? '整数' : '数字'}。`);
    case 'choice': return list(type.values, '请从下拉列表中选择。');
    default: return null;
  }
}

export function list(values: readonly string[], help: string): CellRule {
  return { condition: { type: 'ONE_OF_LIST', values: values.map((value) => ({ userEnteredValue: value })) }, strict: true, showCustomUi: true, inputMessage: help };
}

function dates(help: string): CellRule {
  return { condition: { type: 'DATE_IS_VALID' }, strict: false, inputMessage: help };
}

function between(from: number, to: number, help: string): CellRule {
  return { condition: { type: 'NUMBER_BETWEEN', values: [from, to].map((value) => ({ userEnteredValue: String(value) })) }, strict: true, inputMessage: help };
}

export function isSourceRule(rule: CellRule | SourceRule): rule is SourceRule {
  return 'sheet' in rule;
}
