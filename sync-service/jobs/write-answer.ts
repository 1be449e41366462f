import { dayOf, parseWorkbook, signChanges, workbookOn, type Answer, type Moment, type Policy, type Workbook, type WorkbookSnapshot } from '#core';
import { StoreError, type WorkbookStore } from '../workbook/store.ts';

export type WriteOutcome =
  | { readonly kind: 'done'; readonly written: number }
  | { readonly kind: 'refused' | 'conflict' | 'held'; readonly message: string };

/** A workbook that reads, but can't be run. */
export class UnreadableBookError extends Error {}

const TRIES = 4;

/**
 * Writes what a person decided outside the table, as 操作人 `actor`, into the workbook as it is at that moment. Throws a StoreError,
 * or an UnreadableBookError.
 */
export async function writeAnswer(
  { store, policies, clock, programVersion }: { readonly store: WorkbookStore; readonly policies: Readonly<Record<string, Policy>>; readonly clock: () => Moment; readonly programVersion: string },
  actor: () => string, decide: (workbook: Workbook, now: Moment) => Answer,
): Promise<WriteOutcome> {
  async function once(): Promise<WriteOutcome> {
    const now = clock();
    const snapshot = await store.read({ settleAt: now });
    const workbook = workbookOn(readable(policies, snapshot), dayOf(now));
    if (workbook.isCopy) return { kind: 'refused', message: '这是副本,不能在网页办理:请先选择搬家、存档或演练' };
    const answer = decide(workbook, now);
    if (answer.kind === 'refused') return answer;
    const applied = await store.apply(snapshot, signChanges(workbook, answer.changes, actor(), now, programVersion));
    const clash = applied.conflicts[0];
    if (clash !== undefined) return { kind: 'conflict', message: `表格刚被人改动(现为「${clash.found}」),没有写入:请看过后再办` };
    return { kind: 'done', written: answer.changes.length };
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      if (error.code === 'held-open') return { kind: 'held', message: error.message };
      if (error.code !== 'changed-meanwhile' || attempt >= TRIES) throw error;
    }
  }
}

/** A snapshot as a workbook. Throws an UnreadableBookError with a sentence for people. */
export function readable(policies: Readonly<Record<string, Policy>>, snapshot: WorkbookSnapshot): Workbook {
  const { workbook, issues } = parseWorkbook(snapshot, policies);
  if (workbook === null) throw new UnreadableBookError(issues.find(({ severity }) => severity === 'error')?.message ?? '工作簿不完整');
  return workbook;
}
