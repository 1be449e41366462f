// Every form that a regulation names, in a layout of its own: notices with a red head and a slip to send back, applications with a box
// for each opinion, registers across the page, reports as text. Tags in braces are the labels of templates/<regulation>/documents.ts.
import { HEI, body, foot, grid, list, opinion, paper, part, redHead, right, small, tall, title } from './paper.mjs';

const FIRST = part('表');
const WIDE = { landscape: true, margin: 20, numbered: true };
/** Title of an internal form in black, number and maker under it. */
const head = (name, made = '{督办部门}', { margin = 200 } = {}) => [
  title(`${FIRST}${name}`, { pageBreakBefore: true, spacing: { before: 0, after: margin } }),
  small(`编号：{编号}\t${made}`, { tabStops: [{ type: 'right', position: 8840 }], spacing: { after: 100 } }, { size: 28 }),
];
const form = (name, rows, { made, margin } = {}) => paper(name, [...head(name, made, { margin }), grid(rows), ...foot()], { margin: 25 });
/** A notice to a unit: red head, who it goes to, a sentence, the matter in a table. */
const notice = (name, to, sentence, rows, { head: top = '{督办部门}', more = [], slip: back } = {}) => paper(name, [
  ...redHead(top, { first: FIRST }), title(name, { spacing: { before: 0, after: 240 } }), body(`{${to}}：`, { indent: {} }), body(sentence, { spacing: { line: 560, lineRule: 'exact', after: 160 } }),
  grid(rows), ...more, ...foot({ slip: back }),
], { margin: 28 });
/** A register across the page: one row an item. */
const register = (name, columns, made) => paper(name, [
  title(name, { spacing: { before: 0, after: 160 } }),
  small(`${made}\t截至{制表日期}，共{件数}件`, { tabStops: [{ type: 'right', position: 14500 }], spacing: { after: 100 } }, { size: 28 }),
  list('行', columns, { size: 22 }), small('依据：{制度} {依据条款}', { spacing: { before: 120 } }, { size: 21 }),
], WIDE);
const steps = (name, columns) => list(name, columns, { size: 24, height: 540 });
const RECEIPT = [['收件单位', '', '收件人', ''], ['收件时间', '', '联系电话', ''], tall('意见', '', 900)];

const NODES = [['序号', '{序号}', 700], ['步骤（节点）', '{节点名称}', 3240, true], ['责任人', '{节点责任人}', 1800], ['时限', '{节点时限}', 1800], ['状态', '{节点状态}', 1300]];

