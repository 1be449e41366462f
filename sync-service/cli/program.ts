import { Command, CommanderError, Option } from 'commander';
import { momentFromEpoch, type Moment, type Period, type PolicyId } from '#core';
import { COPY_CHOICES, type CopyChoice } from '../workbook/xlsx/copy-choice.ts';
import { copyArgument, countArgument, fileArgument, instantArgument, fileOrBaseArgument, periodArgument, policyArgument, workbookArgument, yearArgument } from './arguments.ts';
import { checkCommand } from './commands/check.ts';
import { runCommand } from './commands/run.ts';
import { testMailCommand } from './commands/test-mail.ts';
import { statusOfError } from './exit-status.ts';
import { VERSION } from './version.ts';

const clock = (): Moment => momentFromEpoch(Date.now());
const NOW = ['--now <instant>', '按此时刻运行,如 2026-03-02T09:00+08:00', instantArgument] as const;

/**
 * The command line: runs what the arguments ask for, prints, and answers the exit status. What init, import, report, serve and
 * doctor bring (exceljs, echarts, pino, yaml) takes long to load: they are imported when asked for.
 */
export async function runProgram(args: readonly string[]): Promise<number> {
  let status = 0;
  const program = new Command('duban').description('督办:定时限、提醒、催办、计分、排名').version(VERSION).exitOverride().showHelpAfterError();

  program.command('init').argument('<FILE.xlsx>', '新工作簿,或 bitable:编号', workbookArgument)
    .description('新建工作簿;飞书多维表格则补齐所缺的数据表、字段和视图').requiredOption('--policy <ID>', '适用制度:bus logistics expo company platform tax', policyArgument)
    .option('--sample', '带样例单位和事项', false).option('--persons', '多维表格:承办人、责任人另设人员字段,加视图「我的」', false).option(...NOW)
    .action(async (file: string, options: { policy: PolicyId; sample: boolean; persons: boolean; now?: Moment }) => {
      const { initCommand } = await import('./commands/init.ts');
      status = await initCommand(file, { policy: options.policy, sample: options.sample, persons: options.persons, now: options.now ?? null });
    });

  program.command('check').argument('<WORKBOOK>', '工作簿', workbookArgument)
    .description('只校验,列出全部提示').option('--json', '输出 JSON', false).option(...NOW)
    .action(async (file: string, options: { json: boolean; now?: Moment }) => {
      status = await checkCommand(file, { json: options.json, now: options.now ?? clock() });
    });

  program.command('run').argument('<WORKBOOK>', '工作簿', workbookArgument)
    .description('一次巡检:读取、校验、计划、写入、发信')
    .option('--dry-run', '只计划,不写不发', false).option('--json', '输出 JSON', false).option('--no-deliver', '只写入,不发信')
    .option('--copy <选择>', `发现副本时:${COPY_CHOICES.join('、')}`, copyArgument).option(...NOW)
    .action(async (file: string, options: { dryRun: boolean; json: boolean; deliver: boolean; copy?: CopyChoice; now?: Moment }) => {
      status = await runCommand(file, { ...options, copy: options.copy ?? null, now: options.now ?? clock() });
    });

  program.command('import').argument('<LEDGER.xlsx>', '本单位原有的台账', fileArgument)
    .description('把原有台账导入工作簿:先预览,加 --yes 才写入').requiredOption('--into <WORKBOOK>', '导入到哪个工作簿', workbookArgument)
    .option('--map <FILE>', '列的对应(JSON)').option('--yes', '确认导入', false).option(...NOW)
    .action(async (file: string, options: { into: string; map?: string; yes: boolean; now?: Moment }) => {
      const { importCommand } = await import('./commands/import.ts');
      status = await importCommand(file, { into: options.into, map: options.map ?? null, yes: options.yes, now: options.now ?? clock() });
    });

  program.command('report').argument('<WORKBOOK>', '工作簿', workbookArgument)
    .description('一个期间的排名和通报').requiredOption('--period <期间>', '2026-03、2026Q1 或 2026', periodArgument)
    .option('--out <DIR>', '文件放在哪里(默认工作簿旁的 reports)').option(...NOW)
    .action(async (file: string, options: { period: Period; out?: string; now?: Moment }) => {
      const { reportCommand } = await import('./commands/report.ts');
      status = await reportCommand(file, { period: options.period, out: options.out ?? null, now: options.now ?? clock() });
    });

  program.command('group-report').argument('<工作簿或 duban.yaml...>', '几份工作簿,或一份配置里的全部工作簿')
    .description('集团排名:各工作簿、各单位的按时办结率、超期、延期,写成一个 .xlsx;只读,不改工作簿').option('--period <期间>', '2026-03、2026Q1 或 2026(默认上个月)', periodArgument)
    .requiredOption('--to <FILE.xlsx>', '写成哪个文件(不覆盖已有的)').option(...NOW)
    .action(async (sources: string[], options: { period?: Period; to: string; now?: Moment }) => {
      const { groupReportCommand } = await import('./commands/group-report.ts');
      status = await groupReportCommand(sources, { period: options.period ?? null, to: options.to, now: options.now ?? clock() });
    });

  program.command('test-mail').argument('<WORKBOOK_OR_ADDRESS>', '工作簿(发给督办专员)或邮箱地址', workbookArgument)
    .description('发一封测试邮件;发不出去时说明原因和怎么办').option(...NOW)
    .action(async (target: string, options: { now?: Moment }) => {
      status = await testMailCommand(target, options.now ?? clock());
    });

  program.command('preview-mail').argument('<WORKBOOK>', '工作簿', workbookArgument)
    .description('看看此刻巡检会发哪些信:写成 .eml 文件,不发送').option('--to <姓名>', '只看发给此人的').option('--out <DIR>', '写到哪个文件夹(默认工作簿旁的 preview)').option(...NOW)
    .action(async (file: string, options: { to?: string; out?: string; now?: Moment }) => {
      const { previewMailCommand } = await import('./commands/preview-mail.ts');
      status = await previewMailCommand(file, { to: options.to ?? null, out: options.out ?? null, now: options.now ?? clock() });
    });

  program.command('serve').description('定时巡检,有人保存工作簿也巡检;网页 http://127.0.0.1:8420').option('--config <FILE>', '配置文件(默认 duban.yaml)')
    .action(async (options: { config?: string }) => {
      const { serveCommand } = await import('./commands/serve.ts');
      status = await serveCommand(options.config ?? null);
    });

  program.command('worker').description('多台机器一起巡检的一个工作进程(队列在 PostgreSQL,地址在 DUBAN_DATABASE_URL)')
    .option('--concurrency <N>', '同时做几件', countArgument, 4).option('--config <FILE>', '配置文件(默认 duban.yaml)')
    .action(async (options: { concurrency: number; config?: string }) => {
      const { workerCommand } = await import('./commands/worker.ts');
      status = await workerCommand({ concurrency: options.concurrency, config: options.config ?? null });
    });

  program.command('jobs').description('队列里等待的、正在做的、已放弃的工作和原因').option('--retry <编号>', '让一件已放弃的重新排队').option('--json', '输出 JSON', false)
    .action(async (options: { retry?: string; json: boolean }) => {
      const { jobsCommand } = await import('./commands/jobs.ts');
      status = await jobsCommand({ retry: options.retry ?? null, json: options.json });
    });

  program.command('doctor').description('逐项检查定时服务:配置、时钟、磁盘、邮件、节假日、每份工作簿;有问题的说明怎么办').option('--config <FILE>', '配置文件(默认 duban.yaml)').option(...NOW)
    .action(async (options: { config?: string; now?: Moment }) => {
      const { doctorCommand } = await import('./commands/doctor.ts');
      status = await doctorCommand(options.config ?? null, options.now ?? clock());
    });

  program.command('backup').argument('<WORKBOOK>', '工作簿', workbookArgument)
    .description('备份成一个文件:工作簿、投递记录、附件、报告;旧备份按日 30、月 24、年全留清理')
    .option('--to <DIR|s3://…>', '备份到哪个文件夹或对象存储(默认工作簿旁的 backups)')
    .addOption(new Option('--recipient <age1…>', '加密,只有此公钥的私钥打得开;可写几次').argParser((key: string, keys: string[]) => [...keys, key]).default([], '不加密')).option(...NOW)
    .action(async (file: string, options: { to?: string; recipient: string[]; now?: Moment }) => {
      const { backupCommand } = await import('./commands/backup.ts');
      status = await backupCommand(file, { to: options.to ?? null, recipients: options.recipient, now: options.now ?? clock() });
    });

  program.command('purge').argument('<WORKBOOK>', '工作簿', fileOrBaseArgument)
    .description('把一件事项从工作簿和程序保存的副本里清除:先预览,加 --yes 才清除').requiredOption('--item <事项编号>', '清除哪一件')
    .option('--yes', '确认清除', false).option('--json', '输出 JSON', false).option('--config <FILE>', '配置文件(默认 duban.yaml):也查它写的备份处').option(...NOW)
    .action(async (file: string, options: { item: string; yes: boolean; json: boolean; config?: string; now?: Moment }) => {
      const { purgeCommand } = await import('./commands/purge.ts');
      status = await purgeCommand(file, { ...options, config: options.config ?? null, now: options.now ?? clock() });
    });

  program.command('archive').argument('<WORKBOOK>', '工作簿', fileArgument)
    .description('把已锁定年度的归档事项移入年度归档工作簿:先预览,加 --yes 才移').option('--year <年>', '只归档这一年(默认所有已锁定的年度)', yearArgument)
    .option('--to <FILE.xlsx>', '归档到哪个文件(默认工作簿旁的 督办归档-年.xlsx)', fileArgument).option('--yes', '确认归档', false).option('--config <FILE>', '配置文件(默认 duban.yaml):按它写的办法备份').option(...NOW)
    .action(async (file: string, options: { year?: number; to?: string; yes: boolean; config?: string; now?: Moment }) => {
      const { archiveCommand } = await import('./commands/archive.ts');
      status = await archiveCommand(file, { year: options.year ?? null, to: options.to ?? null, yes: options.yes, config: options.config ?? null, now: options.now ?? clock() });
    });

  program.command('verify').argument('<ARCHIVE>', '备份文件、s3://…,或 .xlsx 工作簿').description('核对备份:每个字节,和流转记录的链;工作簿:流转记录的链,连同年度归档')
    .action(async (archive: string) => {
      const { verifyCommand } = await import('./commands/verify.ts');
      status = await verifyCommand(archive);
    });

  program.command('restore').argument('<ARCHIVE>', '备份文件,或 s3://…').description('从备份恢复成新文件,并说明还缺什么')
    .requiredOption('--to <FILE.xlsx>', '恢复成哪个文件(不覆盖已有的)')
    .action(async (archive: string, options: { to: string }) => {
      const { restoreCommand } = await import('./commands/restore.ts');
      status = await restoreCommand(archive, options.to);
    });

  try {
    await program.parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    return exitStatus(error);
  }
}

/** What commander prints itself, --help and --version among it; everything else is a failure. */
function exitStatus(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return statusOfError(error);
}
