// What every regulation has: 通报 under its own head, the letter of a notice, 考核确认表 of a month.
import { AlignmentType, Footer, PageNumber, Paragraph, Table, TableCell, TableRow, TextRun, WidthType } from 'docx';
import { HEI, SONG, body, end, heading, list, paper, part, redHead, right, small, title } from './paper.mjs';

const CENTRED = { alignment: AlignmentType.CENTER };

/** A bulletin under a red head: its words, the ranking with its chart, what is late, praise and blame; signed, with its fingerprint. */
export const bulletin = (head) => paper(head, [
  ...redHead(head.length > 4 ? head : [...head].join('　'), { left: '{文号}　{落款}', right: '{日期}', size: head.length > 4 ? 64 : 72 }),
  title('{标题}'),
  body(`${part('段')}${part('是标题')}{文}{/是标题}`, { keepNext: true }, { font: HEI }),
  body(`${part('是正文')}{文}{/是正文}{/段}`),
  heading(`${part('分组')}{组名}按时办结率排名`),
  list('排名', [
    ['名次', '{名次}', 1000], ['单位', '{单位}', 2560, true], ['应办', '{应办数}', 760], ['按时办结', '{按时办结数}', 1100], ['办结率', '{办结率}', 1060], ['延期率', '{延期率}', 1000], ['退办', '{退办数}', 760], ['扣分', '{扣分}', 800],
  ], { size: 22, height: 400 }),
  new Paragraph({ ...CENTRED, spacing: { before: 200, after: 80 }, children: [new TextRun({ text: '{排名图}{/分组}' })] }),
  small(`${part('有排名说明')}{排名说明}{/有排名说明}`, { spacing: { after: 120 } }),
  heading(`${part('有逾期')}逾期事项`),
  body('截至发文之日，下列{逾期件数}件事项逾期，请牵头单位说明原因并抓紧办理。', { spacing: { line: 560, lineRule: 'exact', after: 100 } }),
  list('逾期', [['事项编号', '{编号}', 1900], ['督办事项', '{事项}', 2880, true], ['牵头单位', '{牵头单位}', 1600], ['时限', '{时限}', 1500], ['超期天数', '{超期}', 1160]], { size: 22, height: 400 }),
  end('{/有逾期}'),
  body(`${part('无逾期')}本期没有逾期事项。{/无逾期}`),
  heading(`${part('有条目')}表彰和批评`),
  list('条目', [['表彰批评', '{表彰批评}', 1300], ['单位', '{单位}', 2200, true], ['人员', '{人员}', 2000, true], ['事由', '{事由}', 3540, true]], { size: 22, height: 400 }),
  end('{/有条目}'),
  body('{签发}', { keepNext: true, spacing: { line: 560, lineRule: 'exact', before: 400 } }), right('{落款}', { keepNext: true }), right('{日期}'),
  small(`${part('有指纹')}sha256 {指纹}{/有指纹}`, { spacing: { before: 200 } }, { size: 16 }),
], { numbered: true });

/** A notice as a letter: whom it is to, and its words. */
export const letter = () => paper('通知', [
  ...redHead('{落款}', { left: '{文号}', right: '{日期}' }), title('{标题}'),
  body(`${part('有主送')}{主送}：{/有主送}`, { indent: {} }),
  body(`${part('段')}${part('是标题')}{文}{/是标题}`, { keepNext: true }, { font: HEI }), body(`${part('是正文')}{文}{/是正文}{/段}`),
  body('{签发}', { keepNext: true, spacing: { line: 560, lineRule: 'exact', before: 400 } }), right('{落款}', { keepNext: true }), right('{日期}'),
], { numbered: true });

const label = (text) => small(text, { keepNext: true, spacing: { before: 160, after: 60 } }, { font: HEI });
const signature = (text) => new TableCell({
  width: { size: 4820, type: WidthType.DXA }, margins: { top: 100, bottom: 100, left: 140, right: 140 },
  children: [small(text), small('（签字）', { spacing: { before: 500 } }), small('年    月    日', { alignment: AlignmentType.RIGHT, spacing: { before: 200 } })],
});

/** 考核确认表: tables of 五号 on one upright page where the unit has few items. */
export const confirmation = () => paper('督办考核确认表', [
  new Paragraph({ ...CENTRED, pageBreakBefore: true, spacing: { after: 160 }, children: [new TextRun({ text: `${part('表')}{期间}督办考核确认表`, font: SONG, size: 36, bold: true })] }),
  small('单位：{单位}        考核月份：{期间}        督办部门：{督办部门}'),
  label('一、应办事项'),
  small('应办 {应办数} 件，按时办结 {按时办结数} 件，按时办结率 {办结率}。', { spacing: { line: 360, after: 80 } }),
  list('事项', [['事项编号', '{编号}', 1700], ['督办事项', '{名称}', 3000, true], ['考核时限', '{考核时限}', 1400], ['上报办结', '{上报办结}', 1400], ['是否按时', '{是否按时}', 1000], ['超期天数', '{超期天数}', 1140]], { size: 20, height: 360 }),
  label('二、扣分（{制度}）'),
  list('扣分', [
    ['序号', '{序号}', 560], ['事项（人员）', '{扣分事项}', 2000, true], ['扣分原因', '{扣分原因}', 1240, true], ['计算过程', '{计算过程}', 2700, true], ['依据条款', '{依据条款}', 1140],
    ['建议分值', '{建议分值}', 1000], ['确认分值', '{确认分值}', 1000],
  ], { size: 20, height: 360 }),
  small('建议合计 {建议合计} 分；已生效合计 {生效合计}。', { spacing: { line: 360, before: 80 } }),
  small(`${part('有申诉')}{申诉说明}{/有申诉}`, {}, { size: 21 }),
  label('三、确认'),
  small('□ 无异议        □ 有异议，理由：', { keepNext: true, spacing: { after: 120 } }),
  new Table({ width: { size: 9640, type: WidthType.DXA }, columnWidths: [4820, 4820], alignment: AlignmentType.CENTER, rows: [new TableRow({ cantSplit: true, children: [signature('单位负责人：{单位负责人}'), signature('督办部门：{督办部门}')] })] }),
  end('{/表}'),
], { margin: 20, footer: new Footer({ children: [new Paragraph({ ...CENTRED, children: [new TextRun({ children: ['第 ', PageNumber.CURRENT, ' 页 / 共 ', PageNumber.TOTAL_PAGES, ' 页'], font: SONG, size: 18 })] })] }) });
