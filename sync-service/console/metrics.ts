import type { ServedStatus } from '../jobs/office-service.ts';

type Metric = readonly [name: string, type: 'counter' | 'gauge', help: string, value: (status: ServedStatus) => number | null];

const seconds = (milliseconds: number | null): number | null => (milliseconds === null ? null : milliseconds / 1000);

const METRICS: readonly Metric[] = [
  ['duban_runs_done_total', 'counter', 'Runs that ended well since the service began.', (status) => status.doneCount],
  ['duban_runs_failed_total', 'counter', 'Runs that failed since the service began.', (status) => status.failedCount],
  ['duban_mails_delivered_total', 'counter', 'Mails taken over by the server since the service began.', (status) => status.deliveredCount],
  ['duban_up', 'gauge', '0 where the last run failed.', (status) => (status.failure === null ? 1 : 0)],
  ['duban_last_run_timestamp_seconds', 'gauge', 'End of the last run.', (status) => seconds(status.lastEnded)],
  ['duban_last_success_timestamp_seconds', 'gauge', 'End of the last run that ended well.', (status) => seconds(status.lastDone)],
  ['duban_last_run_seconds', 'gauge', 'How long the last run took.', (status) => status.lastSeconds],
  ['duban_backup_up', 'gauge', '0 where the last backup failed.', ({ backup }) => (backup === null ? null : backup.failure === null ? 1 : 0)],
  ['duban_last_backup_timestamp_seconds', 'gauge', 'End of the last backup that ended well.', ({ backup }) => seconds(backup?.lastDone ?? null)],
  ['duban_undelivered', 'gauge', 'Mails that the last run could not deliver.', (status) => status.outcome?.undelivered.length ?? null],
  ['duban_hints', 'gauge', 'Hints in the workbook.', (status) => status.outcome?.plan.summary.hints ?? null],
];

/** The text format of Prometheus, one series a workbook. */
export function metricsText(statuses: readonly ServedStatus[]): string {
  return METRICS.map(([name, type, help, value]) => {
    const lines = statuses.flatMap((status) => {
      const found = value(status);
      return found === null ? [] : [`${name}{workbook="${label(status.path)}"} ${found}\n`];
    });
    return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
  }).join('');
}

function label(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

/** What /healthz says: not well where a workbook's last run or backup failed. */
export function healthOf(statuses: readonly ServedStatus[]): { readonly ok: boolean; readonly text: string } {
  const failed = statuses.filter(({ failure, backup }) => failure !== null || (backup?.failure ?? null) !== null);
  return failed.length === 0 ? { ok: true, text: 'ok\n' } : { ok: false, text: failed.map((status) => `${status.path} ${resultOf(status)}\n`).join('') };
}

/** How a workbook's last run ended, and its last backup where that failed, in one line. */
function resultOf(status: ServedStatus): string {
  const backup = status.backup?.failure ?? null;
  return backup === null ? runResult(status) : `${runResult(status)};备份没有完成:${backup}`;
}

function runResult({ failure, outcome, running }: ServedStatus): string {
  if (failure !== null) return `没有完成:${failure}`;
  if (outcome === null) return running ? '正在巡检' : '等待巡检';
  const undelivered = outcome.undelivered.length === 0 ? '' : `,未送达 ${outcome.undelivered.length} 封(${outcome.undelivered[0]!.message})`;
  const waiting = outcome.state === 'journaled' ? ',文件正被打开,改动等关闭后写入' : '';
  return `写入 ${outcome.writes} 处,新通知 ${outcome.notices} 条,送达 ${outcome.delivered} 封,提示 ${outcome.plan.summary.hints} 条${undelivered}${waiting}`;
}
