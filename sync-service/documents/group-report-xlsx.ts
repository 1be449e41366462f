import ExcelJS from 'exceljs';
import { dayOf, endOfDay, epochOf, formatLimit, periodName, type Denominator, type GroupFigures, type GroupMember, type GroupReport, type Moment } from '#core';
import { plainText } from './document-text.ts';
import { chineseDate } from './bulletin-data.ts';

interface Column<T> { readonly header: string; readonly width: number; readonly format?: string; readonly left?: boolean; readonly value: (row: T) => string | number | null }
interface Table<T> { readonly name: string; readonly title: string; readonly notes: readonly string[]; readonly columns: readonly Column<T>[]; readonly rows: readonly T[]; readonly empty: string }

/** A workbook that was named and could not be read. */
export interface LeftOutWorkbook { readonly name: string; readonly why: string }

const DENOMINATORS: Readonly<Record<Denominator, string>> = { due: '到期口径(时限在本期内的)', issued: '立项口径(本期内下发的)', 'closed-or-due': '办结或到期口径(本期内办结的和时限在本期内的)' };
const SHARE = '0.0%';
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the enum exists in exceljs' types only
const A4 = 9 as ExcelJS.PaperSize;
const LINE: Partial<ExcelJS.Border> = { style: 'thin', color: { argb: 'FF8A919F' } };
const BORDERS: Partial<ExcelJS.Borders> = { top: LINE, bottom: LINE, left: LINE, right: LINE };
const FONT = { name: '宋体', size: 11 };

const FIGURES: readonly Column<GroupFigures>[] = [
  { header: '应办数', width: 9, format: '0', value: ({ dueCount }) => dueCount },
  { header: '按时办结数', width: 12, format: '0', value: ({ onTimeCount }) => onTimeCount },
  { header: '按时办结率', width: 12, format: SHARE, value: ({ rate }) => rate ?? '—' },
  { header: '本制度口径', width: 12, format: SHARE, value: ({ ownRate }) => ownRate ?? '—' },
  { header: '超期数', width: 9, format: '0', value: ({ lateCount }) => lateCount },
  { header: '延期率', width: 10, format: SHARE, value: ({ extensionRate }) => extensionRate ?? '—' },
];

/**
 * The group's ranking of a period as an .xlsx to read and print: workbooks, units, missed limits, and how each figure is counted
 * with the article behind it. `articleOf` names a clause of a workbook's regulation in words.
 */
export async function groupReportXlsx(report: GroupReport, leftOut: readonly LeftOutWorkbook[], now: Moment, articleOf: (clause: string) => string): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  const stamp = new Date(epochOf(endOfDay(dayOf(now))));
  book.created = stamp;
  book.modified = stamp;
  const period = periodName(report.period);
  const byName = new Map(report.members.map((member) => [member.name, member]));
  const basisOf = ({ workbook }: { readonly workbook: string }): string => {
    const { clauses } = byName.get(workbook)!;
    return [...new Set([clauses.rate, clauses.ranking].map(articleOf))].join('、');
  };
  const shown = `统计口径:${DENOMINATORS[report.denominator]}。数据截至${chineseDate(dayOf(now))}。每个数怎么算、依据哪一条,见「口径和依据」。`;
  const missing = leftOut.length === 0 ? [] : [`未计入 ${leftOut.length} 份工作簿:${leftOut.map(({ name, why }) => `${name}(${why})`).join(';')}`];
  const rank = { header: '名次', width: 9, value: ({ rank: text }: GroupFigures) => text };
  const workbook = { header: '工作簿', width: 26, left: true, value: ({ workbook: name }: { readonly workbook: string }) => name };
  const basis = { header: '依据', width: 22, left: true, value: basisOf };
  addTable(book, { name: '工作簿排名', title: `${period}督办事项按时办结率排名(各工作簿)`, notes: [shown, ...missing], rows: report.workbooks, empty: '没有工作簿', columns: [rank, workbook, { header: '单位数', width: 9, format: '0', value: ({ workbook: name }) => byName.get(name)!.units.length }, ...FIGURES, basis] });
  addTable(book, { name: '单位排名', title: `${period}督办事项按时办结率排名(各单位)`, notes: [shown, '应办数不足本单位制度规定件数的,不参加排名。', ...missing], rows: report.units, empty: '本期没有应办结的督办事项', columns: [rank, { header: '单位', width: 24, left: true, value: ({ unit }) => unit }, workbook, ...FIGURES, basis] });
  addTable(book, { name: '超期事项', title: `${period}时限内没有办结的事项`, notes: ['保密事项只列编号。'], rows: report.late, empty: '没有超期事项', columns: [
    workbook, { header: '事项编号', width: 18, value: ({ itemId }) => itemId }, { header: '督办事项', width: 44, left: true, value: ({ title }) => (title === '' ? '—' : title) }, { header: '牵头单位', width: 20, left: true, value: ({ unit }) => (unit === '' ? '—' : unit) },
    { header: '时限', width: 18, value: ({ limit }) => (limit === null ? '—' : formatLimit(limit)) }, { header: '超期天数', width: 10, format: '0.##', value: ({ daysLate }) => daysLate ?? '—' },
    { header: '依据', width: 18, left: true, value: ({ workbook: name }) => articleOf(byName.get(name)!.clauses.lateness) },
  ] });
  addTable(book, { name: '口径和依据', title: '每个数怎么算、依据哪一条', notes: [], rows: report.members.flatMap((member) => basisRows(member, articleOf)), empty: '没有工作簿', columns: [
    workbook, { header: '制度', width: 30, left: true, value: ({ policyName }) => policyName }, { header: '数', width: 14, value: ({ figure }) => figure }, { header: '怎么算', width: 60, left: true, value: ({ how }) => how }, { header: '依据', width: 22, left: true, value: ({ clause }) => clause },
  ] });
  return new Uint8Array(await book.xlsx.writeBuffer());
}

