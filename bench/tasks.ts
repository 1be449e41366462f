import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import exceljs from 'exceljs';
import { columnsOf, SHEETS } from '#core';
import { openXlsxStore } from '../sync-service/workbook/xlsx/store.ts';
import { readZip } from '../sync-service/workbook/xlsx/zip.ts';
import { editsOf } from './xlsx-file.ts';

/** What a child process is asked to do with a file, once. */
export type Task = 'bound' | 'duban' | 'exceljs';

export interface TaskResult {
  /** Of the work alone, without the start of node. */
  readonly ms: number;
  /** Peak of the whole process. */
  readonly rssBytes: number;
}

const TASKS: Readonly<Record<Task, (file: string) => unknown>> = {
  /** The lower bound of any program that reads and rewrites the file: inflate, look for every tag, deflate. */
  bound(file) {
    const zip = readZip(readFileSync(file));
    let tags = 0;
    let bytes = 0;
    for (const name of zip.entries.keys()) {
      const content = zip.read(name)!;
      for (let at = content.indexOf(0x3c); at >= 0; at = content.indexOf(0x3c, at + 1)) tags += 1;
      bytes += deflateRawSync(content).length;
    }
    return { tags, bytes };
  },
  async duban(file) {
    const store = openXlsxStore(file);
    const snapshot = await store.read();
    const { rows } = snapshot.sheets.find(({ name }) => name === SHEETS.items.name)!;
    const edits = editsOf(rows);
    const { written } = await store.apply(snapshot, edits);
    if (written !== edits.length) throw new Error(`${written} of ${edits.length} written`);
  },
  async exceljs(file) {
    const book = new exceljs.Workbook();
    await book.xlsx.readFile(file);
    const sheet = book.getWorksheet(SHEETS.items.name)!;
    const remark = columnsOf('items').findIndex((column) => column.key === 'remark') + 1;
    for (let row = 2; row <= sheet.rowCount; row += 100) sheet.getCell(row, remark).value = `核对 ${row}`;
    for (let index = 0; index < 500; index += 1) sheet.addRow([null, `DB-2026-N${index}`, `新增事项 ${index}`, '第1科']);
    await book.xlsx.writeFile(file);
  },
};

/** Runs a task in this process and prints its result. */
export async function runTask(task: Task, file: string): Promise<void> {
  const started = performance.now();
  await TASKS[task](file);
  const result: TaskResult = { ms: performance.now() - started, rssBytes: process.resourceUsage().maxRSS * 1024 };
  process.stdout.write(JSON.stringify(result));
}
