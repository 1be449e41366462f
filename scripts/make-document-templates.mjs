// Writes templates/documents/*.docx, the first designs of the bulletin, of 考核确认表, of forms and of letters. Offices then edit the
// .docx itself in Word or WPS: this script is only needed to begin anew. Tags are those that *-docx.ts in sync-service/documents fill. Names of documents as arguments write only these.
import { writeFile } from 'node:fs/promises';
import {
  AlignmentType, BorderStyle, Document, Footer, HeightRule, LineRuleType, Packer, PageNumber, Paragraph, Table, TableCell, TableRow, TextRun,
  VerticalAlign, WidthType, convertMillimetersToTwip,
} from 'docx';

const font = (eastAsia) => ({ ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia, hint: 'eastAsia' });
const SONG = font('宋体');
const FANG = font('仿宋');
const HEI = font('黑体');
// Sizes in half points. Title 二号, body 三号, line pitch 28 points: the customary layout of official papers.
const body = (text, options = {}) => new Paragraph({
  indent: { firstLine: 640 },
  spacing: { line: 560, lineRule: LineRuleType.EXACT },
  ...options,
  children: [new TextRun({ text, font: FANG, size: 32 })],
});
// A paragraph that holds nothing but the end of a repeated part.
const end = (text) => new Paragraph({ spacing: { line: 240 }, children: [new TextRun({ text, size: 16 })] });
// Repeats whole paragraphs, or leaves them out; without it the tags' own paragraphs would stay as blank lines.
const part = (name) => `{#${name} [loopOver: "paragraph"]}`;
const heading = (text) => new Paragraph({
  indent: { firstLine: 640 }, keepNext: true, spacing: { line: 560, lineRule: LineRuleType.EXACT },
  children: [new TextRun({ text, font: HEI, size: 32 })],
});

const PAPER = { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) };
const OFFICIAL = { top: convertMillimetersToTwip(37), bottom: convertMillimetersToTwip(35), left: convertMillimetersToTwip(28), right: convertMillimetersToTwip(26) };

const border = { style: BorderStyle.SINGLE, size: 4, color: '595959' };
const borders = { top: border, bottom: border, left: border, right: border };
const cell = (text, width, { bold = false, left = false, size = 22 } = {}) => new TableCell({
  width: { size: width, type: WidthType.DXA }, borders, verticalAlign: VerticalAlign.CENTER,
  margins: { top: 50, bottom: 50, left: 80, right: 80 },
  ...(bold ? { shading: { fill: 'DCE6F2' } } : {}),
  children: [new Paragraph({
    alignment: left ? AlignmentType.LEFT : AlignmentType.CENTER,
    children: [new TextRun({ text, font: bold ? HEI : FANG, size })],
  })],
});
const table = (columns, size) => new Table({
  width: { size: columns.reduce((sum, [, , width]) => sum + width, 0), type: WidthType.DXA },
  columnWidths: columns.map(([, , width]) => width),
  alignment: AlignmentType.CENTER,
  rows: [
    new TableRow({ tableHeader: true, cantSplit: true, children: columns.map(([header, , width]) => cell(header, width, { bold: true, size })) }),
    new TableRow({ cantSplit: true, children: columns.map(([, value, width, left]) => cell(value, width, { left, size })) }),
  ],
});

