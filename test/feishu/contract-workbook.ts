import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { columnsOf, epochOf, HOME_SHEET_NAME, isFormula, momentFromSerial, SHEET_KEYS, SHEETS, type Cell, type Policy } from '#core';
import { POLICIES } from '#policies';
import { openBitableApi, type BitableApi } from '../../sync-service/workbook/feishu-bitable/bitable-api.ts';
import { cellFromApi } from '../../sync-service/workbook/feishu-bitable/cell-from-api.ts';
import { valueForApi } from '../../sync-service/workbook/feishu-bitable/cell-to-api.ts';
import { UNCOUNTED } from '../../sync-service/feishu/access.ts';
import { openFeishuClient, type FeishuClient } from '../../sync-service/feishu/client.ts';
import { FIELD_TYPE } from '../../sync-service/workbook/feishu-bitable/field-types.ts';
import { anchorOf, fieldsOf } from '../../sync-service/workbook/feishu-bitable/fields.ts';
import { homeFields, missingHomeRecords } from '../../sync-service/workbook/feishu-bitable/home-table.ts';
import { openBitableStore } from '../../sync-service/workbook/feishu-bitable/store.ts';
import type { Rows } from '../google/plain-book.ts';
import type { ContractWorkbook } from '../store-contract.ts';
import { Base, shown, type Held, type ModelField, type ModelRecord, type ModelTable } from './bitable-model.ts';
import { FeishuDouble, type Mishap } from './feishu-double.ts';

export const APP_TOKEN = 'bascnContract';

export interface FeishuBench {
  readonly double: FeishuDouble;
  readonly base: Base;
  readonly client: FeishuClient;
  readonly api: BitableApi;
  readonly root: string;
}

/** A Feishu with one base. */
export async function feishuBench(base: Base): Promise<FeishuBench> {
  const double = new FeishuDouble();
  double.hold(base);
  const root = await double.listen();
  const client = openFeishuClient({ credentials: double, root, quota: UNCOUNTED, firstWaitMs: 1, writeGapMs: 0 });
  return { double, base, root, client, api: openBitableApi(client, base.token) };
}

/** A base of the whole contract, and rows by contract key. */
export function plainBase(rows: Rows, policy: Policy = POLICIES.tax, token = APP_TOKEN): Base {
  const base = new Base(token, '督办');
  for (const key of SHEET_KEYS) {
    const table = base.addTable(SHEETS[key].name);
    for (const field of fieldsOf(key, policy)) table.addField(field);
    for (const row of rows[key] ?? []) {
      const record = table.add();
      for (const [column, cell] of Object.entries(row)) putCell(table, record, table.field(column), cell);
    }
  }
  const home = base.addTable(HOME_SHEET_NAME);
  for (const field of homeFields()) home.addField(field);
  for (const line of missingHomeRecords(new Set(), token)) {
    const record = home.add();
    for (const [name, value] of Object.entries(line)) home.put(record, home.fieldNamed(name), value);
  }
  return base;
}

/** A person types a value; where the field can't hold it he changes the field's type, as Feishu's screens let him. */
export function putCell(table: ModelTable, record: ModelRecord, field: ModelField, cell: Cell): void {
  if (isFormula(cell)) {
    Object.assign(field, { type: FIELD_TYPE.formula, property: { formula_expression: cell.formula } });
    table.put(record, field, cell.value as Held);
    return;
  }
  if (typeof cell === 'boolean') {
    Object.assign(field, { type: FIELD_TYPE.checkbox, property: null });
    table.put(record, field, cell);
    return;
  }
  const value = cell === '' ? null : cell as string | number | null;
  const format = typeof value !== 'number' || !holdsDates(field) ? null : Number.isInteger(value) ? 'date' : 'datetime';
  if (typeof value === 'string' && (field.type === FIELD_TYPE.date || field.type === FIELD_TYPE.number)) turnIntoText(table, field);
  if (typeof value === 'number' && field.type === FIELD_TYPE.singleSelect) turnIntoText(table, field);
  if (typeof value === 'number' && field.type === FIELD_TYPE.date) table.put(record, field, epochOf(momentFromSerial(value)));
  else table.put(record, field, valueForApi(field, { value, format }) as Held | null);
}

/** Also where people turned it into a column of texts. */
function holdsDates(field: ModelField): boolean {
  const anchor = anchorOf(field);
  const type = anchor === null ? undefined : columnsOf(anchor.sheet).find(({ key }) => key === anchor.column)?.type;
  return type === 'day' || type === 'limit' || type === 'moment';
}

function turnIntoText(table: ModelTable, field: ModelField): void {
  const held = table.records.map((record) => [record, cellFromApi(field, shown(field, record.values.get(field.id)))] as const);
  const isDate = field.type === FIELD_TYPE.date;
  Object.assign(field, { type: FIELD_TYPE.text, property: null });
  for (const [record, cell] of held) table.put(record, field, valueForApi(field, { value: cell as string | number | null, format: isDate ? 'datetime' : null }) as Held | null);
}

export async function feishuContractWorkbook(rows: Rows): Promise<ContractWorkbook & FeishuBench> {
  const bench = await feishuBench(plainBase(rows));
  const { base, double, api } = bench;
  const folder = mkdtempSync(join(tmpdir(), 'duban-feishu-'));
  const fail = (mishap: Mishap, at: 'read' | 'write', after: number): void => {
    let left = after;
    double.beforeCall = (kind) => {
      if (kind !== at || (left -= 1) >= 0) return;
      double.beforeCall = null;
      double.mishaps.push(mishap);
    };
  };
  return {
    ...bench, store: openBitableStore(api, folder),
    edit(key, change) {
      const table = base.named(SHEETS[key].name);
      editTable(table, change);
      return Promise.resolve();
    },
    insertColumn(key, place, header) {
      base.named(SHEETS[key].name).addField({ name: header, type: FIELD_TYPE.text, property: null, description: '' }, place);
      return Promise.resolve();
    },
    breakdowns: [
      { name: 'a write conflict', next: () => fail('conflict', 'write', 1) },
      { name: 'a lost answer to new rows', next: () => fail('timeout-after', 'write', 0) },
      { name: 'a lost answer to changes', next: () => fail('cut-off-after', 'write', 2) },
      { name: 'a lost page', next: () => fail('lost-page', 'read', 0) },
      { name: 'a token that ran out', next: () => { double.beforeCall = (kind) => { if (kind === 'write') { double.beforeCall = null; double.expireToken(); } }; } },
    ],
    async close() {
      await double.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** People's own hands on a table: its fields' names stand for the header, and there is nothing above it. */
function editTable(table: ModelTable, change: (grid: Cell[][]) => Cell[][]): void {
  const head: Cell[] = table.fields.map(({ name }) => name);
  const before = new Map(table.records.map((record) => [table.fields.map((field) => cellFromApi(field, shown(field, record.values.get(field.id)))), record]));
  const grid = [head, ...before.keys()];
  const changed = change(grid);
  const headAt = changed.length - before.size - 1;
  changed[headAt]!.forEach((name, place) => { table.fields[place]!.name = name as string; });
  changed.slice(headAt + 1).forEach((cells, index) => {
    const record = before.get(cells) ?? table.records[index]!;
    const own = grid.find((_, at) => at > 0 && [...before.values()][at - 1] === record)!;
    cells.forEach((cell, place) => { if (cell !== own[place]) putCell(table, record, table.fields[place]!, cell); });
  });
  table.records = changed.slice(headAt + 1).map((cells, index) => before.get(cells) ?? table.records[index]!);
}
