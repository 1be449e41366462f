import { formatMoment, isRepair, type Moment } from '#core';
import type { AnswerLinks } from '../../jobs/compose-notice.ts';
import { runLocated } from '../../jobs/run-located.ts';
import type { ProgressReporter } from '../../jobs/progress.ts';
import type { RunOutcome } from '../../jobs/run-workbook.ts';
import { stderrProgress } from '../progress.ts';
import { issueLine, planTable } from '../show-plan.ts';
import { VERSION } from '../version.ts';
import { copyRemedy, homeOfCommands, isFile, siteOf } from '../../workbook/location.ts';
import { COPY_CHOICES, type CopyChoice } from '../../workbook/xlsx/copy-choice.ts';
import { CommandError } from '../command-error.ts';
import { decideCopy } from '../decide-copy.ts';
import { requireLive, transportFor } from '../workbook-files.ts';

export interface RunOptions {
  readonly now: Moment;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly deliver: boolean;
  /** What the office makes of a copy, before this run. */
  readonly copy: CopyChoice | null;
}

/** `duban run`: prints what was done and returns the exit status (0 done, 3 written with conflicts or undelivered notices). */
export async function runCommand(file: string, options: RunOptions): Promise<number> {
  if (options.copy !== null && !isFile(file)) throw new CommandError(2, `--copy 只用于 .xlsx 文件。${copyRemedy(file)}`);
  if (options.copy !== null && options.dryRun) throw new CommandError(2, '--copy 会记下选择,不能与 --dry-run 同用');
  if (options.copy !== null) process.stderr.write(`${decideCopy(file, options.copy)}\n`);
  if (options.copy === '存档') return 0;
  const outcome = await runFile(file, options);
  if (options.json) process.stdout.write(`${JSON.stringify(jsonOf(outcome, options))}\n`);
  else process.stdout.write(`${options.dryRun ? planTable(outcome.plan) : summaryOf(file, outcome)}\n`);
  for (const { key, message } of outcome.undelivered) process.stderr.write(`未送达 ${key}:${message}\n`);
  for (const conflict of outcome.conflicts) process.stderr.write(`未写入(${conflict.reason}):${conflictPlace(conflict.change)},现为「${conflict.found}」\n`);
  return outcome.conflicts.length > 0 || outcome.undelivered.length > 0 || outcome.state === 'journaled' ? 3 : 0;
}

/** One run of a workbook with its delivery journal and mail transport. */
export async function runFile(
  file: string, options: Omit<RunOptions, 'json' | 'copy'> & { readonly answerLinks?: AnswerLinks | undefined }, progress: ProgressReporter = stderrProgress(),
): Promise<RunOutcome> {
  const role = requireLive(file);
  const site = siteOf(file, homeOfCommands());
  const transport = options.deliver && !options.dryRun ? transportFor(site, role, process.env) : null;
  try {
    return await runLocated(file, { site, now: options.now, policyExpected: null, transport, dryRun: options.dryRun, digests: 'at-once', version: VERSION, answerLinks: options.answerLinks, progress });
  } finally {
    await transport?.close();
  }
}

function jsonOf(outcome: RunOutcome, options: RunOptions): Record<string, unknown> {
  const { plan } = outcome;
  return {
    runId: outcome.runId, now: formatMoment(plan.clock.now), policy: plan.summary.policy, items: plan.summary.items, writes: outcome.writes,
    notices: outcome.notices, conflicts: outcome.conflicts.length, hints: plan.summary.hints, delivered: outcome.delivered,
    ms: Math.round(performance.now()), ...(options.dryRun ? { plan: plan.changes } : {}),
  };
}

/** The end of a run in a few Chinese lines. */
export function summaryOf(location: string, outcome: RunOutcome): string {
  const { plan } = outcome;
  const lines = [`${formatMoment(plan.clock.now)} 巡检完成:事项 ${plan.summary.items} 件,写入 ${outcome.writes} 处,新通知 ${outcome.notices} 条,送达 ${outcome.delivered} 封,提示 ${plan.summary.hints} 条`];
  if (!outcome.duties.plans) lines.push(`这份工作簿由 Apps Script 计算(参数 plannerHost),本服务${outcome.duties.sends ? '只发信' : '不计算、不发信'}`);
  if (outcome.state === 'unchanged') lines.push('没有需要改动的内容');
  if (outcome.state === 'journaled') lines.push('文件正被打开:改动已记入 .duban,关闭文件后下次巡检写入');
  if (outcome.workbook.isCopy) lines.push(isFile(location) ? `发现副本:本文件不发任何通知。请选择 ${COPY_CHOICES.map((choice) => `--copy ${choice}`).join('、')} 后再运行`
    : `发现副本:这份表格是复制出来的,不发任何通知。${copyRemedy(location)}`);
  const open = plan.issues.filter((issue) => !isRepair(issue));
  const mishaps = [...(outcome.workbook.mishaps ?? []).filter(({ at }) => at === plan.clock.now), ...plan.mishaps];
  return [...lines, ...new Set(mishaps.map(({ message }) => `  ${message}`)), ...open.slice(0, 20).map(issueLine)].join('\n');
}

function conflictPlace(change: RunOutcome['conflicts'][number]['change']): string {
  switch (change.kind) {
    case 'cell': return `${change.sheet} ${change.row.id ?? String(change.row.ref)} ${change.column}`;
    case 'append': return `${change.sheet} ${change.id ?? ''}`;
    case 'home': return `首页 ${change.key}`;
  }
}