const bulletin = new Document({
  creator: '督办',
  title: '督办通报',
  styles: { default: { document: { run: { font: FANG, size: 32 } } } },
  sections: [{
    properties: {
      page: { size: PAPER, margin: OFFICIAL },
    },
    footers: {
      default: new Footer({
        children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: SONG, size: 28 })] })],
      }),
    },
    children: [
      new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after: 120 }, children: [new TextRun({ text: '{标题}', font: SONG, size: 44, bold: true })] }),
      new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after: 240 }, children: [new TextRun({ text: '（{期间}）', font: FANG, size: 32 })] }),
      body('{文首}'),
      heading('一、办结率排名'),
      body(`${part('分组')}{组名}按时办结率排名如下：`, { keepNext: true }),
      table([
        ['名次', '{#排名}{名次}', 1000], ['单位', '{单位}', 2560, true], ['应办', '{应办数}', 760], ['按时办结', '{按时办结数}', 1100],
        ['办结率', '{办结率}', 1060], ['延期率', '{延期率}', 1000], ['退办', '{退办数}', 760], ['扣分', '{扣分}{/排名}', 800],
      ]),
      new Paragraph({ alignment: AlignmentType.CENTER, spacing: { before: 200, after: 80 }, children: [new TextRun({ text: '{排名图}{/分组}' })] }),
      new Paragraph({ spacing: { after: 120 }, children: [new TextRun({ text: `${part('有排名说明')}{排名说明}{/有排名说明}`, font: FANG, size: 24 })] }),
      heading('二、逾期事项'),
      body(`${part('有逾期')}截至发文之日，下列{逾期件数}件事项逾期，请牵头单位说明原因并抓紧办理。`),
      table([
        ['事项编号', '{#逾期}{编号}', 1900], ['督办事项', '{事项}', 2880, true], ['牵头单位', '{牵头单位}', 1600], ['时限', '{时限}', 1500], ['超期天数', '{超期}{/逾期}', 1160],
      ]),
      end('{/有逾期}'),
      body(`${part('无逾期')}本期没有逾期事项。{/无逾期}`),
      new Paragraph({ children: [] }),
      body('{落款}', { alignment: AlignmentType.RIGHT, indent: { right: 640 }, keepNext: true }),
      body('{日期}', { alignment: AlignmentType.RIGHT, indent: { right: 640 } }),
    ],
  }],
});

// 考核确认表: tables of 五号 on one upright page where the unit has few items.
const small = (text, options = {}, run = {}) => new Paragraph({
  spacing: { line: 360 }, ...options, children: [new TextRun({ text, font: FANG, size: 24, ...run })],
});
const title = (text) => small(text, { keepNext: true, spacing: { before: 160, after: 60 } }, { font: HEI });
const signature = (label) => new TableCell({
  width: { size: 4820, type: WidthType.DXA }, borders, margins: { top: 100, bottom: 100, left: 140, right: 140 },
  children: [small(label), small('（签字）', { spacing: { before: 500 } }), small('年    月    日', { alignment: AlignmentType.RIGHT, spacing: { before: 200 } })],
});

const confirmation = new Document({
  creator: '督办',
  title: '督办考核确认表',
  styles: { default: { document: { run: { font: FANG, size: 24 } } } },
  sections: [{
    properties: {
      page: {
        size: { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) },
        margin: Object.fromEntries(['top', 'bottom', 'left', 'right'].map((side) => [side, convertMillimetersToTwip(20)])),
      },
    },
    footers: {
      default: new Footer({
        children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: ['第 ', PageNumber.CURRENT, ' 页 / 共 ', PageNumber.TOTAL_PAGES, ' 页'], font: SONG, size: 18 })] })],
      }),
    },
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER, pageBreakBefore: true, spacing: { after: 160 },
        children: [new TextRun({ text: `${part('表')}{期间}督办考核确认表`, font: SONG, size: 36, bold: true })],
      }),
      small('单位：{单位}        考核月份：{期间}        督办部门：{督办部门}'),
      title('一、应办事项'),
      small('应办 {应办数} 件，按时办结 {按时办结数} 件，按时办结率 {办结率}。', { spacing: { line: 360, after: 80 } }),
      table([
        ['事项编号', '{#事项}{编号}', 1700], ['督办事项', '{名称}', 3000, true], ['考核时限', '{考核时限}', 1400], ['上报办结', '{上报办结}', 1400],
        ['是否按时', '{是否按时}', 1000], ['超期天数', '{超期天数}{/事项}', 1140],
      ], 20),
      title('二、扣分（{制度}）'),
      table([
        ['序号', '{#扣分}{序号}', 560], ['事项（人员）', '{扣分事项}', 2000, true], ['扣分原因', '{扣分原因}', 1240, true], ['计算过程', '{计算过程}', 2700, true], ['依据条款', '{依据条款}', 1140],
        ['建议分值', '{建议分值}', 1000], ['确认分值', '{确认分值}{/扣分}', 1000],
      ], 20),
      small('建议合计 {建议合计} 分；已生效合计 {生效合计}。', { spacing: { line: 360, before: 80 } }),
      small(`${part('有申诉')}{申诉说明}{/有申诉}`, {}, { size: 21 }),
      title('三、确认'),
      small('□ 无异议        □ 有异议，理由：', { keepNext: true, spacing: { after: 120 } }),
      new Table({
        width: { size: 9640, type: WidthType.DXA }, columnWidths: [4820, 4820], alignment: AlignmentType.CENTER,
        rows: [new TableRow({ cantSplit: true, children: [signature('单位负责人：{单位负责人}'), signature('督办部门：{督办部门}')] })],
      }),
      end('{/表}'),
    ],
  }],
});

