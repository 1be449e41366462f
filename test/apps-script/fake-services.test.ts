import { describe, expect, it } from 'vitest';
import { script, simWith } from './support.ts';

const chart = 'sheet.newChart().asColumnChart().addRange(sheet.getRange("A1:B3")).setPosition(5, 1, 0, 0).setOption("title", "办结率").setNumHeaders(1).build()';

describe('looks of a sheet', () => {
  it.each([
    ['charts', `sheet.insertChart(${chart}); const [c] = sheet.getCharts(); sheet.updateChart(c.modify().setOption("title", "x").build()); return [sheet.getCharts().length, sheet.getCharts()[0].getOptions().get("title"), c.getRanges()[0].getA1Notation()]`, [1, 'x', 'A1:B3']],
    ['column groups', 'sheet.getRange("B:C").shiftColumnGroupDepth(1); sheet.getColumnGroup(2, 1).collapse(); return [sheet.getColumnGroupDepth(3), sheet.getColumnGroup(3, 1).isCollapsed(), sheet.getColumnGroupDepth(4)]', [1, true, 0]],
    ['frozen lines, hidden columns, widths', 'sheet.setFrozenRows(1); sheet.setFrozenColumns(3); sheet.hideColumns(2, 2); sheet.setColumnWidth(1, 55); return [sheet.getFrozenRows(), sheet.getFrozenColumns(), sheet.isColumnHiddenByUser(3), sheet.getColumnWidth(1), sheet.getColumnWidth(2)]', [1, 3, true, 55, 100]],
    ['merged cells keep the first value', 'sheet.getRange("A2:B2").merge(); return [sheet.getRange("A2:B2").getValues(), sheet.getRange("B2").isPartOfMerge(), sheet.getRange("B2").getMergedRanges()[0].getA1Notation()]', [[['A1', '']], true, 'A2:B2']],
    ['notes, colours, filter', 'const r = sheet.getRange("A2").setNote("看").setBackground("#EEE"); sheet.getDataRange().createFilter(); return [r.getNote(), r.getBackground(), sheet.getFilter().getRange().getA1Notation()]', ['看', '#eee', 'A1:C3']],
    ['validation rules read back', 'const v = SpreadsheetApp.newDataValidation().requireValueInList(["是", "否"]).setHelpText("h").build(); sheet.getRange("A2").setDataValidation(v); const r = sheet.getRange("A2").getDataValidation(); return [r.getCriteriaType() === SpreadsheetApp.DataValidationCriteria.VALUE_IN_LIST, r.getCriteriaValues(), r.getAllowInvalid(), r.getHelpText()]', [true, [['是', '否'], true], true, 'h']],
    ['conditional rules read back', 'sheet.setConditionalFormatRules([SpreadsheetApp.newConditionalFormatRule().whenFormulaSatisfied("=$A2=1").setBackground("#F00").setBold(true).setRanges([sheet.getRange("A2:A3")]).build()]); const c = sheet.getConditionalFormatRules()[0].getBooleanCondition(); return [String(c.getCriteriaType()), c.getCriteriaValues(), c.getBackground(), c.getBold()]', ['CUSTOM_FORMULA', ['=$A2=1'], '#f00', true]],
    ['sheet protection with holes', 'const p = sheet.protect().setDescription("d"); p.setUnprotectedRanges([sheet.getRange("B2:B3")]); return [sheet.getProtections(SpreadsheetApp.ProtectionType.SHEET)[0].getUnprotectedRanges()[0].getA1Notation(), p.getDescription(), p.canEdit()]', ['B2:B3', 'd', true]],
    ['sheets come, move and go', 'const s = book.insertSheet("新", 0); book.setActiveSheet(s); book.moveActiveSheet(3); const order = book.getSheets().map((x) => x.getName()); book.deleteSheet(s); return [order, book.getNumSheets()]', [['工作表1', '表', '新'], 2]],
    ['an appended row follows the content', 'sheet.appendRow(["A3", "丙"]); return [sheet.getLastRow(), sheet.getRange("B4").getValue()]', [4, '丙']],
    ['metadata of sheet and spreadsheet', 'sheet.addDeveloperMetadata("k", "items", SpreadsheetApp.DeveloperMetadataVisibility.PROJECT); book.addDeveloperMetadata("k", "book"); const found = book.createDeveloperMetadataFinder().withKey("k").find(); found[0].setValue("x"); return [found.map((m) => String(m.getLocation().getLocationType())), sheet.getDeveloperMetadata()[0].getValue(), book.getDeveloperMetadata().length]', [['SHEET', 'SPREADSHEET'], 'x', 1]],
    ['properties of the sheets by the API', 'return Sheets.Spreadsheets.get(book.getId(), { fields: "sheets.properties" }).sheets[1].properties.gridProperties', { rowCount: 1000, columnCount: 26 }],
    ['rows, metadata and protections by the API', 'const sheetId = sheet.getSheetId(); Sheets.Spreadsheets.batchUpdate({ requests: [{ appendDimension: { sheetId, dimension: "ROWS", length: 5 } }, { createDeveloperMetadata: { developerMetadata: { metadataKey: "c", visibility: "DOCUMENT", location: { dimensionRange: { sheetId, dimension: "COLUMNS", startIndex: 1, endIndex: 2 } } } } }, { addProtectedRange: { protectedRange: { range: { sheetId, endColumnIndex: 1 }, description: "d" } } }] }, book.getId()); return [sheet.getMaxRows(), book.createDeveloperMetadataFinder().withKey("c").find()[0].getLocation().getColumn().getA1Notation(), sheet.getProtections(SpreadsheetApp.ProtectionType.RANGE)[0].getRange().getA1Notation()]', [1005, 'B:B', 'A1:A1005']],
  ])('%s', (_, body, expected) => {
    expect(script(simWith(), body)).toEqual(expected);
  });
});

