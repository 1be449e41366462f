import { bindColumns, parseSheet, SHEET_KEYS, SHEETS, HOME_SHEET_NAME, type Policy, type SheetKey } from '#core';
import { HOME_ANCHOR } from '#google';
import { POLICIES } from '#policies';
import { HostError, messageOf } from '../host-error.ts';
import { installTriggers } from '../jobs/triggers.ts';
import { homeOf } from '../workbook/anchors.ts';
import { TIME_ZONE } from '../workbook/cell-from-google.ts';
import type { GSpreadsheet } from '../workbook/google.ts';
import { contractSheets, readBook, whole } from '../workbook/read-book.ts';
import { addSourceRules, ensureDataSheet, type Layout } from './data-sheet.ts';
import { ensureHomePage } from './home-page.ts';
import { ensureParameters } from './parameter-rows.ts';

/**
 * The policy that 制度参数 names; null where it names none yet. Throws a HostError where the scripts that were pushed don't
 * hold it: set up by another one, the workbook would be a mixture.
 */
export function standingPolicy(spreadsheet: GSpreadsheet): Policy | null {
  const sheet = readBook(spreadsheet, whole('parameters')).snapshot.sheets[0];
  if (sheet === undefined || bindColumns(sheet, 'parameters', []) === null) return null;
  const id = parseSheet(sheet, 'parameters', {}, []).rows.find(({ cells }) => cells.key === 'policy')?.cells.value.trim() ?? '';
  if (id === '') return null;
  const policy = Object.values(POLICIES).find((candidate) => candidate.id === id);
  if (policy === undefined) throw new HostError('no-policy', `「${SHEETS.parameters.name}」写的制度是「${id}」,装入的程序只有 ${Object.values(POLICIES).map((own) => `${own.id}(${own.name})`).join('、')}:请改正,或换装带有该制度的程序`);
  return policy;
}

/** Whether the spreadsheet carries the home of another one: it was copied. */
export function isCopyOf(spreadsheet: GSpreadsheet): boolean {
  const home = homeOf(spreadsheet);
  return home !== null && home !== spreadsheet.getId();
}

/** From now on the workbook is at home here. */
export function settle(spreadsheet: GSpreadsheet): void {
  const [entry] = spreadsheet.createDeveloperMetadataFinder().withKey(HOME_ANCHOR).find();
  if (entry === undefined) spreadsheet.addDeveloperMetadata(HOME_ANCHOR, spreadsheet.getId());
  else entry.setValue(spreadsheet.getId());
}

/**
 * Makes the whole workbook, or repairs it: sheets, columns, anchors, rules, colours, parameters, 首页, triggers. Returns
 * what was found, in sentences for people.
 */
export function setUp(spreadsheet: GSpreadsheet, policy: Policy): string[] {
  const told: string[] = [];
  if (spreadsheet.getSpreadsheetTimeZone() !== TIME_ZONE) {
    spreadsheet.setSpreadsheetTimeZone(TIME_ZONE);
    told.push('时区已设为北京时间');
  }
  useBlankSheet(spreadsheet);
  const standing = new Map(contractSheets(spreadsheet).map(({ key, sheet }) => [key, sheet]));
  const layouts = new Map<SheetKey, Layout>();
  const made: string[] = [];
  for (const key of SHEET_KEYS) {
    const layout = ensureDataSheet(spreadsheet, key, standing.get(key), policy);
    if (layout === null) told.push(`「${SHEETS[key].name}」里没有找到表头,未改动:请恢复表头行后再修复`);
    else layouts.set(key, layout);
    if (!standing.has(key)) made.push(SHEETS[key].name);
  }
  if (made.length > 0) told.push(`新建工作表 ${made.length} 张`);
  addSourceRules(layouts, policy);
  const parameters = layouts.get('parameters');
  const items = layouts.get('items');
  if (parameters === undefined || items === undefined) throw new HostError('not-set-up', told.join(';'));
  const added = ensureParameters(spreadsheet, policy, parameters);
  if (added > 0) told.push(`「制度参数」补 ${added} 行`);
  ensureHomePage(spreadsheet, policy, items.places);
  SpreadsheetApp.flush();
  try {
    const mended = installTriggers();
    told.push(mended > 0 ? '每小时巡检、定期通报已安装' : '定时任务完好');
  } catch (error) {
    told.push(`定时任务没有装上:${messageOf(error)}。请在授权时勾选全部权限,再点一次「初始化/修复」`);
  }
  return told;
}

/** A new spreadsheet's only sheet, still blank, becomes 首页. */
function useBlankSheet(spreadsheet: GSpreadsheet): void {
  const sheets = spreadsheet.getSheets();
  if (sheets.length === 1 && sheets[0]!.getLastRow() === 0) sheets[0]!.setName(HOME_SHEET_NAME);
}
