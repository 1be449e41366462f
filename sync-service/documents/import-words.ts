import { columnsOf, formatDay, goLiveOf, type Day, type ImportProposal, type Workbook } from '#core';

/** How a header was understood, in words. */
export const MATCHES = { header: '列名相同', synonym: '常用别名', similar: '相近,请核对', told: '按您指明的', none: '未导入' } as const;

export function headerOfItem(key: string): string {
  return columnsOf('items').find((column) => column.key === key)?.header ?? key;
}

/** What is doubtful in a cell of the office's own ledger. */
export function doubtWords({ header, value, message }: ImportProposal['items'][number]['doubts'][number]): string {
  return `${header}${value === '' ? '' : `「${value}」`}${message}`;
}

/** A sheet of that ledger, or a row of it. */
export function placeWords({ sheet, ref }: Pick<ImportProposal['leftOut'][number], 'sheet' | 'ref'>): string {
  return `${sheet}${ref === null ? '' : ` 第${ref}行`}`;
}

/** From when on what lapses counts, once the ledger is brought in. */
export function goLiveWords(workbook: Workbook, today: Day): string {
  const goLive = goLiveOf(workbook);
  return goLive === null ? `启用日将设为 ${formatDay(today)}` : `启用日 ${formatDay(goLive)}`;
}
