import { choiceValues, columnsOf, type Column, type SheetKey, type Workbook } from '#core';
import { field, optionsOf, type Field } from './form.ts';

/** Suggestions beyond this many make a page slow and help nobody. */
const MOST_SUGGESTIONS = 500;
/** Texts that want more than one line. */
const LONG: ReadonlySet<string> = new Set(['requirement', 'remark', 'reason', 'workDone', 'bothReasons', 'opinion', 'facts', 'suggestion', 'note']);

/** Fields of a form from the contract's columns, in the order given; `*` after a key makes it required. */
export function contractFields(workbook: Workbook, sheetKey: SheetKey, keys: readonly string[], values: Readonly<Record<string, string>> = {}): Field[] {
  return keys.map((marked) => {
    const key = marked.replace('*', '');
    const column = columnsOf(sheetKey).find((candidate) => candidate.key === key)!;
    return field(key, column.header, kindOf(column, sheetKey, workbook), {
      required: marked.endsWith('*'), options: options(column, sheetKey, workbook), value: values[key] ?? '', help: helpOf(column),
    });
  });
}

function kindOf(column: Column, sheetKey: SheetKey, workbook: Workbook): Field['kind'] {
  switch (column.type) {
    case 'choice': return choiceValues(sheetKey, column, workbook.policy).length === 0 ? 'text' : 'choice';
    case 'day':
    case 'limit':
    case 'moment': return 'date';
    case 'number':
    case 'percent': return 'number';
    case 'unit':
    case 'person':
    case 'ref': return 'suggest';
    case 'text': return LONG.has(column.key) ? 'long' : 'text';
    case 'list':
    case 'id': return 'text';
  }
}

function options(column: Column, sheetKey: SheetKey, workbook: Workbook): Field['options'] {
  switch (column.type) {
    case 'choice': return optionsOf(choiceValues(sheetKey, column, workbook.policy));
    case 'unit': return optionsOf(workbook.directory.units.map(({ name }) => name));
    case 'person': return optionsOf(workbook.sheets.people.rows.map(({ cells }) => cells.name).filter((name) => name !== ''));
    case 'ref': return workbook.sheets.items.rows.filter(({ cells }) => cells.itemId !== '' && !['已归档', '已撤销', '不予立项'].includes(cells.status))
      .slice(-MOST_SUGGESTIONS).map(({ cells }) => [cells.itemId, `${cells.itemId} ${cells.confidentiality === '保密' ? '' : cells.title}`.trim()]);
    default: return [];
  }
}

function helpOf(column: Column): string {
  switch (column.type) {
    case 'limit':
    case 'moment': return '如 2026-03-05,或 2026-03-05 17:00';
    case 'day': return '如 2026-03-05';
    case 'list': return '多个用“、”分隔';
    default: return '';
  }
}