export const FORMS = {
  bus: {
    公交集团公司督查督办任务通知: () => paper('公交集团公司督查督办任务通知', [
      ...redHead('公交集团公司督查督办任务通知', { first: FIRST, size: 48 }),
      grid([['发起部门', '{发起部门}', '时限', '{时限}'], ['承办部门', '{承办部门}', '第一责任人', '{第一责任人}'], tall('工作内容', '{工作内容}', 1300), tall('要求', '{要求}', 1700), opinion('主管领导批准', 1300)]),
      ...foot({ slip: RECEIPT }),
    ], { margin: 25 }),
    督办落实计划: () => paper('督办落实计划', [
      ...head('督办落实计划', '制订：{承办部门}'), grid([['事项', '{事项}'], ['承办部门', '{承办部门}', '承办人', '{承办人}'], ['完成时限', '{完成时限}']]),
      small('步骤：', { spacing: { before: 160, after: 80 } }, { size: 28 }), steps('节点行', NODES),
      small('承办部门负责人（签字）：', { spacing: { before: 300 } }, { size: 28 }), ...foot({ signed: false }),
    ], { margin: 25 }),
    办结材料: () => form('办结材料', [['事项', '{事项}'], ['牵头部门', '{牵头部门}'], tall('办理情况', '{办理情况}', 3600), tall('附件（请示、报告、方案等）', '{附件材料}', 1500), opinion('领导批准', 1900)], { made: '报送：{牵头部门}' }),
  },
  logistics: {
    重点工作计划实施方案: () => paper('重点工作计划实施方案', [
      title(`${FIRST}重点工作计划实施方案`, { pageBreakBefore: true }), small('{责任部门}　　编号：{编号}', { alignment: 'center', spacing: { after: 240 } }, { size: 28 }),
      body('一、工作名称', { keepNext: true }, { font: HEI }), body('{工作}'), body('二、内容及要求', { keepNext: true }, { font: HEI }), body('{内容及要求}'),
      body('三、责任分工', { keepNext: true }, { font: HEI }), body('责任部门：{责任部门}；责任人：{责任人}；完成时限：{时限}。'),
      body('四、工作步骤', { keepNext: true, spacing: { line: 560, lineRule: 'exact', after: 80 } }, { font: HEI }), steps('节点行', NODES),
      body('五、保障措施', { keepNext: true, spacing: { before: 200, line: 560, lineRule: 'exact' } }, { font: HEI }), right('{责任部门}', { keepNext: true }), right('{制表日期}'), ...foot({ signed: false }),
    ], { numbered: true, margin: 25 }),
    重点工作计划推进表: () => paper('重点工作计划推进表', [
      title(`${FIRST}重点工作计划推进表`, { pageBreakBefore: true, spacing: { before: 0, after: 160 } }),
      small('填报：{责任部门}\t编号：{编号}', { tabStops: [{ type: 'right', position: 14500 }], spacing: { after: 100 } }, { size: 28 }),
      grid([['工作', '{工作}'], ['责任部门', '{责任部门}', '责任人', '{责任人}'], ['时限', '{时限}', '目前进展', '{进展}']], [2000, 5250, 2000, 5250]),
      small('', { spacing: { line: 200 } }),
      steps('节点行', [['序号', '{序号}', 900], ['节点', '{节点名称}', 5000, true], ['责任人', '{节点责任人}', 2000], ['时限', '{节点时限}', 2000], ['状态', '{节点状态}', 1660], ['未完成原因和措施', '', 3000]]),
      ...foot(),
    ], WIDE),
    催办预告: () => notice('催办预告', '责任人', '你承办的下列督办事项即将到期，请抓紧办理，并在到期前书面反馈办理结果；不能按期办结的，请在到期前申请延期。', [['事项', '{事项}'], ['到期日', '{到期日}', '预告日期', '{预告日期}']]),
    催办通知: () => notice('催办通知', '责任部门', '你部门承办的下列督办事项已逾期，现予催办，请按要求办结并书面反馈。', [['事项', '{事项}'], ['原时限', '{原时限}', '时间节点', '{时间节点}'], tall('催办要求', '{催办要求}', 2200)], { slip: RECEIPT.slice(0, 2) }),
    督查反馈: () => form('督查反馈', [['事项', '{事项}'], ['责任部门', '{责任部门}'], tall('事实', '{事实}', 3000), tall('督查意见', '{督查意见}', 2400), tall('建议', '{建议}', 2400), ['督查组（签字）', '', '日期', '']]),
    考核意见: () => form('考核意见', [['事项', '{事项}'], ['责任部门', '{责任部门}', '第一责任人', '{第一责任人}'], tall('考核建议', '{考核建议}', 4200), opinion('办公会结论', 2600)], { made: '提出：{督办部门}' }),
  },
  expo: {
    总经理督办通知单: () => paper('总经理督办通知单', [
      ...redHead('总经理督办通知单', { first: FIRST }),
      grid([['责任部门', '{责任部门}', '责任人', '{责任人}'], ['完成时限', '{完成时限}', '分管领导', '{分管领导}'], tall('督办内容', '{督办内容}', 1400), tall('内容及要求', '{内容及要求}', 2000), opinion('总经理签发', 1500)]),
      ...foot({ slip: RECEIPT.slice(0, 2) }),
    ], { margin: 25 }),
    督办事项跟踪表: () => register('督办事项跟踪表', [
      ['编号', '{编号}', 1800], ['督办内容', '{督办内容}', 3400, true], ['完成时限', '{完成时限}', 1700], ['责任部门', '{责任部门}', 1500], ['责任人', '{责任人}', 1400], ['分管领导', '{分管领导}', 1300],
      ['进展', '{进展}', 2200, true], ['状态', '{状态}', 1200],
    ], '填表：{督办部门}'),
    督办事项延期办理申请表: () => paper('督办事项延期办理申请表', [
      small(`${FIRST}附表二`, { pageBreakBefore: true }, { size: 32, font: HEI }), title('督办事项延期办理申请表', { spacing: { before: 0, after: 160 } }),
      small('编号：{编号}\t第 {第几次} 次申请', { tabStops: [{ type: 'right', position: 8840 }], spacing: { after: 100 } }, { size: 28 }),
      grid([
        ['督办事项', '{督办事项}'], ['承办部门', '{承办部门}', '申请延期时间', '{申请延期时间}'], tall('延期原因', '{延期原因}', 1500), tall('办理进度', '{办理进度}', 1300),
        opinion('分管领导意见', 1300), opinion('督办领导意见', 1300), opinion('总经理意见', 1300), ['批准时限', '{批准时限}'],
      ]), ...foot(),
    ], { margin: 25 }),
    督办事项催办通知单: () => paper('督办事项催办通知单', [
      small(`${FIRST}附件三`, { pageBreakBefore: true }, { size: 32, font: HEI }), ...redHead('督办事项催办通知单'),
      body('{承办部门}：', { indent: {} }), body('你部门承办的下列督办事项已到时限，尚未反馈结果，也未申请延期。请立即办理，并书面说明原因和完成时间。', { spacing: { line: 560, lineRule: 'exact', after: 160 } }),
      grid([['督办事项', '{督办事项}'], ['承办部门', '{承办部门}', '时限', '{时限}'], tall('督办领导意见', '{督办领导意见}', 1500)]), ...foot({ slip: RECEIPT.slice(0, 2) }),
    ], { margin: 25 }),
    退办通知: () => notice('退办通知', '承办部门', '下列督办事项经审核未达到办结要求，现予退办，请按期重新办理。', [['督办事项', '{督办事项}'], tall('退办原因', '{退办原因}', 1900), ['完成期限', '{退办完成期限}', '分管领导', '{分管领导}']], { slip: RECEIPT.slice(0, 2) }),
    书面检查: () => paper('书面检查', [
      title(`${FIRST}书面检查`, { pageBreakBefore: true }), small('编号：{编号}\t交：{督办部门}', { tabStops: [{ type: 'right', position: 8840 }], spacing: { after: 100 } }, { size: 28 }),
      grid([['部门', '{部门}', '责任人', '{责任人}'], ['事由', '{事由}'], ['日期', '{日期}', '完成期限', '{完成期限}'], { ...opinion('检查内容', 7000) }]), ...foot({ signed: false }),
    ], { margin: 25 }),
    考核意见: () => form('考核意见', [['部门', '{部门}', '责任人', '{责任人}'], ['处理', '{处理}', '日期', '{日期}'], tall('事由', '{事由}', 2000), tall('说明', '{说明}', 2000), tall('部门负责人（签字）', '', 1500), tall('人力资源部备案', '', 1500)], { made: '报：人力资源部' }),
  },
  company: {
    '督查、督办工作联系单': () => paper('督查、督办工作联系单', [
      ...redHead('督查、督办工作联系单', { first: FIRST }),
      grid([['立项部门', '{立项部门}', '承办部门', '{承办部门}'], ['责任人', '{责任人}', '完成期限', '{完成期限}'], tall('内容', '{内容}', 1500), tall('工作要求', '{工作要求}', 1800), tall('分管领导批准', '{分管领导}', 1100)]),
      ...foot({ slip: RECEIPT }),
    ], { margin: 25 }),
    延期申请: () => form('延期申请', [['事项', '{事项}'], ['承办部门', '{承办部门}', '预计完成时间', '{预计完成时间}'], tall('原因', '{原因}', 1900), tall('工作进展', '{工作进展}', 1900), opinion('行政管理部意见', 1600), opinion('分管领导意见', 1600), ['批复的具体完成时间', '{批复的具体完成时间}']], { made: '申请：{承办部门}' }),
    办结报告: () => paper('办结报告', [
      title(`${FIRST}办结报告`, { pageBreakBefore: true }), small('编号：{编号}　　报：{督办部门}', { alignment: 'center', spacing: { after: 240 } }, { size: 28 }),
      body('关于“{事项}”的办理情况，报告如下：'), body('一、事实', { keepNext: true }, { font: HEI }), body('{事实}'), body('二、结论', { keepNext: true }, { font: HEI }), body('{结论}'),
      body('三、整改措施', { keepNext: true }, { font: HEI }), body('{整改措施}'), body(''), right('承办部门：{承办部门}', { keepNext: true }), right('负责人（签字）：　　　　　', { keepNext: true }),
      right('审阅：{承办部门负责人签字}'), ...foot({ signed: false }),
    ], { numbered: true }),
    退办通知: () => notice('退办通知', '承办部门', '下列督查督办事项经审核不合格，现予退办，请在完成期限前重新办理并提交办结报告。', [['事项', '{事项}'], tall('退办原因', '{退办原因}', 2200), ['完成期限', '{完成期限}']], { slip: RECEIPT.slice(0, 2) }),
  },
  platform: {
    任务反馈: () => form('任务反馈', [['任务', '{任务}'], tall('进展情况', '{进展情况}', 4200), tall('下步计划', '{下步计划}', 3400), ['承办人（签字）', '', '日期', '']], { made: '交：责任人' }),
    任务提报: () => form('任务提报', [['任务', '{任务}'], tall('原文', '{原文}', 3400), tall('提报内容', '{提报内容}', 4200), ['提报人', '{提报人}']], { made: '报：{督办部门}' }),
    延期申请: () => application('延期', ['责任人'], [['新时间', '{新时间}']]), 暂停申请: () => application('暂停', ['责任人', '分管领导']),
    恢复申请: () => application('恢复', ['责任人', '分管领导']), 办结申请: () => application('办结', ['督办管理员']),
  },
  tax: {
    督查督办事项登记簿: () => register('督查督办事项登记簿', [['编号', '{编号}', 2100], ['交办事项', '{交办事项}', 5800, true], ['承办单位', '{承办单位}', 2300], ['完成期限', '{完成期限}', 2100], ['注销日期', '{注销日期}', 2200]], '登记：{督办部门}'),
    工作督导单: () => paper('工作督导单', [
      ...redHead('工作督导单', { first: FIRST }),
      grid([tall('事项', '{事项}', 1500), tall('领导要求', '{领导要求}', 1900), tall('分办意见', '{分办意见}', 1900), ['承办单位', '{承办单位}', '协办单位', '{协办单位}'], ['办理时间', '{办理时间}', '签收', '']]), ...foot(),
    ], { margin: 28 }),
    工作落实反馈单: () => form('工作落实反馈单', [['事项', '{事项}'], ['承办单位', '{承办单位}', '办理时间', '{办理时间}'], tall('进展', '{进展}', 2800), tall('结果', '{结果}', 2800), tall('负责同志审阅', '{负责同志审阅}', 1500)], { made: '交回：{督办部门}' }),
    督导记录: () => form('督导记录', [['日期', '{日期}', '对象', '{对象}'], ['事项', '{事项}'], tall('情况', '{情况}', 5200), ['督导人', '{督导人}', '被督导人（签字）', '']]),
    顺延事项审批单: () => form('顺延事项审批单', [['事项', '{事项}'], ['承办单位', '{承办单位}', '原定时限', '{原定时限}'], ['顺延至', '{顺延至}'], tall('特殊情况', '{特殊情况}', 3000), tall('承办单位负责人（签字）', '', 1300), opinion('分管局领导意见', 2000), ['批准时限', '{批准时限}']], { made: '申请：{承办单位}' }),
  },
};

function application(type, roles, more = []) {
  return form(`${type}申请`, [['任务', '{任务}'], ['申请人', '{申请人}', ...(more[0] ?? ['日期', ''])], tall('原因', '{原因}', 3000), ...roles.map((role) => opinion(`${role}意见`, 2000))], { made: '报：{督办部门}' });
}

