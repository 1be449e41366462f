import { formatMoment, moment, type Moment } from '#core';

const KEPT_DAYS = 30;
const KEPT_MONTHS = 24;
const STAMP = /^\.(\d{4}-\d{2}-\d{2})T(\d{2})(\d{2})\.duban\.zip(?:\.age)?$/;

/** `台账.2026-03-16T0900.duban.zip`. */
export function archiveName(workbookName: string, now: Moment): string {
  return `${nameBeginning(workbookName)}${formatMoment(now).replace(' ', 'T').replace(':', '')}.duban.zip`;
}

/** How the names of a workbook's archives begin. */
export function nameBeginning(workbookName: string): string {
  return `${stemOf(workbookName)}.`;
}

/** The archives of a workbook among the files of a folder, by name, oldest first. */
export function archivesOf(workbookName: string, files: readonly string[]): string[] {
  const stem = stemOf(workbookName);
  return files.filter((file) => file.startsWith(stem) && STAMP.test(file.slice(stem.length))).sort();
}

/** When the newest archive of a workbook among the files of a folder was made; null where there is none. */
export function newestArchive(workbookName: string, files: readonly string[]): Moment | null {
  const name = archivesOf(workbookName, files).at(-1);
  if (name === undefined) return null;
  const [, day, hour, minute] = STAMP.exec(name.slice(stemOf(workbookName).length))!;
  return moment(`${day!} ${hour!}:${minute!}`);
}

/**
 * Which archives of a workbook need not be kept: all of the latest day stay, then the last of each of 30 days, of 24
 * months and of every year. Days and months count where they have an archive: an outage costs none.
 */
export function outdatedArchives(workbookName: string, files: readonly string[]): string[] {
  const archives = archivesOf(workbookName, files);
  const dayOfName = (name: string): string => STAMP.exec(name.slice(stemOf(workbookName).length))![1]!;
  const lastOf = (span: number): string[] => [...new Map(archives.map((name) => [dayOfName(name).slice(0, span), name])).values()];
  const latestDay = archives.length === 0 ? '' : dayOfName(archives.at(-1)!);
  const kept = new Set([
    ...archives.filter((name) => dayOfName(name) === latestDay),
    ...lastOf('2026-03-16'.length).slice(-KEPT_DAYS), ...lastOf('2026-03'.length).slice(-KEPT_MONTHS), ...lastOf('2026'.length),
  ]);
  return archives.filter((name) => !kept.has(name));
}

function stemOf(workbookName: string): string {
  return workbookName.replace(/\.xlsx$/i, '');
}
