import { mentionOf, parseWorkbook, planPurge, type PurgePlan } from '#core';
import { POLICIES } from '#templates';
import { OutcomeUnknownError } from '../feishu/failure.ts';
import { UnrunnableWorkbookError } from '../jobs/run-workbook.ts';
import { bitableApiFrom } from '../workbook/feishu-bitable/access.ts';
import { applyChanges } from '../workbook/feishu-bitable/apply-changes.ts';
import type { BitableApi } from '../workbook/feishu-bitable/bitable-api.ts';
import { clearRecords, loadWholeBase, namesHolding, type WholeBase } from '../workbook/feishu-bitable/clear-records.ts';
import { holdWorkbook } from '../workbook/held-workbook.ts';
import { StoreError } from '../workbook/store.ts';
import { holdingsOf, mailsListing, NO_ROWS, outcomeOf, type PurgeOutcome, type PurgeRequest } from './purge-outcome.ts';
import { writtenOut, type Sought } from './side-files.ts';

const LOCK_PATIENCE_MS = 60_000;
/** How often the base is read again after a write whose answer was lost, or that people's edits got in the way of. */
const MOST_LOOKS = 5;

/** A base of Feishu, and where what this machine keeps of it lies. */
export interface PurgedBase {
  /** `bitable:APP_TOKEN`. */
  readonly location: string;
  readonly appToken: string;
  readonly site: string;
}

/** What `purgeBase` would do; writes nothing. null where nothing that the program keeps names the item. */
export async function previewBasePurge(of: PurgedBase, request: PurgeRequest): Promise<PurgeOutcome | null> {
  const whole = await loadWholeBase(bitableApiFrom(process.env, of.appToken));
  const plan = planOf(whole, of, request);
  return await outcomeIn(of, request, { plan, mention: plan?.mention ?? mentionOf(request.itemId, []), whole, kept: [], apply: false });
}

/**
 * Takes an item out of a base and of every copy that this machine keeps of it. The row of 流转记录 that says so comes first, so that the
 * chain is whole wherever the work is cut off; what a cut leaves over, the same command takes away.
 */
export async function purgeBase(of: PurgedBase, request: PurgeRequest): Promise<PurgeOutcome | null> {
  const held = await holdWorkbook(of.location, of.site, process.env);
  return held.alone(LOCK_PATIENCE_MS, async () => {
    const api = bitableApiFrom(process.env, of.appToken);
    const { plan, kept } = await cleared(api, of, request);
    const after = await loadWholeBase(api);
    const left = (planOf(after, of, request)?.sheets ?? []).map(({ name }) => `「${name}」里仍有本事项:请在飞书里删去后再运行一次`);
    return await outcomeIn(of, request, { plan, mention: plan?.mention ?? mentionOf(request.itemId, []), whole: after, kept: [...kept, ...left], apply: true });
  });
}

/** Clears the base; answers the plan as it was made at first, and what had to stay. */
async function cleared(api: BitableApi, of: PurgedBase, request: PurgeRequest): Promise<{ plan: PurgePlan | null; kept: string[] }> {
  let first: PurgePlan | null = null;
  for (let look = 1; ; look += 1) {
    const whole = await loadWholeBase(api);
    const plan = planOf(whole, of, request);
    first ??= plan;
    if (plan === null) return { plan: first, kept: [] };
    try {
      await applyChanges(api, whole.base, plan.changes);
      return { plan: first, kept: await clearRecords(api, whole, plan.sheets) };
    } catch (error) {
      const mayRepeat = error instanceof OutcomeUnknownError || (error instanceof StoreError && error.code === 'changed-meanwhile');
      if (!mayRepeat || look === MOST_LOOKS) throw error;
    }
  }
}

function planOf({ base, snapshot }: WholeBase, { location }: PurgedBase, { itemId, now }: PurgeRequest): PurgePlan | null {
  const { workbook, issues } = parseWorkbook(base.snapshot, POLICIES);
  if (workbook === null) throw new UnrunnableWorkbookError(location, issues);
  return planPurge(snapshot, workbook, itemId, now);
}

interface Found {
  readonly plan: PurgePlan | null;
  readonly mention: PurgePlan['mention'];
  readonly whole: WholeBase;
  readonly kept: readonly string[];
  /** Whether the files are freed of it too. */
  readonly apply: boolean;
}

async function outcomeIn({ location, appToken, site }: PurgedBase, { itemId, now, backupPlaces }: PurgeRequest, { plan, mention, whole, kept, apply }: Found): Promise<PurgeOutcome | null> {
  const sought: Sought = { path: site, memory: appToken, itemId, mention, now, backupPlaces };
  const { openJournal } = await holdWorkbook(location, site, process.env);
  const holdings = [...holdingsOf(sought, plan, openJournal()), ...writtenOut(sought)];
  const listing = mailsListing(sought, plan);
  if (apply) for (const holding of holdings) holding.apply();
  return outcomeOf(sought, plan, NO_ROWS, holdings, [...kept, ...namesHolding(whole, mention)], listing);
}
