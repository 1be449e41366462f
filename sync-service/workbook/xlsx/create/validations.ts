import type { DataValidation } from 'exceljs';
import { SECRECY_NOTICE, SHEETS, choiceValues, columnsOf, refusalText, type Column, type Policy, type SheetKey } from '#core';
import { columnLetters } from '../cell-address.ts';
import { LAST_RULE_ROW } from './styles.ts';

/** Excel's limit for a list written into the rule itself. */
const INLINE_LIST_LIMIT = 255;
const FIRST_DATE = '2000-01-01';
const LAST_DATE = '2099-12-31';

/** The rule of one column's cells, or null where anything may be typed. */
export function columnValidation(sheetKey: SheetKey, column: Column, policy: Policy): DataValidation | null {
  if (column.editor === 'A') return refusal(sheetKey);
  if (sheetKey === 'items' && (column.key === 'title' || column.key === 'requirement')) return SECRECY_PROMPT;
  switch (column.type) {
    case 'choice': {
      const rule = choiceValidation(column, choiceValues(sheetKey, column, policy));
      return rule === null || column.key !== 'confidentiality' ? rule : { ...rule, ...SECRECY_MESSAGE };
    }
    case 'list': {
      const source = column.values === undefined ? unitSource() : inlineList(column.values);
      return suggestion(source, `${column.header}:可从下拉选一个,也可直接输入多个,用“、”分隔`);
    }
    case 'unit': return warning(unitSource(), '单位', '「单位」表中没有这个名称。确定要这样填吗?请先在「单位」表登记。');
    case 'person': return warning(sourceOf('people', 'name'), '人员', '「人员」表中没有这个姓名。确定要这样填吗?请先在「人员」表登记。');
    case 'ref': return refValidation(column);
    case 'day':
    case 'limit':
    case 'moment': return {
      type: 'date', operator: 'between', formulae: [FIRST_DATE, LAST_DATE], allowBlank: true,
      showErrorMessage: true, errorStyle: 'warning', errorTitle: column.header,
      error: column.type === 'day' ? '请填写日期,如 2026-03-05。' : '请填写日期,如 2026-03-05;需要到点的,如 2026-03-05 17:00。',
    };
    case 'percent': return number(column, 'decimal', 0, 1, '请填写 0% 到 100% 之间的进度。');
    case 'number': return number(column, 'decimal', -100_000, 100_000, '请填写数字。');
    case 'text':
    case 'id': return null;
  }
}

/** Shown while people type a matter; nothing is refused. */
const SECRECY_MESSAGE = { showInputMessage: true, promptTitle: '不得录入国家秘密', prompt: SECRECY_NOTICE };
const SECRECY_PROMPT: DataValidation = { type: 'custom', formulae: ['TRUE'], allowBlank: true, showErrorMessage: false, ...SECRECY_MESSAGE };

/** A list rule's source; throws a RangeError where Excel could not hold it in the rule. */
export function inlineList(values: readonly string[]): string {
  const list = values.join(',');
  if (list.length > INLINE_LIST_LIMIT || values.some((value) => /[,"]/.test(value))) {
    throw new RangeError(`a list of ${list.length} characters, or one with a comma or quote, does not fit a dropdown: ${list}`);
  }
  return `"${list}"`;
}

/** The rule of cells that automation fills: typing is refused (paste is put right by the next run). */
export function refusal(sheetKey: SheetKey | 'home'): DataValidation {
  return {
    type: 'custom', formulae: ['FALSE'], allowBlank: false, showErrorMessage: true, errorStyle: 'stop',
    errorTitle: '此格由程序填写',
    error: refusalText(sheetKey),
  };
}

function choiceValidation(column: Column, values: readonly string[]): DataValidation | null {
  if (values.length === 0) return null;
  return {
    type: 'list', formulae: [inlineList(values)], allowBlank: true, showErrorMessage: true, errorStyle: 'stop',
    errorTitle: column.header, error: '请从下拉列表中选择。',
  };
}

function refValidation(column: Column): DataValidation {
  const source = column.key === 'bulletinId' ? sourceOf('bulletins', 'bulletinId') : sourceOf('items', 'itemId');
  const where = column.key === 'bulletinId' ? SHEETS.bulletins.name : SHEETS.items.name;
  return warning(source, column.header, `「${where}」中没有这个编号。确定要这样填吗?`);
}

function warning(source: string, title: string, text: string): DataValidation {
  return {
    type: 'list', formulae: [source], allowBlank: true, showErrorMessage: true, errorStyle: 'warning', errorTitle: title, error: text,
  };
}

/** A dropdown that helps and refuses nothing. */
function suggestion(source: string, prompt: string): DataValidation {
  return { type: 'list', formulae: [source], allowBlank: true, showErrorMessage: false, showInputMessage: true, promptTitle: '可填多个', prompt };
}

function number(column: Column, type: 'decimal', from: number, to: number, error: string): DataValidation {
  return {
    type, operator: 'between', formulae: [from, to], allowBlank: true,
    showErrorMessage: true, errorStyle: 'stop', errorTitle: column.header, error,
  };
}

function unitSource(): string {
  return sourceOf('units', 'name');
}

/** The filled part of another sheet's column, so that a dropdown shows no blank lines. */
function sourceOf(sheetKey: SheetKey, columnKey: string): string {
  const letter = columnLetters(columnsOf(sheetKey).findIndex((column) => column.key === columnKey));
  const { name } = SHEETS[sheetKey];
  const cells = `$${letter}$2:$${letter}$${LAST_RULE_ROW}`;
  return `OFFSET('${name}'!$${letter}$2,0,0,MAX(1,COUNTA('${name}'!${cells})),1)`;
}
