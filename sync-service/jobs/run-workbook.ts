import {
  changesOfHost, dutiesOf, mailFooter, parseWorkbook, pendingDeliveries, planRun, runRecord, runRecordId, SHEETS, type Conflict, type Deliveries, type Delivery, type DigestHour, type Host, type HostDuties, type Moment, 
  type Policy, type RowIssue, type RunPlan, type Workbook, type WorkbookSnapshot,
} from '#core';
import type { Messenger } from '../feishu/messenger.ts';
import type { GroupRobot } from '../notify/robots/robot.ts';
import type { MailTransport, ReachedMailboxes } from '../notify/transport.ts';
import type { AnswerLinks } from './compose-notice.ts';
import { deliverNotices } from './deliver-notices.ts';
import { StoreError, type WorkbookStore } from '../workbook/store.ts';
import type { ProgressReporter } from './progress.ts';
import { tellGroups } from './tell-groups.ts';

/** What was really sent, kept outside the workbook so that neither a crash nor a stale save can hide it. */
export interface DeliveryMemory {
  /** The same for as long as the workbook lives: part of every Message-ID. */
  readonly workbookId: string;
  entries(): Deliveries;
  /** Durable when it returns. */
  record(delivery: Delivery): void;
  /** Who has a mail that is not yet through; empty once it is sent. Durable when its `add` returns. */
  reached(key: string): ReachedMailboxes;
}

export interface RunInput {
  readonly store: WorkbookStore;
  readonly policies: Readonly<Record<string, Policy>>;
  readonly now: Moment;
  /** The policy the workbook must have; null: whichever it says. */
  readonly policyExpected: string | null;
  readonly memory: DeliveryMemory;
  /** Null: plan and write, deliver nothing. */
  readonly transport: MailTransport | null;
  /** Absent: mails bring no links. */
  readonly answerLinks?: AnswerLinks | undefined;
  /** Tried before mail; absent: mail alone. */
  readonly messenger?: Messenger | undefined;
  /** The groups that hear of what is new; absent: none. */
  readonly robots?: readonly GroupRobot[] | undefined;
  /** Before anything is written; ends the run by rejecting. */
  readonly beforeWrite?: (() => Promise<void>) | undefined;
  readonly dryRun: boolean;
  readonly digests: DigestHour;
  readonly version: string;
  readonly progress: ProgressReporter;
  /** Milliseconds since the process began, for 运行记录. */
  readonly elapsed: () => number;
}

export interface RunOutcome {
  readonly runId: string;
  readonly workbook: Workbook;
  readonly plan: RunPlan;
  readonly writes: number;
  readonly notices: number;
  readonly conflicts: readonly Conflict[];
  readonly delivered: number;
  readonly undelivered: readonly { readonly key: string; readonly message: string }[];
  /** What this service does in the workbook; another host does the rest. */
  readonly duties: HostDuties;
  readonly state: 'saved' | 'journaled' | 'unchanged' | 'dry-run';
}

/** A workbook that can't be run at all; `issues` says why, in sentences for people. */
export class UnrunnableWorkbookError extends Error {
  readonly issues: readonly RowIssue[];
  constructor(location: string, issues: readonly RowIssue[]) {
    super(`不能运行 ${location}:${issues.filter((issue) => issue.severity === 'error').map((issue) => issue.message).join(';') || '工作簿不完整'}`);
    this.name = 'UnrunnableWorkbookError';
    this.issues = issues;
  }
}

const HOST: Host = 'sync-service';
const READ_AGAIN = 5;

/**
 * One supervision run: read, validate, plan, deliver, write once, of which this service does what falls to it. Mail goes out from the plan before the save, each
 * remembered durably before and after; a crash in between leaves a journal from which the next run completes the rows.
 */
export async function runWorkbook(input: RunInput): Promise<RunOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    const snapshot = await input.store.read(input.dryRun ? undefined : { settleAt: input.now });
    try {
      return await runOn(input, snapshot);
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'changed-meanwhile' || attempt >= READ_AGAIN) throw error;
      input.progress.step('表在运行期间被人保存,重新读取并计划');
    }
  }
}

