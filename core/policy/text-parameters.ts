import type { NoticeType } from '../workbook/values.ts';
import type { ParameterDefinition } from './schema.ts';

function text(key: string, label: string, value: string, places: readonly string[], note: string): ParameterDefinition {
  return { key, label, type: { kind: 'text', places }, value, unit: '', clause: '', inText: false, note };
}

/** The notices whose call to act an office may put in its own words. */
const ASKING: readonly NoticeType[] = [
  '立项下发', '催办预告', '到期提醒', '催办通知', '逾期说明', '延期批复', '退办通知', '审核提醒', '批复提醒', '督导提醒', '反馈提醒', '反馈抄送', '协调通知', '限期整改',
];

/**
 * The sentences that every mail shares, as parameters of 制度参数: an office changes them there. `{…}` stands for what the
 * program fills in; other words in braces are refused. What each notice asks for comes with its rule, unless an office
 * writes its own.
 */
export const TEXT_PARAMETERS: readonly ParameterDefinition[] = [
  text('text.greeting', '文案:称呼', '{收件人},您好:', ['收件人'], '信件和摘要的第一行;可用 {收件人}'),
  text('text.digest', '文案:摘要开头', '截至{日期},有 {件数} 件督办事项请您处理。', ['日期', '件数'], '每日摘要的开头;可用 {日期}、{件数}'),
  text('text.digestAsk', '文案:摘要结尾', '请在台账中更新「进展情况」;已办完的填写「办理结果」,把「状态」改为「待审核」。', [], '每日摘要的结尾,下一步做什么'),
  text('text.ranking', '文案:通报首句', '{期间}按时办结率 {办结率},{比上期}:应办 {应办数} 件,按时办结 {按时数} 件,{未按时}。', ['期间', '办结率', '比上期', '应办数', '按时数', '未按时'], '通报、排名的第一句;可用 {期间}、{办结率}、{比上期}、{应办数}、{按时数}、{未按时}'),
  text('text.signature', '文案:落款', '{督办部门}', ['督办部门'], '信件的落款;可用 {督办部门}'),
  text('text.reply', '文案:回复', '请在台账中更新;不便打开台账的,请直接回复本邮件。', [], '每封邮件的页脚'),
  text('text.contact', '文案:联系人', '有疑问请联系{联系人}。', ['联系人'], '每封邮件的页脚,姓名和电话取自「人员」;可用 {联系人}'),
  {
    key: 'text.wording', label: '文案:用语', type: { kind: 'wording' }, value: '', unit: '', clause: '', inText: false,
    note: '提示和通知里要改的话,每行一句:原句 → 新句;会变的部分(名称、日期)依次写 {1}、{2};句末的条款照旧',
  },
  ...ASKING.map((type) => text(askKey(type), `文案:${type}`, '', [], '填写后代替本类通知中请对方做什么的一句;空白为按制度的要求写')),
];

/** The key of the sentence that tells the reader of a notice what to do. */
export function askKey(type: NoticeType): string {
  return `text.${type}`;
}
