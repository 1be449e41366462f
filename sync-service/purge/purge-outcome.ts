import type { PurgePlan, Moment } from '#core';
import type { DeliveryJournal } from '../workbook/memory/delivery-journal.ts';
import type { RemovableRows } from '../workbook/xlsx/remove-rows.ts';
import { backupsHolding, boardsHolding, journalsHolding, mailsOf, reportsHolding, versionsHolding, type Holding, type Sought } from './side-files.ts';

/** What goes, or went, and what stays. */
export interface PurgeOutcome {
  readonly itemId: string;
  /** Rows taken out, rows that could only be made blank, and cells of other rows changed, by sheet. */
  readonly sheets: readonly { readonly name: string; readonly rows: number; readonly blank: number; readonly cells: number }[];
  readonly files: readonly Pick<Holding, 'file' | 'how'>[];
  /** Sealed archives that still hold it. */
  readonly backups: readonly string[];
  /** What the program keeps or the workbook holds and could not be freed of it. */
  readonly unreached: readonly string[];
  /** What people should see to: sent mails, children, sums that change. */
  readonly notes: readonly string[];
}

export const NO_ROWS: RemovableRows = { removable: new Map(), blank: new Map(), reasons: [] };

/** What to purge, and where backups are looked through. */
export interface PurgeRequest {
  readonly itemId: string;
  readonly now: Moment;
  readonly backupPlaces: readonly string[];
}

/** Everything that this machine keeps of the workbook and that holds the item. */
export function holdingsOf(sought: Sought, plan: PurgePlan | null, journal: DeliveryJournal): Holding[] {
  const { mention } = sought;
  const remembered = [...journal.entries().values()].filter(({ key, subject, body }) => mention.names(key) || mention.names(`${subject}\n${body}`)).map(({ key }) => key);
  return [...mailsOf(sought, [...plan?.ownKeys ?? [], ...plan?.listingKeys ?? [], ...remembered]), ...journalsHolding(sought), ...versionsHolding(sought), ...boardsHolding(sought)];
}

/** Mails that tell of other items too: a mail goes whole. */
export function mailsListing(sought: Sought, plan: PurgePlan | null): string[] {
  const count = mailsOf(sought, plan?.listingKeys ?? []).length;
  return count === 0 ? [] : [`outbox 里有 ${count} 封信也列有其他事项,整封删除:其他事项的内容见「通知」`];
}

/** Null where nothing names the item. */
export function outcomeOf(sought: Sought, plan: PurgePlan | null, { blank, reasons }: RemovableRows, holdings: readonly Holding[], left: readonly string[], listing: readonly string[]): PurgeOutcome | null {
  const reports = reportsHolding(sought).map((file) => `${file} 里有本事项:请删除,需要的用 duban report 重出`);
  const outcome: PurgeOutcome = {
    itemId: sought.itemId,
    sheets: (plan?.sheets ?? []).map(({ name, rows, cells }) => {
      const left = blank.get(name)?.size ?? 0;
      return { name, rows: rows.length - left, blank: left, cells: cells.length };
    }),
    files: holdings.map(({ file, how }) => ({ file, how })),
    backups: backupsHolding(sought), unreached: [...left, ...reports], notes: [...plan?.notes ?? [], ...reasons, ...listing],
  };
  return plan === null && holdings.length === 0 && outcome.backups.length === 0 && outcome.unreached.length === 0 ? null : outcome;
}
