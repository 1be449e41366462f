import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import * as z from 'zod';
import { columnsOf, dayOf, formatLimit, hasRole, importChanges, personOf, proposeImport, refused, type Day, type HeaderMap, type ImportProposal, type Moment, type Workbook, type WorkbookSnapshot } from '#core';
import type { ImportView } from '#screens';
import { doubtWords, goLiveWords, headerOfItem, MATCHES, placeWords } from '../documents/import-words.ts';
import { jsonIn } from '../workbook/memory/durable-file.ts';
import { openXlsxStore } from '../workbook/xlsx/store.ts';
import { StoreError } from '../workbook/store.ts';
import { actorOf, viewerIn, type ConsoleEnv } from './context.ts';
import { failure } from './failure.ts';
import { resultOf } from './write-result.ts';

const MAP = z.record(z.string().max(200), z.string().max(60).nullable());
const SHOWN = 200;

/**
 * `/w/:book/import`: an office's own ledger, as the body. Without `confirm` it is read and shown, nothing is written; with the print
 * of what was shown it is brought in, where it still comes to the same. For 督办管理员.
 */
export function addImport(api: Hono<ConsoleEnv>): void {
  api.post('/w/:book/import', async (context) => {
    const book = context.get('book');
    const identity = context.get('identity');
    const { at } = await book.state();
    const by = viewerIn(at.workbook, identity, book.key);
    if (!mayImport(at.workbook, by)) return failure(context, 403, 'not-yours', '只有督办管理员可以导入台账');
    const told = mapOf(context.req.query('map') ?? '');
    if (told === null) return failure(context, 400, 'unreadable', '列的对应不完整或太长');
    let ledger: WorkbookSnapshot;
    try {
      ledger = await readLedger(new Uint8Array(await context.req.arrayBuffer()));
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return failure(context, 422, error.code, error.message);
    }
    const seen = context.req.query('confirm') ?? '';
    if (seen === '') return context.json(importView(proposeImport(ledger, at.workbook, told, at.clock.today), at.workbook, at.clock.today));
    return resultOf(context, await book.write(actorOf(identity, by), (workbook, now) => bringIn(workbook, by, now, ledger, told, seen)));
  });
}

function mayImport(workbook: Workbook, name: string): boolean {
  const person = personOf(workbook, name);
  return person !== null && hasRole(person, ['督办管理员']);
}

function bringIn(workbook: Workbook, by: string, now: Moment, ledger: WorkbookSnapshot, told: HeaderMap, seen: string): ReturnType<typeof refused> | { kind: 'done'; changes: ReturnType<typeof importChanges> } {
  const today = dayOf(now);
  const proposal = proposeImport(ledger, workbook, told, today);
  if (!mayImport(workbook, by)) return refused('只有督办管理员可以导入台账');
  if (proposal.items.length === 0) return refused('没有可导入的事项:请核对列的对应');
  // What is brought in is what was looked at.
  if (printOf(proposal) !== seen) return refused('台账、列的对应或工作簿在预览之后变了:请重新预览');
  return { kind: 'done', changes: importChanges(proposal, workbook, { today }) };
}

function importView(proposal: ImportProposal, workbook: Workbook, today: Day): ImportView {
  return {
    print: printOf(proposal), count: proposal.items.length, doubtful: proposal.items.filter(({ doubts }) => doubts.length > 0).length,
    units: proposal.units, people: proposal.people.map(({ name, unit }) => (unit === '' ? name : `${name}(${unit})`)),
    goLive: goLiveWords(workbook, today), headers: columnsOf('items').filter(({ editor }) => editor !== 'A').map(({ header }) => header),
    tables: proposal.tables.map(({ sheet, columns }) => ({ sheet, columns: columns.map(({ header, key, match }) => ({ header, to: key === null ? '' : headerOfItem(key), match: MATCHES[match], sure: match === 'header' || match === 'synonym' || match === 'told' })) })),
    items: [...proposal.items].sort((a, b) => Number(b.doubts.length > 0) - Number(a.doubts.length > 0)).slice(0, SHOWN).map(({ sheet, ref, values, doubts }) => ({
      where: placeWords({ sheet, ref }), title: values.title ?? '', unit: values.leadUnit ?? '', status: values.status ?? '', limit: values.deadlineSet === null || values.deadlineSet === undefined ? '' : formatLimit(values.deadlineSet),
      doubts: doubts.map(doubtWords),
    })),
    leftOut: proposal.leftOut.slice(0, SHOWN).map((left) => `${placeWords(left)}:${left.reason}`),
  };
}

function printOf(proposal: ImportProposal): string {
  return createHash('sha256').update(JSON.stringify(proposal)).digest('hex');
}

function mapOf(text: string): HeaderMap | null {
  if (text === '') return {};
  const read = MAP.safeParse(jsonIn(text));
  return read.success ? read.data : null;
}

/** Read by the reader of workbooks, with its limits; it takes a file. */
async function readLedger(bytes: Uint8Array): Promise<WorkbookSnapshot> {
  const folder = await mkdtemp(join(tmpdir(), 'duban-import-'));
  try {
    await writeFile(join(folder, '台账.xlsx'), bytes);
    return await openXlsxStore(join(folder, '台账.xlsx')).read();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
