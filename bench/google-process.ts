import { columnsOf, serialOfMoment, SHEET_KEYS, type SheetKey } from '#core';
import { GoogleDouble } from '../test/google/google-double.ts';
import { plainBook, type Rows } from '../test/google/plain-book.ts';
import { serviceAccountFile } from '../test/google/tokens.ts';
import { workbookId, type GoogleOrders, type GoogleWord } from './google-orders.ts';
import { ledgerRows, MemoryLedger, NOW } from './ledger.ts';

const ITEMS = 200;
const MOST_WORKERS = 8;
const UNLIMITED = 1_000_000;

await serve(JSON.parse(process.argv[2]!) as GoogleOrders);

async function serve({ workbooks, latencyMs, quota, clockShiftMs }: GoogleOrders): Promise<void> {
  const double = new GoogleDouble(() => Date.now() + clockShiftMs);
  double.latencyMs = latencyMs;
  double.quota = quota ?? { perProject: UNLIMITED, perUser: UNLIMITED };
  const rows = settledRows();
  const accounts = Array.from({ length: MOST_WORKERS }, (_, worker) => `worker-${worker}@bench.iam.gserviceaccount.com`);
  double.holdTwins(Array.from({ length: workbooks }, (_, index) => plainBook(workbookId(index), rows, accounts)));
  const address = await double.listen();
  const tell = (): void => { process.send!({ address, keys: accounts.map(serviceAccountFile), calls: { reads: double.reads(), writes: double.writes(), refused: double.calls.filter(({ status }) => status === 429).length } } satisfies GoogleWord); };
  process.on('message', tell);
  process.on('disconnect', () => process.exit());
  tell();
}

/** A ledger of 200 items as its last run left it, all its mails sent, row by row. */
function settledRows(): Rows {
  const ledger = new MemoryLedger(ledgerRows({ items: ITEMS, notices: ITEMS, scores: ITEMS, history: 0 }));
  ledger.settle();
  const { sheets } = ledger.snapshot();
  return Object.fromEntries(SHEET_KEYS.map((key: SheetKey, place) => {
    const columns = columnsOf(key);
    const rows = sheets[place]!.rows.slice(1).map(({ cells }) => Object.fromEntries(columns.map((column, at) => [column.key, cells[at] ?? null])));
    return [key, key === 'notices' ? rows.map((row) => (row['status'] === '待发' ? { ...row, status: '已发', sentAt: serialOfMoment(NOW), attempts: 1 } : row)) : rows];
  }));
}
