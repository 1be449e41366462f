import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where a workbook is, as people write it: the path of an .xlsx, `gsheet:ID`, or `bitable:APP_TOKEN`. */
const GOOGLE = /^gsheet:([\w-]+)$/;
const FEISHU = /^bitable:([A-Za-z0-9_]+)$/;

/** The id of a Google spreadsheet; null for anything else. */
export function googleIdOf(location: string): string | null {
  return GOOGLE.exec(location)?.[1] ?? null;
}

/** The token of a Feishu base; null for anything else. */
export function baseTokenOf(location: string): string | null {
  return FEISHU.exec(location)?.[1] ?? null;
}

/** Whether a location is a path, not a workbook in the cloud. */
export function isFile(location: string): boolean {
  return googleIdOf(location) === null && baseTokenOf(location) === null;
}

/**
 * The path beside which what belongs to a workbook lies (`.duban`, outbox, reports, backups): of an .xlsx its own, of one in
 * the cloud that of an .xlsx of its id in a folder of its own under `home`.
 */
export function siteOf(location: string, home: string): string {
  const [google, feishu] = [googleIdOf(location), baseTokenOf(location)];
  if (google !== null) return join(home, 'gsheet', google, `${google}.xlsx`);
  return feishu === null ? resolve(location) : join(home, 'bitable', feishu, `${feishu}.xlsx`);
}

/** What to do with a copy in the cloud that is to be used in earnest. */
export function copyRemedy(location: string): string {
  const token = baseTokenOf(location);
  return token === null ? '要在副本里正式启用,请在表格里点菜单「督办 → 初始化/修复」,选「是」(搬家)' : `要在副本里正式启用,请把它「首页」表「本多维表格」一行的内容改为 ${token}`;
}

/** Where a command keeps what belongs to workbooks in the cloud: beside the duban.yaml of this folder, else under data/. */
export function homeOfCommands(): string {
  return existsSync(resolve('duban.yaml')) ? resolve('.') : resolve('data');
}
