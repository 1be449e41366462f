import ExcelJS from 'exceljs';
import { epochOf, endOfDay } from '#core';
import { chineseDate, openingSentence, rankingGroups, rankNote, type BulletinData, type RankingRow } from './bulletin-data.ts';
import { plainText } from './document-text.ts';

const COLUMNS: readonly { readonly header: string; readonly width: number; readonly format: string; readonly value: (row: RankingRow) => string | number }[] = [
  { header: '名次', width: 9, format: '@', value: ({ rank }) => rank },
  { header: '单位', width: 28, format: '@', value: ({ unit }) => unit },
  { header: '应办数', width: 9, format: '0', value: ({ dueCount }) => dueCount },
  { header: '按时办结数', width: 12, format: '0', value: ({ onTimeCount }) => onTimeCount },
  { header: '办结率', width: 10, format: '0.0%', value: ({ rate }) => rate ?? '—' },
  { header: '延期率', width: 10, format: '0.0%', value: ({ extensionRate }) => extensionRate ?? '—' },
  { header: '退办数', width: 9, format: '0', value: ({ returnCount }) => returnCount },
  { header: '扣分', width: 9, format: '0.##;-0.##;0', value: ({ points }) => points },
];
const LAST = COLUMNS.length;
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the enum exists in exceljs' types only
const A4 = 9 as ExcelJS.PaperSize;
const UNIT = 1;
/** Where the three signatures begin and end. */
const SIGNATURES = [['制表：', 1, 2], ['审核：', 3, 5], ['签发：', 6, LAST]] as const;
const LINE: Partial<ExcelJS.Border> = { style: 'thin', color: { argb: 'FF8A919F' } };
const BORDERS: Partial<ExcelJS.Borders> = { top: LINE, bottom: LINE, left: LINE, right: LINE };
const FONT = { name: '宋体', size: 11 };

/**
 * The ranking of a period as an .xlsx to print and sign: title, opening sentence, one table (with a band above each
 * group), signature block. Text cells have the text format, so that what begins with `=` stays text even when retyped.
 */
export async function rankingXlsx(data: BulletinData): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  const stamp = new Date(epochOf(endOfDay(data.date)));
  book.created = stamp;
  book.modified = stamp;
  const sheet = book.addWorksheet('排名', {
    pageSetup: { paperSize: A4, orientation: 'portrait', fitToPage: true, fitToWidth: 1, fitToHeight: 0, horizontalCentered: true, printTitlesRow: '3:3' },
    headerFooter: { oddFooter: '第 &P 页，共 &N 页' },
    views: [{ state: 'frozen', ySplit: 3, showGridLines: false }],
  });
  sheet.columns = COLUMNS.map(({ width }) => ({ width }));
  line(sheet, `${data.period}督办事项按时办结率排名表`, { name: '宋体', size: 18, bold: true }, 34, 'center');
  line(sheet, openingSentence(data), FONT, 22, 'left');
  header(sheet);
  const groups = rankingGroups(data.ranking);
  for (const { name, rows } of groups) {
    if (groups.length > 1) band(sheet, name);
    for (const row of rows) tableRow(sheet, row);
  }
  const note = rankNote(data);
  if (note !== '') line(sheet, note, { ...FONT, size: 10, color: { argb: 'FF646A73' } }, 20, 'left');
  sheet.addRow([]);
  signatures(sheet);
  line(sheet, `${data.issuer}  ${chineseDate(data.date)}`, FONT, 22, 'right');
  return new Uint8Array(await book.xlsx.writeBuffer());
}

function line(sheet: ExcelJS.Worksheet, text: string, font: Partial<ExcelJS.Font>, height: number, horizontal: 'left' | 'center' | 'right'): void {
  const row = sheet.addRow([plainText(text)]);
  row.height = height;
  const cell = row.getCell(1);
  cell.font = font;
  cell.numFmt = '@';
  cell.alignment = { horizontal, vertical: 'middle', wrapText: true };
  sheet.mergeCells(row.number, 1, row.number, LAST);
}

function header(sheet: ExcelJS.Worksheet): void {
  const row = sheet.addRow(COLUMNS.map((column) => column.header));
  row.height = 24;
  row.eachCell((cell) => {
    cell.font = { ...FONT, bold: true };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFDCE6F2' } };
    cell.alignment = { horizontal: 'center', vertical: 'middle' };
    cell.border = BORDERS;
  });
}

function signatures(sheet: ExcelJS.Worksheet): void {
  const row = sheet.addRow([]);
  row.height = 28;
  for (const [label, from, to] of SIGNATURES) {
    const cell = row.getCell(from);
    cell.value = label;
    cell.font = FONT;
    cell.alignment = { horizontal: 'left', vertical: 'middle' };
    sheet.mergeCells(row.number, from, row.number, to);
  }
}

function band(sheet: ExcelJS.Worksheet, name: string): void {
  line(sheet, name, { ...FONT, bold: true }, 20, 'left');
  const row = sheet.lastRow!;
  for (let column = 1; column <= LAST; column += 1) row.getCell(column).border = BORDERS;
}

function tableRow(sheet: ExcelJS.Worksheet, source: RankingRow): void {
  const row = sheet.addRow([]);
  // Viewers without automatic row heights would print the second line of a long name over its neighbours.
  row.height = 20 * Math.max(1, Math.ceil((source.unit.length * 2) / (COLUMNS[UNIT]!.width - 1)));
  COLUMNS.forEach(({ format, value }, index) => {
    const cell = row.getCell(index + 1);
    const content = value(source);
    cell.value = typeof content === 'string' ? plainText(content) : content;
    cell.numFmt = format;
    cell.font = FONT;
    cell.border = BORDERS;
    cell.alignment = { horizontal: index === UNIT ? 'left' : 'center', vertical: 'middle', wrapText: index === UNIT };
  });
}
