import { formatDay, type ArchivePlan, type Moment, type YearArchive } from '#core';
import { POLICIES } from '#templates';
import { backUp } from '../../archive/make-archive.ts';
import { openPlace } from '../../archive/places/place.ts';
import { archiveYears, previewArchive, type WrittenArchive } from '../../archive/year-archive.ts';
import { backupPlace } from '../../config/config.ts';
import { CommandError } from '../command-error.ts';
import { backupsOf } from '../serve-config.ts';
import { VERSION } from '../version.ts';
import { requireLive } from '../workbook-files.ts';

export interface ArchiveOptions {
  /** Null: every locked year. */
  readonly year: number | null;
  readonly to: string | null;
  readonly yes: boolean;
  /** The configuration that says where backups lie; null: duban.yaml here, where there is one. */
  readonly config: string | null;
  readonly now: Moment;
}

/** Named one by one, before the rest is counted. */
const LISTED = 20;

/** `duban archive`: without --yes what would move; with it, it has moved, and each new file is backed up once. */
export async function archiveCommand(file: string, { year, to, yes, config, now }: ArchiveOptions): Promise<number> {
  const role = requireLive(file);
  if (role === 'copy') throw new CommandError(1, '这是副本,没有归档:请先用 duban run 加 --copy 搬家 或 --copy 演练 说明它是什么');
  if (to !== null && year === null) throw new CommandError(2, '--to 只能和 --year 一起用:一年一个文件');
  if (!yes) {
    const plan = previewArchive(file, { year, now });
    const moving = plan.years.map((archive) => [`${archive.year} 年:${archive.items.length} 件事项(预览,没有改动)`, ...listed(archive)].join('\n'));
    process.stdout.write(`${[...moving, ...staying(plan), plan.years.length === 0 ? nothing(year) : '确认无误后加 --yes 归档'].join('\n')}\n`);
    return 0;
  }
  const { written, left } = await archiveYears(file, { year, to, now, version: VERSION });
  const lines: string[] = [];
  for (const one of written) lines.push(...told(one), await backedUp(file, one, config, now));
  process.stdout.write(`${[...lines, ...staying(left), ...(written.length === 0 ? [nothing(year)] : [])].join('\n')}\n`);
  return 0;
}

function told({ path, archive, blank }: WrittenArchive): string[] {
  return [`${archive.year} 年:${archive.items.length} 件事项已归档到 ${path}`, ...listed(archive), ...blank.map((reason) => `请注意 ${reason}`)];
}

/** The file never changes again: one backup with its attachments is enough, and the workbook's own no longer bring them. */
async function backedUp(file: string, { path }: WrittenArchive, config: string | null, now: Moment): Promise<string> {
  const backups = backupsOf(file, config);
  const made = await backUp({ file: path, place: openPlace(backupPlace(file, backups?.to ?? null), process.env), recipients: backups?.recipients ?? [], now, version: VERSION, policies: POLICIES });
  return `  已备份:${made.path}${made.manifest.leftOut.map(({ what, why }) => `\n  备份未收入 ${what}:${why}`).join('')}`;
}

function listed({ items, leaving, last }: YearArchive): string[] {
  const lines = items.slice(0, LISTED).map(({ id, title, unit, closedOn, records }) => `  ${id} ${title}(${unit}),${formatDay(closedOn)} 办结,申请、反馈、督查、通知共 ${records} 条`);
  if (items.length > LISTED) lines.push(`  等 ${items.length} 件`);
  const count = (key: 'notices' | 'history' | 'runs'): number => leaving.get(key)?.size ?? 0;
  return [...lines, `  随之移出流转记录 ${count('history')} 行${last === null ? '' : `(至第 ${last.seq} 号)`}、运行记录 ${count('runs')} 行,通知(含每日摘要)共 ${count('notices')} 条`];
}

function staying({ waiting, notes }: Pick<ArchivePlan, 'waiting' | 'notes'>): string[] {
  const lines = waiting.slice(0, LISTED).map(({ id, title, why }) => `暂不归档 ${id} ${title}:${why}`);
  return [...lines, ...(waiting.length > LISTED ? [`暂不归档的共 ${waiting.length} 件`] : []), ...notes.map((note) => `请注意 ${note}`)];
}

function nothing(year: number | null): string {
  return `没有可归档的事项:${year === null ? '' : `${year} 年`}要状态是「已归档」、年度已锁定(签发年度排名或通报,或在「制度参数」填 lockedThrough)`;
}
