import { InvalidArgumentError } from 'commander';
import { parseISO, isValid } from 'date-fns';
import { momentFromEpoch, parsePeriod, type Moment, type Period, type PolicyId } from '#core';
import { POLICIES } from '#templates';
import { baseTokenOf, googleIdOf } from '../workbook/location.ts';
import { COPY_CHOICES, type CopyChoice } from '../workbook/xlsx/copy-choice.ts';

/** `--now 2026-03-02T09:00+08:00`: an instant with its zone; without one it is taken as Asia/Shanghai. */
export function instantArgument(text: string): Moment {
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text.length === 10 ? `${text}T00:00` : text}+08:00`;
  const date = parseISO(zoned);
  if (!isValid(date)) throw new InvalidArgumentError('应写作 2026-03-02T09:00+08:00');
  return momentFromEpoch(date.getTime());
}

/** A whole number from 1 to 64. */
export function countArgument(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 64) throw new InvalidArgumentError('应为 1 到 64 的整数');
  return count;
}

export function policyArgument(text: string): PolicyId {
  if (!Object.hasOwn(POLICIES, text)) throw new InvalidArgumentError(`制度应为 ${Object.keys(POLICIES).join('、')} 之一`);
  return text as PolicyId;
}

export function copyArgument(text: string): CopyChoice {
  const choice = COPY_CHOICES.find((candidate) => candidate === text);
  if (choice === undefined) throw new InvalidArgumentError(`应为 ${COPY_CHOICES.join('、')} 之一`);
  return choice;
}

export function periodArgument(text: string): Period {
  const period = parsePeriod(text);
  if (period === null) throw new InvalidArgumentError('期间应写作 2026-03、2026Q1 或 2026');
  return period;
}

export function yearArgument(text: string): number {
  if (!/^\d{4}$/.test(text)) throw new InvalidArgumentError('年应写作 2025');
  return Number(text);
}

/** A path to an .xlsx, `gsheet:ID` or `bitable:APP_TOKEN`; an address of a host is not silently taken for a file. */
export function workbookArgument(text: string): string {
  if (/^https:\/\/[\w.-]+\/base\//.test(text) || (text.startsWith('bitable:') && baseTokenOf(text) === null)) throw new InvalidArgumentError('飞书多维表格应写作 bitable:编号,编号是网址里 /base/ 与 ? 之间的一段');
  if (/^https:\/\/docs\.google\.com\/spreadsheets\//.test(text)) throw new InvalidArgumentError('谷歌表格请写作 gsheet:编号,编号是网址里 /d/ 与 /edit 之间的一段');
  if (text.startsWith('gsheet:') && googleIdOf(text) === null) throw new InvalidArgumentError('谷歌表格应写作 gsheet:编号,编号是网址里 /d/ 与 /edit 之间的一段');
  return text;
}

/** A path to an .xlsx, of a command that does not work on a workbook in the cloud. */
export function fileArgument(text: string): string {
  if (/^(gsheet|bitable):/.test(text)) throw new InvalidArgumentError('这个命令只能用于 .xlsx 文件');
  return text;
}

/** A path to an .xlsx, or a base of Feishu, of a command that does not work on a Google spreadsheet. */
export function fileOrBaseArgument(text: string): string {
  return text.startsWith('gsheet:') ? fileArgument(text) : workbookArgument(text);
}
