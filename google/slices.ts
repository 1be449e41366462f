import { columnsOf, SHEETS, type CellWrite, type Change, type RowAppend } from '#core';

/** As many cells as one call carries: about a megabyte, half of what Google advises at most. */
export const CELLS_PER_CALL = 20_000;

/**
 * A plan as parts of one call each. Every part is applied whole or not at all and holds the rows of 流转记录 of its own
 * changes, so that a run that is stopped between two of them leaves neither a change without its record nor a record that
 * the next run makes again.
 */
export function slicesOf(changes: readonly Change[], limit = CELLS_PER_CALL): Change[][] {
  if (costOf(changes) <= limit) return changes.length === 0 ? [] : [[...changes]];
  const records: RowAppend[] = [];
  const recorded = new Map<string, Change[]>();
  for (const change of changes) {
    if (change.kind !== 'append' || change.sheet !== 'history') continue;
    records.push(change);
    recorded.set(keyOfRecord(change), []);
  }
  const ids: Change[] = [];
  const rest: Change[] = [];
  for (const change of changes) {
    if (change.kind === 'append' && change.sheet === 'history') continue;
    const queue = recorded.get(keyOfChange(change));
    if (queue !== undefined) queue.push(change);
    // Later parts address new rows by the ids, and find columns that come back by the headers, that they get here.
    else if (change.kind === 'cell' && (change.column === SHEETS[change.sheet].id || isHeader(change))) ids.push(change);
    else rest.push(change);
  }
  const withRecords = records.map((record): Change[] => {
    const change = recorded.get(keyOfRecord(record))!.shift();
    return change === undefined ? [record] : [record, change];
  });
  return [...cut(ids.map((change) => [change]), limit), ...cut(withRecords, limit), ...cut([...recorded.values()].flat().map((change) => [change]), limit), ...cut(rest.map((change) => [change]), limit)];
}

function cut(groups: readonly Change[][], limit: number): Change[][] {
  const slices: Change[][] = [];
  let room = 0;
  for (const group of groups) {
    const cost = costOf(group);
    if (cost > room || slices.length === 0) {
      slices.push([]);
      room = limit;
    }
    room -= cost;
    slices.at(-1)!.push(...group);
  }
  return slices;
}

function isHeader(change: CellWrite): boolean {
  return change.row.id === null && change.before === null && change.after === columnsOf(change.sheet).find(({ key }) => key === change.column)?.header;
}

function costOf(changes: readonly Change[]): number {
  return changes.reduce((sum, change) => sum + (change.kind === 'append' ? Object.keys(change.values).length : 1), 0);
}

/** What a row of 流转记录 says it records: table, field and item. */
function keyOfRecord(record: RowAppend): string {
  const { sheet, field, itemId } = record.values;
  return keyOf(sheet, field, itemId);
}

function keyOfChange(change: Change): string {
  if (change.kind === 'cell') {
    const header = columnsOf(change.sheet).find(({ key }) => key === change.column)?.header;
    return keyOf(SHEETS[change.sheet].name, header, change.row.id);
  }
  if (change.kind === 'home') return '';
  const field = change.sheet === 'baseline' ? '首次登记' : '计分';
  return keyOf(SHEETS[change.sheet].name, field, change.values['itemId']);
}

function keyOf(...parts: readonly unknown[]): string {
  return JSON.stringify(parts.map((part) => part ?? ''));
}
