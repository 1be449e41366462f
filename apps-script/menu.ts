import { MENU } from './entry-names.ts';
import { messageOf } from './host-error.ts';
import { TimeBudget } from './jobs/time-budget.ts';
import { patrol } from './jobs/patrol.ts';
import type { RunOutcome } from './jobs/run-workbook.ts';
import { momentNow } from './workbook/cell-from-google.ts';
import type { GSpreadsheet } from './workbook/google.ts';
import { homeOf } from './workbook/anchors.ts';
import { isCopyOf, setUp, settle, standingPolicy } from './set-up/set-up.ts';
import { openForm } from './dialogs/open-form.ts';

declare const DUBAN_VERSION: string;
const TITLE = '督办';

export function addMenu(): void {
  const menu = SpreadsheetApp.getUi().createMenu(TITLE);
  for (const item of MENU) {
    if (item === null) menu.addSeparator();
    else menu.addItem(item.caption, item.handler);
  }
  menu.addToUi();
}

export function runFromMenu(): void {
  const spreadsheet = SpreadsheetApp.getActive();
  spreadsheet.toast('正在巡检,请稍候…', TITLE, 60);
  try {
    tell(sentenceOf(patrol(spreadsheet, momentNow(), new TimeBudget())));
  } catch (error) {
    tell(messageOf(error));
  }
}

export function setUpFromMenu(): void {
  const spreadsheet = SpreadsheetApp.getActive();
  const ui = SpreadsheetApp.getUi();
  try {
    if (isCopyOf(spreadsheet)) {
      const answer = ui.alert(TITLE, '这份表格是副本,不计算也不发信。\n点“是”:搬家,今后以这一份为准(请停用原件);点“否”:仍作存档或演练。', ui.ButtonSet.YES_NO);
      if (answer === ui.Button.YES) settle(spreadsheet);
    } else if (homeOf(spreadsheet) === null) settle(spreadsheet);
    const policy = standingPolicy(spreadsheet);
    if (policy === null) openForm('policy');
    else tell(`初始化/修复完成:${setUp(spreadsheet, policy).join(';')}`);
  } catch (error) {
    tell(messageOf(error));
  }
}

export function about(): void {
  const spreadsheet = SpreadsheetApp.getActive();
  tell([
    `督办 ${DUBAN_VERSION}`, `制度:${policyName(spreadsheet)}`,
    `表格:${isCopyOf(spreadsheet) ? '副本(不发信)' : homeOf(spreadsheet) === null ? '未初始化' : '正本'}`,
    '表格就是全部数据:灰底由程序填写,其余照常填。每个工作日按「制度参数」的摘要发送时刻自动巡检。',
  ].join('\n'));
}

function policyName(spreadsheet: GSpreadsheet): string {
  try {
    return standingPolicy(spreadsheet)?.name ?? '未选择';
  } catch (error) {
    return messageOf(error);
  }
}

export function tell(text: string): void {
  const ui = SpreadsheetApp.getUi();
  ui.alert(TITLE, text, ui.ButtonSet.OK);
}

function sentenceOf(outcome: RunOutcome): string {
  const parts = [
    outcome.isCopy ? '发现副本:搬家/存档/演练,请点「初始化/修复」选择' : '巡检完成',
    `写入 ${outcome.writes} 处`, `发信 ${outcome.delivered} 封`, `提示 ${outcome.hints} 条`,
    ...(outcome.conflicts > 0 ? [`${outcome.conflicts} 处刚被人改动,下次再写`] : []),
    ...(outcome.undelivered.length > 0 ? [`${outcome.undelivered.length} 封未发:${outcome.undelivered[0]!.message}`] : []),
    ...(outcome.finished ? [] : ['还有未完成的,下次巡检接着办']),
  ];
  return parts.join(';');
}
