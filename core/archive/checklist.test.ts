import { describe, expect, it } from 'vitest';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { archiveMissing } from './checklist.ts';

function workbookWith(rows: readonly Record<string, string | number | null>[], required: readonly string[] | null): Workbook {
  const blank = { itemId: '', instructions: '', report: '', receiver: '', receivedAt: null, handling: '' };
  return {
    policy: { archive: required === null ? undefined : { clause: 'x', required, optional: [] } },
    sheets: { archives: { rows: rows.map((row) => ({ cells: { ...blank, ...row } })) } },
  } as unknown as Workbook;
}

describe('what is missing before an item may be archived', () => {
  it.each([
    ['a regulation without a rule asks for nothing', [], null, []],
    ['without a row everything is missing', [], ['instructions', 'report'], ['领导批示', '办结报告']],
    ['a row of another item does not help', [{ itemId: 'B', report: '有' }], ['report'], ['办结报告']],
    ['无 and 否 are not there', [{ itemId: 'A', instructions: '无', report: '否' }], ['instructions', 'report'], ['领导批示', '办结报告']],
    ['a time counts as any other entry', [{ itemId: 'A', receivedAt: 5, receiver: '' }], ['receiver', 'receivedAt'], ['接收人']],
    ['all there', [{ itemId: 'A', handling: '有' }], ['handling'], []],
  ] as const)('%s', (_name, rows, required, missing) => {
    expect(archiveMissing(workbookWith(rows, required), 'A')).toEqual(missing);
  });
});
