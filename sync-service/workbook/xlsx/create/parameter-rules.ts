import type { DataValidation, Worksheet } from 'exceljs';
import { columnsOf, TEXT_FORMAT, type ParameterDefinition, type ParameterType } from '#core';
import { addValidation } from './data-sheet.ts';
import { columnLetters } from '../cell-address.ts';
import { inlineList } from './validations.ts';

const VALUE_COLUMN = columnsOf('parameters').findIndex((column) => column.key === 'value');

/** Gives every 值 the rule of its parameter. A number is not formatted as text: Excel would then refuse what is typed. */
export function addParameterRules(worksheet: Worksheet, parameters: readonly ParameterDefinition[]): void {
  parameters.forEach((parameter, index) => {
    const cell = worksheet.getCell(index + 2, VALUE_COLUMN + 1);
    const numeric = parameter.type.kind === 'integer' || parameter.type.kind === 'number';
    cell.numFmt = numeric ? 'General' : TEXT_FORMAT;
    cell.alignment = { horizontal: 'center', vertical: 'middle' };
    const address = `${columnLetters(VALUE_COLUMN)}${index + 2}`;
    const validation = valueRule(parameter.label, parameter.type, address);
    if (validation !== null) addValidation(worksheet, address, validation);
  });
}

function valueRule(label: string, type: ParameterType, address: string): DataValidation | null {
  const shared = { allowBlank: true, showErrorMessage: true, errorStyle: 'stop', errorTitle: label };
  switch (type.kind) {
    case 'integer': return {
      ...shared, type: 'whole', operator: 'between', formulae: [type.min, type.max], error: `请填写 ${type.min} 到 ${type.max} 之间的整数。`,
    };
    case 'number': return {
      ...shared, type: 'decimal', operator: 'between', formulae: [type.min, type.max], error: `请填写 ${type.min} 到 ${type.max} 之间的数字。`,
    };
    case 'choice': return { ...shared, type: 'list', formulae: [inlineList(type.values)], error: '请从下拉列表中选择。' };
    case 'day': return { ...shared, type: 'custom', formulae: [`ISNUMBER(DATEVALUE(${address}))`], error: '请填写日期,如 2026-03-05。' };
    case 'time': return { ...shared, type: 'custom', formulae: [`ISNUMBER(TIMEVALUE(${address}))`], error: '请填写钟点,如 09:00。' };
    case 'period': case 'words': case 'text': case 'wording': return null;
  }
}
