import { realpathSync } from 'node:fs';
import { archiveFiles, mentionOf, parseWorkbook, planPurge, type PurgePlan, type Workbook } from '#core';
import { POLICIES } from '#templates';
import { UnrunnableWorkbookError } from '../jobs/run-workbook.ts';
import { clearedWorkbook, partsNaming, rowsBySheet, type ClearedWorkbook } from '../workbook/xlsx/clear-cells.ts';
import { memoryKey } from '../workbook/xlsx/copy-choice.ts';
import { openDeliveryJournal } from '../workbook/xlsx/delivery-journal.ts';
import { loadWholeWorkbook, type LoadedWorkbook } from '../workbook/xlsx/read-snapshot.ts';
import { removableRows } from '../workbook/xlsx/remove-rows.ts';
import { rewriteAlone, saveRewritten } from '../workbook/xlsx/rewrite.ts';
import { holdingsOf, mailsListing, NO_ROWS, outcomeOf, type PurgeOutcome, type PurgeRequest } from './purge-outcome.ts';
import { yearlyHolding, type Sought } from './side-files.ts';

const UNDONE = '没有清除';

/** What `purgeItem` would do; writes nothing. null where nothing that the program keeps names the item. */
export function previewPurge(file: string, request: PurgeRequest): PurgeOutcome | null {
  const path = realpathSync(file);
  const workbook = loadWholeWorkbook(path);
  const parsed = parsedOf(workbook);
  const plan = planPurge(workbook.snapshot, parsed, request.itemId, request.now);
  const sought = soughtOf(workbook, plan, request);
  const holdings = holdingsOf(sought, plan, openDeliveryJournal(path));
  const removal = plan === null ? NO_ROWS : removableRows(workbook, rowsBySheet(plan.sheets));
  return outcomeOf(sought, plan, removal, holdings, [...leftIn(workbook, sought), ...inYearly(sought, parsed)], mailsListing(sought, plan));
}

/**
 * Takes an item out of the workbook and of every copy that the program keeps beside it. Alone among the processes of this
 * machine; refused while an editor has the workbook open, whose save would bring all back. What a cut leaves over, the same
 * command takes away.
 */
export function purgeItem(file: string, request: PurgeRequest): Promise<PurgeOutcome | null> {
  const { itemId, now } = request;
  const path = realpathSync(file);
  return rewriteAlone(path, now, UNDONE, async () => {
    const workbook = loadWholeWorkbook(path);
    const parsed = parsedOf(workbook);
    const plan = planPurge(workbook.snapshot, parsed, itemId, now);
    const sought = soughtOf(workbook, plan, request);
    const { kept, removal } = plan === null ? { kept: [], removal: NO_ROWS } : await save(workbook, plan);
    // After the save: it keeps the version before it.
    const holdings = holdingsOf(sought, plan, openDeliveryJournal(path));
    const listing = mailsListing(sought, plan);
    for (const holding of holdings) holding.apply();
    const after = loadWholeWorkbook(path);
    const left = [...kept, ...(planPurge(after.snapshot, parsedOf(after), itemId, now)?.sheets ?? []).map(({ name }) => `「${name}」里仍有本事项:请在表格里删去后再运行一次`), ...leftIn(after, sought), ...inYearly(sought, parsed)];
    return outcomeOf(sought, plan, removal, holdings, left, listing);
  });
}

/** Saves the workbook without the item; answers what had to stay, and which rows are gone or blank. */
async function save(workbook: LoadedWorkbook, plan: PurgePlan): Promise<Pick<ClearedWorkbook, 'kept' | 'removal'>> {
  const { bytes, kept, removal } = await clearedWorkbook(workbook, plan.sheets);
  await saveRewritten(workbook, bytes, plan.changes, UNDONE);
  return { kept, removal };
}

function parsedOf({ snapshot, path }: LoadedWorkbook): Workbook {
  const { workbook, issues } = parseWorkbook(snapshot, POLICIES);
  if (workbook === null) throw new UnrunnableWorkbookError(path, issues);
  return workbook;
}

/** Yearly archives are workbooks of their own: each is purged by itself. */
function inYearly(sought: Sought, parsed: Workbook): string[] {
  return yearlyHolding(sought, archiveFiles(parsed).keys()).map((name) => `年度归档 ${name} 里有本事项:请再运行 duban purge ${name} --item ${sought.itemId}`);
}

function soughtOf({ path, identity, role }: LoadedWorkbook, plan: PurgePlan | null, { itemId, now, backupPlaces }: PurgeRequest): Sought {
  return { path, memory: memoryKey(identity, role, path), itemId, mention: plan?.mention ?? mentionOf(itemId, []), now, backupPlaces };
}

/** Caches and drawings inside the file that still hold it. */
function leftIn({ zip, sheets, parts }: LoadedWorkbook, { mention }: Sought): string[] {
  const known = new Set([...sheets.map(({ part }) => part), ...(parts.sharedStringsPart === null ? [] : [parts.sharedStringsPart])]);
  return partsNaming(zip, known, mention).map((part) => `工作簿的部件 ${part} 里仍有本事项(${/pivot/i.test(part) ? '数据透视表的缓存:请刷新透视表后保存' : /chart/i.test(part) ? '图表的缓存:请打开工作簿另存一次' : '批注、图形或文本框:请在表格里删去'})`);
}
