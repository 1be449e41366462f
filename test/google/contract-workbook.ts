import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHEETS, type Cell, type SheetKey } from '#core';
import { openOwnQuota } from '../../sync-service/workbook/call-quota.ts';
import { openSheetsApi, type SheetsApi } from '../../sync-service/workbook/google-sheets/client.ts';
import { readCredentials } from '../../sync-service/workbook/google-sheets/credentials.ts';
import { openGoogleStore } from '../../sync-service/workbook/google-sheets/store.ts';
import { Formula, resultOf, type Stored } from '../apps-script/fake/stored-cell.ts';
import type { SheetModel } from '../apps-script/fake/sheet-model.ts';
import type { WorkbookModel } from '../apps-script/fake/workbook-model.ts';
import type { ContractWorkbook } from '../store-contract.ts';
import { GoogleDouble, type Mishap } from './google-double.ts';
import { plainBook, putRows, type Rows } from './plain-book.ts';
import { serviceAccountFile } from './tokens.ts';

export const ACCOUNT = 'duban@test.iam.gserviceaccount.com';

export interface GoogleBench {
  readonly double: GoogleDouble;
  readonly book: WorkbookModel;
  readonly api: SheetsApi;
  readonly root: string;
}

/** A Google with one spreadsheet, shared with the service's account. */
export async function googleBench(book: WorkbookModel, perMinute = 10_000): Promise<GoogleBench> {
  const double = new GoogleDouble();
  double.quota = { perProject: perMinute, perUser: perMinute };
  double.hold(book);
  const root = await double.listen();
  const credentials = readCredentials('DUBAN_GOOGLE_CREDENTIALS', JSON.stringify(serviceAccountFile(ACCOUNT)));
  return { double, book, root, api: openSheetsApi({ credentials, root, perMinute: 10_000, quota: openOwnQuota(), firstWaitMs: 1 }) };
}

export async function googleContractWorkbook(rows: Rows): Promise<ContractWorkbook & GoogleBench> {
  const bench = await googleBench(plainBook('contract-sheet', rows, [ACCOUNT]));
  const folder = mkdtempSync(join(tmpdir(), 'duban-google-'));
  const { book, double } = bench;
  const fail = (mishap: Mishap): void => {
    // The second write after people's look: reads go on.
    double.beforeCall = (kind) => {
      if (kind !== 'write') return;
      double.beforeCall = null;
      double.mishaps.push(mishap);
    };
  };
  return {
    ...bench, store: openGoogleStore(bench.api, book.id, folder),
    edit(key, change) {
      const sheet = book.sheet(SHEETS[key].name)!;
      const changed = change(gridOf(sheet));
      sheet.rows.length = 0;
      putRows(sheet, 1, changed);
      return Promise.resolve();
    },
    insertColumn(key: SheetKey, place: number, header: string) {
      const sheet = book.sheet(SHEETS[key].name)!;
      sheet.insertColumns(place + 1, 1, 'before');
      sheet.write(1, place + 1, header);
      return Promise.resolve();
    },
    breakdowns: (['quota', 'unavailable', 'unavailable-after', 'cut-off-after'] as const).map((name) => ({ name, next: () => fail(name) })),
    async close() {
      await double.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function gridOf(sheet: SheetModel): Cell[][] {
  return sheet.rows.map((row) => Array.from({ length: sheet.lastColumn() }, (_, place) => cellOf(row[place] ?? null)));
}

function cellOf(stored: Stored): Cell {
  const value = resultOf(stored);
  const plain = typeof value === 'object' ? value?.serial ?? null : value;
  if (!(stored instanceof Formula)) return plain;
  return { formula: stored.text.slice(1), value: typeof plain === 'string' && /^#\w/.test(plain) ? { error: plain } : plain };
}

