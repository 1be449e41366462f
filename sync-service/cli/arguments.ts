import { InvalidArgumentError } from 'commander';
import { parseISO, isValid } from 'date-fns';
import { momentFromEpoch, parsePeriod, type Moment, type Period, type PolicyId } from '#core';
import { POLICIES } from '#templates';
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

/** A path to an .xlsx; the other hosts are named, not silently taken for a file. */
export function workbookArgument(text: string): string {
  if (/^(gsheet|bitable):/.test(text)) throw new InvalidArgumentError('此版本只支持 .xlsx 文件');
  return text;
}
