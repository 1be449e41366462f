import ExcelJS from 'exceljs';
import { endOfDay, epochOf, type Day, type FilledRegister } from '#core';
import { chineseDate } from './bulletin-data.ts';
import { plainText } from './document-text.ts';

// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the enum exists in exceljs' types only
const A4 = 9 as ExcelJS.PaperSize;
const LINE: Partial<ExcelJS.Border> = { style: 'thin', color: { argb: 'FF8A919F' } };
const BORDERS: Partial<ExcelJS.Borders> = { top: LINE, bottom: LINE, left: LINE, right: LINE };
const WIDEST = 40;

/** A register (登记簿, 跟踪表) as an .xlsx to print across; every cell is text, so that what begins with `=` stays text. */
export async function registerXlsx({ title, columns, rows }: FilledRegister, date: Day): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  const stamp = new Date(epochOf(endOfDay(date)));
  book.created = stamp;
  book.modified = stamp;
  const sheet = book.addWorksheet(title.slice(0, 31), {
    pageSetup: { paperSize: A4, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, horizontalCentered: true, printTitlesRow: '2:2' },
    headerFooter: { oddFooter: '第 &P 页，共 &N 页' }, views: [{ state: 'frozen', ySplit: 2, showGridLines: false }],
  });
  sheet.columns = columns.map((header, place) => ({ width: Math.min(WIDEST, 4 + Math.max(...[header, ...rows.map((row) => row[place]!)].map(widthOf))) }));
  sheet.mergeCells(1, 1, 1, columns.length);
  const head = sheet.getCell(1, 1);
  head.value = `${title}（${chineseDate(date)}）`;
  head.font = { name: '宋体', size: 18, bold: true };
  head.alignment = { horizontal: 'center', vertical: 'middle' };
  sheet.getRow(1).height = 34;
  for (const [index, row] of [columns, ...rows].entries()) {
    const line = sheet.addRow(row.map(plainText));
    line.eachCell({ includeEmpty: true }, (cell) => {
      cell.numFmt = '@';
      cell.border = BORDERS;
      cell.font = { name: '宋体', size: 11, bold: index === 0 };
      cell.alignment = { vertical: 'middle', wrapText: true, horizontal: index === 0 ? 'center' : 'left' };
    });
  }
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** Chinese signs take two places. */
function widthOf(text: string): number {
  return Math.max(...text.split('\n').map((line) => Array.from(line).reduce((sum, sign) => sum + (sign > '\u2e7f' ? 2 : 1), 0)));
}
