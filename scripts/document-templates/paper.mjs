// The look of official papers (GB/T 9704): A4 with its margins, title 宋体 二号, body 仿宋 三号 at 28 points, headings 黑体, opinions 楷体,
// a red head with a red line under it. The parts that every template is put together from. Lengths in twips, sizes in half points.
import {
  AlignmentType, BorderStyle, Document, Footer, HeightRule, LineRuleType, Packer, PageNumber, PageOrientation, Paragraph, Table, TableCell, TableRow, TextRun,
  VerticalAlign, WidthType, convertMillimetersToTwip,
} from 'docx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

const font = (eastAsia) => ({ ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia, hint: 'eastAsia' });
export const SONG = font('宋体');
export const FANG = font('仿宋');
export const HEI = font('黑体');
export const KAI = font('楷体');
/** Names under which other systems know the same faces. */
const OTHER_NAMES = { 宋体: 'SimSun', 仿宋: '仿宋_GB2312', 黑体: 'SimHei', 楷体: '楷体_GB2312' };
const RED = 'C00000';
const MM = convertMillimetersToTwip;

/** Repeats whole paragraphs, or leaves them out; without it the tags' own paragraphs would stay as blank lines. */
export const part = (name) => `{#${name} [loopOver: "paragraph"]}`;
/** A paragraph that holds nothing but the end of a repeated part. */
export const end = (text) => new Paragraph({ spacing: { line: 20, lineRule: LineRuleType.EXACT }, children: [new TextRun({ text, size: 2 })] });

const EXACT = { line: 560, lineRule: LineRuleType.EXACT };
export const body = (text, options = {}, run = {}) => new Paragraph({ indent: { firstLine: 640 }, spacing: EXACT, ...options, children: [new TextRun({ text, font: FANG, size: 32, ...run })] });
export const heading = (text) => body(text, { keepNext: true }, { font: HEI });
export const small = (text, options = {}, run = {}) => new Paragraph({ spacing: { line: 360 }, ...options, children: [new TextRun({ text, font: FANG, size: 24, ...run })] });
export const right = (text, options = {}) => body(text, { alignment: AlignmentType.RIGHT, indent: { right: 640 }, ...options });
export const title = (text, options = {}) => new Paragraph({ alignment: AlignmentType.CENTER, spacing: { before: 120, after: 240 }, ...options, children: [new TextRun({ text, font: SONG, size: 44, bold: true })] });

/** The red head: who issues it or what it is, number and date under it, a red line across. `first` opens a repeated part. */
export const redHead = (name, { first = '', left = '{编号}', right: rightText = '{制表日期}', size = 56 } = {}) => [
  new Paragraph({ alignment: AlignmentType.CENTER, pageBreakBefore: first !== '', spacing: { before: 80, after: 280 }, children: [new TextRun({ text: `${first}${name}`, font: SONG, size, bold: true, color: RED })] }),
  new Paragraph({
    tabStops: [{ type: 'right', position: 8840 }], spacing: { after: 280 }, border: { bottom: { style: BorderStyle.SINGLE, size: 18, color: RED, space: 6 } },
    children: [new TextRun({ text: `${left}\t${rightText}`, font: FANG, size: 28 })],
  }),
];

const line = { style: BorderStyle.SINGLE, size: 6, color: '000000' };
const borders = { top: line, bottom: line, left: line, right: line };
const MARGINS = { top: 60, bottom: 60, left: 100, right: 100 };
const SIZE = 28;
const text = (value, { font: face = FANG, size = SIZE, alignment = AlignmentType.LEFT, ...options } = {}) => new Paragraph({ alignment, ...options, children: [new TextRun({ text: value, font: face, size })] });
const boxed = (children, width, options = {}) => new TableCell({ width: { size: width, type: WidthType.DXA }, borders, margins: MARGINS, verticalAlign: VerticalAlign.CENTER, ...options, children });

/** A table of labels and values, four columns wide. A row is `[label, value]` across, or `[label, value, label, value]`; see `tall` and `opinion`. */
export const grid = (rows, widths = [1900, 2520, 1900, 2520]) => new Table({
  width: { size: sum(widths), type: WidthType.DXA }, columnWidths: widths, alignment: AlignmentType.CENTER,
  rows: rows.map((row) => (Array.isArray(row) ? gridRow({ cells: row }, widths) : gridRow(row, widths))),
});
/** A row with room to write. */
export const tall = (label, value, height = 1700) => ({ cells: [label, value], height });
/** A box for an opinion: what was decided, and the place to sign under it. */
export const opinion = (label, height = 1500) => ({ cells: [label, `{${label}}`], height, sign: `{${label}签字}` });