/** Reads and plans without writing or sending anything. */
export async function planWorkbook(store: WorkbookStore, policies: Readonly<Record<string, Policy>>, now: Moment, deliveries: Deliveries): Promise<{ workbook: Workbook; plan: RunPlan }> {
  const workbook = parsed(store.location, await store.read(), policies);
  return { workbook, plan: planRun(workbook, now, deliveries) };
}

function parsed(location: string, snapshot: WorkbookSnapshot, policies: Readonly<Record<string, Policy>>): Workbook {
  const { workbook, issues } = parseWorkbook(snapshot, policies);
  if (workbook === null) throw new UnrunnableWorkbookError(location, issues);
  return workbook;
}

async function runOn(input: RunInput, snapshot: WorkbookSnapshot): Promise<RunOutcome> {
  const { store, now, memory, progress } = input;
  const workbook = parsed(store.location, snapshot, input.policies);
  requirePolicy(input, workbook);
  progress.step(`已读取 ${workbook.sheets.items.rows.length} 件事项,正在计划`);
  let plan = planRun(workbook, now, memory.entries(), input.digests);
  const outgoing = pendingDeliveries(workbook, plan.notices, memory.entries(), plan.clock, HOST);
  const duties = dutiesOf(workbook, plan.clock.today, HOST);
  const none = { delivered: 0, undelivered: [] };
  if (!input.dryRun && input.transport !== null && outgoing.length > 0) await store.claimSending?.(snapshot);
  const delivery = input.dryRun || input.transport === null ? none : await deliverNotices(input, input.transport, { workbook, workbookId: memory.workbookId, now, footer: mailFooter(workbook, store.location, plan.clock.today), ...(input.answerLinks === undefined ? {} : { answerLinks: input.answerLinks }) }, outgoing);
  const groups = input.dryRun || input.transport === null || input.robots === undefined ? none : await tellGroups(workbook, plan, memory, input.robots);
  if ((delivery !== none && outgoing.length > 0) || groups.delivered + groups.undelivered.length > 0) plan = planRun(workbook, now, memory.entries(), input.digests);
  const told = { delivered: delivery.delivered + groups.delivered, undelivered: [...delivery.undelivered, ...groups.undelivered] };
  const base = { runId: runRecordId(workbook, plan.clock.now), workbook, plan, notices: duties.plans ? plan.summary.notices : 0, duties, ...told };
  if (input.dryRun) return { ...base, writes: plan.summary.writes, conflicts: [], state: 'dry-run' };
  const changes = changesOfHost(plan.changes, duties);
  if (duties.plans) store.noteMishaps(snapshot, plan.mishaps);
  if (changes.length === 0) return { ...base, writes: 0, conflicts: [], state: 'unchanged' };

  const writes = duties.plans ? plan.summary.writes : changes.length;
  progress.step(`正在写入 ${writes} 处`);
  const record = duties.plans ? [runRecord(workbook, plan, {
    version: input.version, writes, notices: plan.summary.notices, conflicts: 0, ms: Math.round(input.elapsed()),
  })] : [];
  await input.beforeWrite?.();
  const applied = await store.apply(snapshot, [...changes, ...record]);
  return { ...base, writes: writes - applied.conflicts.length, conflicts: applied.conflicts, state: applied.state };
}

function requirePolicy({ store, policyExpected }: RunInput, { policy }: Workbook): void {
  if (policyExpected === null || policy.id === policyExpected) return;
  throw new UnrunnableWorkbookError(store.location, [{
    code: 'policy-unknown', severity: 'error', sheet: SHEETS.parameters.name, row: null, column: null, value: policy.id, because: 'policy',
    message: `工作簿适用的制度是 ${policy.id},配置里要求 ${policyExpected}:请核对「制度参数」表的 policy,或改 duban.yaml 的 policy`,
  }]);
}