interface BasisRow { readonly workbook: string; readonly policyName: string; readonly figure: string; readonly how: string; readonly clause: string }

function basisRows({ name, policyName, denominator, rankMinimum, clauses }: GroupMember, articleOf: (clause: string) => string): BasisRow[] {
  const row = (figure: string, how: string, clause: string): BasisRow => ({ workbook: name, policyName, figure, how, clause: articleOf(clause) });
  return [
    row('按时办结率', '按时办结数 ÷ 应办数;「本制度口径」是本单位自己的排名所用的', clauses.rate),
    row('本制度口径', DENOMINATORS[denominator], clauses.denominator),
    row('超期数', '考核时限在本期内、没有按时上报的', clauses.lateness),
    row('延期率', '时限在本期内、批准过延期的 ÷ 时限在本期内的', clauses.ranking),
    row('名次', `按时办结率由高到低,相同的并列;应办数不足 ${rankMinimum} 件的单位不排名`, clauses.minimum),
  ];
}

function addTable<T>(book: ExcelJS.Workbook, { name, title, notes, columns, rows, empty }: Table<T>): void {
  const above = 1 + notes.length;
  const sheet = book.addWorksheet(name, {
    pageSetup: { paperSize: A4, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, horizontalCentered: true, printTitlesRow: `${above + 1}:${above + 1}` },
    headerFooter: { oddFooter: '第 &P 页，共 &N 页' }, views: [{ state: 'frozen', ySplit: above + 1, showGridLines: false }],
  });
  sheet.columns = columns.map(({ width }) => ({ width }));
  const total = columns.reduce((sum, { width }) => sum + width, 0);
  const line = (text: string, font: Partial<ExcelJS.Font>, height: number, horizontal: 'left' | 'center'): void => {
    const row = sheet.addRow([plainText(text)]);
    row.height = height * linesOf(text, total);
    Object.assign(row.getCell(1), { font, numFmt: '@', alignment: { horizontal, vertical: 'middle', wrapText: true } });
    sheet.mergeCells(row.number, 1, row.number, columns.length);
  };
  line(title, { name: '宋体', size: 18, bold: true }, 34, 'center');
  for (const note of notes) line(note, { ...FONT, size: 10, color: { argb: 'FF646A73' } }, 18, 'left');
  const header = sheet.addRow(columns.map((column) => column.header));
  header.height = 24;
  header.eachCell((cell) => Object.assign(cell, { font: { ...FONT, bold: true }, fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFDCE6F2' } }, alignment: { horizontal: 'center', vertical: 'middle' }, border: BORDERS }));
  for (const source of rows) {
    const row = sheet.addRow([]);
    const contents = columns.map(({ value }) => value(source));
    // Viewers without automatic row heights would print a second line over its neighbours.
    row.height = 20 * Math.max(1, ...contents.map((content, index) => (typeof content === 'string' ? linesOf(content, columns[index]!.width - 1) : 1)));
    contents.forEach((content, index) => {
      const { format = '@', left = false } = columns[index]!;
      Object.assign(row.getCell(index + 1), { value: typeof content === 'string' ? plainText(content) : content, numFmt: format, font: FONT, border: BORDERS, alignment: { horizontal: left ? 'left' : 'center', vertical: 'middle', wrapText: true } });
    });
  }
  if (rows.length === 0) line(empty, FONT, 22, 'left');
}

/** How many lines a text takes in a column of that many digits; a Chinese character is two wide. */
function linesOf(text: string, width: number): number {
  return Math.max(1, Math.ceil((text.length + (text.match(/[\u2e80-\uffef]/g)?.length ?? 0)) / width));
}