describe('other services', () => {
  it.each([
    ['dates are formatted in the zone asked for', 'return Utilities.formatDate(new Date("2026-03-02T16:05:09Z"), "Asia/Shanghai", "yyyy-MM-dd\'T\'HH:mm:ssXXX E u")', '2026-03-03T00:05:09+08:00 Tue 2'],
    ['digests are signed bytes', 'return Utilities.computeDigest(Utilities.DigestAlgorithm.SHA_256, "督办", Utilities.Charset.UTF_8).some((b) => b < 0)', true],
    ['base64', 'return Utilities.base64Encode("督", Utilities.Charset.UTF_8)', '552j'],
    ['properties are texts', 'const p = PropertiesService.getDocumentProperties(); p.setProperty("n", 1).setProperties({ m: "x" }); return [p.getProperty("n"), p.getProperty("none"), p.getProperties()]', ['1', null, { n: '1', m: 'x' }]],
    ['the cache forgets in time', 'const c = CacheService.getScriptCache(); c.put("k", "v", 10); const before = c.get("k"); Utilities.sleep(10001); return [before, c.get("k")]', ['v', null]],
    ['users and zones', 'return [Session.getActiveUser().getEmail(), Session.getEffectiveUser().getEmail(), Session.getScriptTimeZone()]', ['office@example.com', 'office@example.com', 'Asia/Shanghai']],
    ['triggers are listed and deleted', 'const t = ScriptApp.newTrigger("main").timeBased().everyHours(1).create(); const [found] = ScriptApp.getProjectTriggers(); const seen = [found.getHandlerFunction(), found.getUniqueId() === t.getUniqueId(), found.getEventType() === ScriptApp.EventType.CLOCK]; ScriptApp.deleteTrigger(found); return [...seen, ScriptApp.getProjectTriggers().length]', ['main', true, true, 0]],
    ['mail in both forms', 'MailApp.sendEmail("a@b.cn", "s", "b", { htmlBody: "<b>" }); MailApp.sendEmail({ to: "李 <li@b.cn>, c@b.cn", subject: "s", body: "b" }); return MailApp.getRemainingDailyQuota()', 97],
  ])('%s', (_, body, expected) => {
    expect(script(simWith(), body)).toEqual(expected);
  });
});
