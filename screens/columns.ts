import { choiceValues, columnsOf, type Column, type Workbook } from '#core';
import type { ColumnView } from './api-types.ts';

/** Texts that want more than one line. */
const LONG: ReadonlySet<string> = new Set(['title', 'progress', 'requirement', 'remark', 'result', 'dispatchOpinion', 'specialReason', 'returnReason', 'evaluation', 'hint']);
const GROUPS: Readonly<Record<string, string>> = { intake: '立项信息', limits: '时限明细', closing: '办结考核' };

/** The columns of 督办台账 that the policy uses, as a screen shows and edits them. */
export function itemColumns(workbook: Workbook): ColumnView[] {
  return columnsOf('items').filter(({ key }) => !(workbook.policy.hiddenColumns as readonly string[]).includes(key)).map((column) => ({
    key: column.key, header: column.header, kind: kindOf(column), group: GROUPS[column.group ?? ''] ?? '', width: column.width ?? 12,
    options: column.type === 'choice' ? choiceValues('items', column, workbook.policy) : [],
  }));
}

function kindOf({ type, key }: Column): ColumnView['kind'] {
  switch (type) {
    case 'choice': return 'choice';
    case 'day': case 'limit': case 'moment': return 'date';
    case 'number': case 'percent': return 'number';
    case 'person': return 'person';
    case 'unit': return 'unit';
    case 'text': case 'id': case 'ref': case 'list': return LONG.has(key) ? 'long' : 'text';
  }
}