function gridRow({ cells, height = 680, sign }, widths) {
  const label = (value, width) => boxed([text(value, { font: HEI, alignment: AlignmentType.CENTER })], width);
  const [first, value, ...more] = cells;
  const wide = sum(widths.slice(1));
  const across = sign === undefined
    ? boxed([text(value, height > 1000 ? { spacing: { before: 80 } } : {})], wide, { columnSpan: 3, ...(height > 1000 ? { verticalAlign: VerticalAlign.TOP } : {}) })
    : boxed([text(value, { font: KAI, spacing: { after: 120 } }), text(sign, { font: KAI, alignment: AlignmentType.RIGHT, indent: { right: 240 } })], wide, { columnSpan: 3, verticalAlign: VerticalAlign.BOTTOM });
  return new TableRow({
    cantSplit: true, height: { value: height, rule: HeightRule.ATLEAST },
    children: more.length === 0 ? [label(first, widths[0]), across] : [label(first, widths[0]), boxed([text(value)], widths[1]), label(more[0], widths[2]), boxed([text(more[1])], widths[3])],
  });
}

/** A list: a header that repeats on each page and one row for each entry of the tag `rows`. A column is [header, value, width, left?]. */
export const list = (rows, columns, { size = 24, height = 560 } = {}) => new Table({
  width: { size: sum(columns.map(([, , width]) => width)), type: WidthType.DXA }, columnWidths: columns.map(([, , width]) => width), alignment: AlignmentType.CENTER,
  rows: [
    new TableRow({ tableHeader: true, cantSplit: true, height: { value: height, rule: HeightRule.ATLEAST }, children: columns.map(([header, , width]) => boxed([text(header, { font: HEI, size, alignment: AlignmentType.CENTER })], width)) }),
    new TableRow({
      cantSplit: true, height: { value: height, rule: HeightRule.ATLEAST },
      children: columns.map(([, value, width, left], place) => boxed([text(`${place === 0 ? `{#${rows}}` : ''}${value}${place === columns.length - 1 ? `{/${rows}}` : ''}`, { size, alignment: left ? AlignmentType.LEFT : AlignmentType.CENTER })], width)),
    }),
  ],
});

/** A slip to cut off, fill in by hand and send back. */
const slip = (rows) => [
  new Paragraph({ alignment: AlignmentType.CENTER, spacing: { before: 320, after: 160 }, children: [new TextRun({ text: '- - - - - - - - - - - - - - - - - -  裁  切  线  - - - - - - - - - - - - - - - - - -', font: SONG, size: 20, color: '595959' })] }),
  new Paragraph({ alignment: AlignmentType.CENTER, keepNext: true, spacing: { after: 160 }, children: [new TextRun({ text: '回　　执', font: SONG, size: 36, bold: true })] }),
  grid(rows),
];

/** What is missing and by which article, under a form; who made it, a slip where it has one, and the end of the repeated part. */
export const foot = ({ signed = true, slip: rows } = {}) => [
  small(`${part('有待补')}待补：{待补}{/有待补}`, { spacing: { before: 100 } }, { size: 21 }),
  small('依据：{制度} {依据条款}', { spacing: { before: 100 } }, { size: 21 }),
  ...(signed ? [small('{督办部门}　{制表日期}', { alignment: AlignmentType.RIGHT, spacing: { before: 120 } }, { size: 28 })] : []),
  ...(rows === undefined ? [] : slip(rows)),
  end('{/表}'),
];

const pageNumber = () => new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: SONG, size: 28 })] })] });
const MARGIN = { top: MM(37), bottom: MM(35), left: MM(28), right: MM(26) };

/** A document of one section. `margin` in millimetres above and below where it is no letter. */
export function paper(name, children, { landscape = false, margin, numbered = false, footer = numbered ? pageNumber() : undefined } = {}) {
  return new Document({
    creator: '督办', title: name, styles: { default: { document: { run: { font: FANG, size: 32 } } } },
    sections: [{
      properties: { page: {
        size: { width: MM(210), height: MM(297), ...(landscape ? { orientation: PageOrientation.LANDSCAPE } : {}) },
        margin: margin === undefined ? MARGIN : { ...MARGIN, ...(landscape ? { left: MM(20), right: MM(20) } : {}), top: MM(margin), bottom: MM(margin) },
      } },
      ...(footer === undefined ? {} : { footers: { default: footer } }),
      children,
    }],
  });
}

/** The bytes of a document, the same whenever it is made; other names of its fonts written in, so that systems without one find a like. */
export async function bytesOf(document) {
  const files = unzipSync(new Uint8Array(await Packer.toBuffer(document)));
  const replace = (name, change) => { if (files[name] !== undefined) files[name] = strToU8(change(strFromU8(files[name]))); };
  replace('docProps/core.xml', (xml) => xml.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '2026-01-01T00:00:00Z'));
  files['word/fontTable.xml'] = strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${Object.entries(OTHER_NAMES)
    .map(([face, other]) => `<w:font w:name="${face}"><w:altName w:val="${other}"/><w:charset w:val="86"/><w:family w:val="${face === '黑体' ? 'swiss' : 'roman'}"/><w:pitch w:val="variable"/></w:font>`).join('')}</w:fonts>`);
  return zipSync(files, { level: 9, mtime: new Date(2026, 0, 1) });
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
