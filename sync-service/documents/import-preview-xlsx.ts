import ExcelJS from 'exceljs';
import { columnsOf, filledColumns, formatDay, formatLimit, formatMoment, type Column, type Day, type ImportProposal, type Moment } from '#core';
import { plainText } from './document-text.ts';
import { doubtWords, headerOfItem, MATCHES, placeWords } from './import-words.ts';

const HEAD_FILL: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFD6E4F0' } };
const DOUBT_FILL: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFF1C2' } };

/** A proposal as an .xlsx to look through: the items as they would be brought in, every doubtful row marked, and how each header was read. */
export async function importPreviewXlsx(proposal: ImportProposal): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  addItems(book, proposal);
  addHeaders(book, proposal);
  addNames(book, proposal);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** A typed value as people read it. */
export function previewText(column: Column, value: unknown): string {
  if (typeof value !== 'number') return typeof value === 'string' ? value : '';
  switch (column.type) {
    case 'day': return formatDay(value as Day);
    case 'limit': return formatLimit(value as Moment);
    case 'moment': return formatMoment(value as Moment);
    case 'percent': return `${String(Math.round(value * 100))}%`;
    default: return String(value);
  }
}

function addItems(book: ExcelJS.Workbook, proposal: ImportProposal): void {
  const used = new Set(filledColumns(proposal));
  const columns = columnsOf('items').filter((column) => used.has(column.key as never) && column.key !== 'remark');
  const sheet = book.addWorksheet('导入预览', { views: [{ state: 'frozen', ySplit: 1, xSplit: 3 }] });
  sheet.columns = [{ width: 14 }, { width: 8 }, { width: 48 }, ...columns.map((column) => ({ width: column.width ?? 12 }))];
  head(sheet, ['原表', '原行', '待核', ...columns.map((column) => column.header)]);
  for (const item of proposal.items) {
    const doubts = item.doubts.map(doubtWords).join('\n');
    const values = item.values as Readonly<Record<string, unknown>>;
    const row = sheet.addRow([item.sheet, String(item.ref), doubts, ...columns.map((column) => previewText(column, values[column.key]))].map(plainText));
    row.alignment = { vertical: 'top', wrapText: true };
    if (item.doubts.length > 0) row.getCell(3).fill = DOUBT_FILL;
  }
}

function addHeaders(book: ExcelJS.Workbook, proposal: ImportProposal): void {
  const sheet = book.addWorksheet('列的对应', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = [{ width: 18 }, { width: 28 }, { width: 18 }, { width: 26 }];
  head(sheet, ['原表', '原列名', '导入到', '依据']);
  for (const table of proposal.tables) {
    for (const { header, key, match } of table.columns) {
      const row = sheet.addRow([table.sheet, header, key === null ? '' : headerOfItem(key), MATCHES[match]].map(plainText));
      if (match === 'similar' || match === 'none') row.getCell(4).fill = DOUBT_FILL;
    }
  }
}

function addNames(book: ExcelJS.Workbook, proposal: ImportProposal): void {
  const sheet = book.addWorksheet('新单位和人员');
  sheet.columns = [{ width: 14 }, { width: 24 }, { width: 40 }];
  head(sheet, ['登记到', '名称', '说明']);
  for (const unit of proposal.units) sheet.addRow(['单位', unit, '请补填负责人和邮箱;写法不同的同一单位请先在原表统一'].map(plainText));
  for (const { name, unit } of proposal.people) sheet.addRow(['人员', name, `${unit},请补填邮箱,否则收不到提醒`].map(plainText));
  for (const left of proposal.leftOut) sheet.addRow(['未导入', placeWords(left), left.reason].map(plainText));
}

function head(sheet: ExcelJS.Worksheet, titles: readonly string[]): void {
  const row = sheet.addRow([...titles]);
  row.font = { bold: true };
  row.eachCell((cell) => { cell.fill = HEAD_FILL; });
}