// One design for every form of the regulations: a heading, a table of labels and values, who made it and by which article.
const form = new Document({
  creator: '督办',
  title: '督办文书',
  styles: { default: { document: { run: { font: FANG, size: 28 } } } },
  sections: [{
    properties: { page: { size: PAPER, margin: OFFICIAL } },
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER, pageBreakBefore: true, spacing: { after: 240 },
        children: [new TextRun({ text: `${part('表')}{标题}`, font: SONG, size: 40, bold: true })],
      }),
      small('编号：{编号}        制表：{督办部门}', { spacing: { line: 360, after: 120 } }, { size: 28 }),
      new Table({
        width: { size: 8840, type: WidthType.DXA }, columnWidths: [2300, 6540], alignment: AlignmentType.CENTER,
        rows: [new TableRow({ cantSplit: true, height: { value: 760, rule: HeightRule.ATLEAST }, children: [cell('{#栏}{名}', 2300, { size: 28 }), cell('{值}{/栏}', 6540, { left: true, size: 28 })] })],
      }),
      small(`${part('有待补')}待补：{待补}{/有待补}`, { spacing: { before: 120 } }, { size: 21 }),
      small('依据：{制度}{依据条款}', { spacing: { line: 360, before: 160 } }, { size: 24 }),
      small('{督办部门}    {日期}', { alignment: AlignmentType.RIGHT, spacing: { line: 360, before: 240 } }, { size: 28 }),
      end('{/表}'),
    ],
  }],
});

// A letter or bulletin in its own words: what was signed, and for a period's bulletin the ranking behind it.
const letter = new Document({
  creator: '督办',
  title: '督办通报',
  styles: { default: { document: { run: { font: FANG, size: 32 } } } },
  sections: [{
    properties: { page: { size: PAPER, margin: OFFICIAL } },
    footers: {
      default: new Footer({
        children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: SONG, size: 28 })] })],
      }),
    },
    children: [
      new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after: 120 }, children: [new TextRun({ text: '{标题}', font: SONG, size: 44, bold: true })] }),
      new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after: 320 }, children: [new TextRun({ text: '{文号}', font: FANG, size: 28 })] }),
      body(`${part('有主送')}{主送}：{/有主送}`, { indent: {} }),
      body(`${part('段')}{文}{/段}`),
      body(`${part('分组')}{组名}按时办结率排名如下：`, { keepNext: true }),
      table([
        ['名次', '{#排名}{名次}', 1000], ['单位', '{单位}', 2560, true], ['应办', '{应办数}', 760], ['按时办结', '{按时办结数}', 1100],
        ['办结率', '{办结率}', 1060], ['延期率', '{延期率}', 1000], ['退办', '{退办数}', 760], ['扣分', '{扣分}{/排名}', 800],
      ]),
      new Paragraph({ alignment: AlignmentType.CENTER, spacing: { before: 200, after: 80 }, children: [new TextRun({ text: '{排名图}{/分组}' })] }),
      body(`${part('有条目')}表彰和批评：`, { keepNext: true }),
      table([['表彰批评', '{#条目}{表彰批评}', 1300], ['单位', '{单位}', 2200, true], ['人员', '{人员}', 2000, true], ['事由', '{事由}{/条目}', 3540, true]]),
      end('{/有条目}'),
      new Paragraph({ children: [] }),
      body('{签发}', { keepNext: true }),
      body('{落款}', { alignment: AlignmentType.RIGHT, indent: { right: 640 }, keepNext: true }),
      body('{日期}', { alignment: AlignmentType.RIGHT, indent: { right: 640 } }),
      small(`${part('有指纹')}sha256 {指纹}{/有指纹}`, { spacing: { before: 200 } }, { size: 16 }),
    ],
  }],
});

for (const [name, document] of Object.entries({ bulletin, confirmation, form, letter })) {
  if (process.argv.length > 2 && !process.argv.includes(name)) continue;
  await writeFile(new URL(`../templates/documents/${name}.docx`, import.meta.url), await Packer.toBuffer(document));
}
