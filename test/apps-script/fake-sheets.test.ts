import { describe, expect, it } from 'vitest';
import { Sim } from './fake/sim.ts';
import { script, simWith } from './support.ts';

const reading = (expression: string) => `sheet.getRange('A2').setValue(${expression}); return sheet.getRange('A2').getValue();`;

describe('a realm of its own', () => {
  it.each([
    ['values are arrays of the bundle\'s realm', 'return sheet.getRange(1, 1, 2, 2).getValues() instanceof Array'],
    ['rows are arrays of the bundle\'s realm', 'return sheet.getRange(1, 1, 2, 2).getValues()[0] instanceof Array'],
    ['dates are Dates of the bundle\'s realm', 'return sheet.getRange(\'C2\').getValue() instanceof Date'],
    ['errors are Errors of the bundle\'s realm', 'try { sheet.getRange(0, 1) } catch (e) { return e instanceof Error }'],
    ['API results are objects of the bundle\'s realm', 'return Sheets.Spreadsheets.Values.batchGet(book.getId(), { ranges: ["表!A1"] }) instanceof Object'],
    ['a Date of the fake\'s clock is a Date', 'return new Date() instanceof Date && new Date().constructor === Date'],
    ['there is no URL, timer, process or fetch', 'return [typeof URL, typeof setTimeout, typeof process, typeof fetch].every((t) => t === "undefined")'],
  ])('%s', (_, body) => {
    expect(script(simWith(), body)).toBe(true);
  });

  it('loads the bundle anew for each execution', () => {
    const sim = simWith();
    sim.loadSource('let runs = 0; function main() { return ++runs; }');
    expect([sim.call('main'), sim.call('main')]).toEqual([1, 1]);
  });

  it('tells the time of the fake\'s clock', () => {
    const sim = simWith({ now: '2026-03-02T09:00:00+08:00' });
    expect(script(sim, 'return [new Date().toISOString(), Date.now()]')).toEqual(['2026-03-02T01:00:00.000Z', Date.parse('2026-03-02T01:00:00Z')]);
  });
});

describe('what is not modelled', () => {
  it.each([
    ['a method', 'sheet.getRange("A1").randomize()', 'not faked: Range.randomize'],
    ['a property', 'return SpreadsheetApp.CopyPasteType', 'not faked: SpreadsheetApp.CopyPasteType'],
    ['an assignment', 'book.x = 1', 'not faked: setting Spreadsheet.x'],
    ['an internal of the fake', 'return sheet.model', 'not faked: Sheet.model'],
    ['a request of a batch', 'Sheets.Spreadsheets.batchUpdate({ requests: [{ autoFill: {} }] }, book.getId())', 'not faked: Sheets.Spreadsheets.batchUpdate autoFill'],
    ['a hole that the bundle catches', 'try { book.copy("x") } catch { return 1 }', 'not faked: Spreadsheet.copy'],
  ])('%s throws', (_, body, message) => {
    expect(() => script(simWith(), body)).toThrow(message);
  });
});

describe('what cells give back', () => {
  it.each([
    ['a blank is an empty string', reading('null'), ''],
    ['leading zeros are lost', reading('"007"'), 7],
    ['grouped digits are a number', reading('"1,234.5"'), 1234.5],
    ['a percentage is its fraction', reading('"50%"'), 0.5],
    ['TRUE is a boolean', reading('"true"'), true],
    ['a leading apostrophe keeps text', reading('"\'007"'), '007'],
    ['a date text becomes a Date', reading('"2026-03-05"'), new Date('2026-03-05T00:00:00+08:00')],
    ['a Chinese date becomes a Date', reading('"2026年3月5日"'), new Date('2026-03-05T00:00:00+08:00')],
    ['a date with a time keeps it', reading('"2026/3/5 17:30"'), new Date('2026-03-05T17:30:00+08:00')],
    ['a month becomes its first day', reading('"2026-03"'), new Date('2026-03-01T00:00:00+08:00')],
    ['an impossible date stays text', reading('"2026-02-30"'), '2026-02-30'],
    ['other text stays text', reading('"4月底前"'), '4月底前'],
    ['a Date comes back as the same instant', reading('new Date(1772000000000)'), new Date(1772000000000)],
    ['text format keeps what is typed', 'const r = sheet.getRange("A2").setNumberFormat("@").setValue("007"); return r.getValue()', '007'],
    ['a number in a date format is a Date', 'return sheet.getRange("A2").setNumberFormat("yyyy-mm-dd").setValue(46086).getValue()', new Date('2026-03-05T00:00:00+08:00')],
    ['a number put where a date was reads as a date', 'sheet.getRange("C2").setValue(46086); return sheet.getRange("C2").getValue()', new Date('2026-03-05T00:00:00+08:00')],
    ['display follows the format', 'return sheet.getRange("A2").setValue(new Date(2026, 2, 5, 4)).setNumberFormat("yyyy\\"年\\"m\\"月\\"").getDisplayValue()', '2026年3月'],
    ['the data range ends with the content', 'sheet.getRange("A9").setNumberFormat("@"); return [sheet.getLastRow(), sheet.getDataRange().getA1Notation()]', [3, 'A1:C3']],
  ])('%s', (_, body, expected) => {
    expect(script(simWith(), body)).toEqual(expected);
  });

  it('a Date is the wall clock of the spreadsheet\'s zone, not the script\'s', () => {
    const sim = simWith({ timeZone: 'America/New_York', scriptTimeZone: 'Asia/Shanghai' });
    expect(script(sim, 'return sheet.getRange("C2").getValue().toISOString()')).toBe('2026-03-05T05:00:00.000Z');
  });

  it('tests put and read raw cells', () => {
    const sim = simWith();
    sim.spreadsheet.putRaw('表', 'A2', [['=1', 46086, '']]);
    sim.spreadsheet.putFormula('表', 'A3', '=1+1', 2);
    expect(sim.spreadsheet.cells('表').slice(1)).toEqual([['=1', 46086, null], [{ formula: '=1+1', value: 2 }, '乙', 46087]]);
  });

  it('a formula gives the value the test says it has', () => {
    const sim = simWith();
    sim.spreadsheet.putFormula('表', 'A2', '=1+1', 2);
    expect(script(sim, 'const r = sheet.getRange("A2"); return [r.getValue(), r.getFormula()]')).toEqual([2, '=1+1']);
  });
});

describe('Google\'s refusals', () => {
  it.each([
    ['row 0', 'sheet.getRange(0, 1)', 'The starting row of the range is too small.'],
    ['column 0', 'sheet.getRange(1, 0)', 'The starting column of the range is too small.'],
    ['no rows', 'sheet.getRange(1, 1, 0, 1)', 'The number of rows in the range must be at least 1.'],
    ['too few rows of data', 'sheet.getRange(1, 1, 2, 1).setValues([[1]])', 'The number of rows in the data does not match the number of rows in the range. The data has 1 but the range has 2.'],
    ['too many columns of data', 'sheet.getRange(1, 1, 1, 1).setValues([[1, 2]])', 'The number of columns in the data does not match the number of columns in the range. The data has 2 but the range has 1.'],
    ['a range beyond the grid', 'sheet.getRange(1001, 1)', 'The coordinates of the range are outside the dimensions of the sheet.'],
    ['a sheet name that is taken', 'book.insertSheet("表")', 'A sheet with the name "表" already exists.'],
    ['metadata on some cells', 'sheet.getRange("A1:A5").addDeveloperMetadata("k")', 'Adding developer metadata to arbitrary ranges is not currently supported.'],
    ['a bad address', 'MailApp.sendEmail({ to: "张三", subject: "x", body: "y" })', 'Invalid email: 张三'],
    ['51 recipients', 'MailApp.sendEmail({ to: Array(51).fill("a@b.cn").join(), subject: "x", body: "y" })', 'Limit Exceeded: Email Recipients Per Message.'],
    ['a property above 9 KB', 'PropertiesService.getDocumentProperties().setProperty("k", "x".repeat(9217))', 'Argument too large: value'],
    ['a 21st trigger', 'for (let i = 0; i < 21; i++) ScriptApp.newTrigger("main").timeBased().everyHours(1).create()', 'This script has too many triggers.'],
    ['every 7 minutes', 'ScriptApp.newTrigger("main").timeBased().everyMinutes(7)', 'It must be one of 1, 5, 10, 15 or 30.'],
    ['a trigger for an unknown function', 'ScriptApp.newTrigger("typo").timeBased().everyHours(1).create()', 'no top-level function'],
    ['an API range that does not parse', 'Sheets.Spreadsheets.Values.batchGet(book.getId(), { ranges: ["没有!A1"] })', 'Unable to parse range'],
  ])('%s', (_, body, message) => {
    expect(() => script(simWith(), body)).toThrow(message);
  });

  it('are named Exception, and those of the API GoogleJsonResponseException', () => {
    const names = 'const names = []; for (const f of [() => sheet.getRange(0, 1), () => Sheets.Spreadsheets.Values.batchGet("x")]) try { f() } catch (e) { names.push(e.name) } return names';
    expect(script(simWith(), names)).toEqual(['Exception', 'GoogleJsonResponseException']);
  });
});

describe('strict validation', () => {
  const strict = 'sheet.getRange("B2:B3").setDataValidation(SpreadsheetApp.newDataValidation().requireValueInList(["甲", "乙"]).setAllowInvalid(false).build());';

  it('keeps the whole block out and surfaces at the next read', () => {
    const sim = simWith();
    const body = `${strict} sheet.getRange("A2:B3").setValues([["X", "甲"], ["Y", "丙"]]); const after = 1; try { sheet.getRange("A2").getValue() } catch (e) { return [after, e.message] }`;
    expect(script(sim, body)).toEqual([1, 'The data you entered in cell B3 violates the data validation rules set on this cell. Please enter one of the following values: 甲, 乙.']);
    expect(sim.spreadsheet.value('表', 'A2')).toBe('A1');
  });

  it('fails the run at its end where nothing was read after the write', () => {
    expect(() => script(simWith(), `${strict} sheet.getRange("B2").setValue("丙");`)).toThrow('violates the data validation rules');
  });

  it('does not hold the API back', () => {
    const sim = simWith();
    script(sim, `${strict} SpreadsheetApp.flush(); Sheets.Spreadsheets.Values.batchUpdate({ valueInputOption: "RAW", data: [{ range: "表!B2", values: [["丙"]] }] }, book.getId())`);
    expect(sim.spreadsheet.value('表', 'B2')).toBe('丙');
  });

  it('refuses what people type, not what they paste', () => {
    const sim = simWith();
    script(sim, strict);
    expect([sim.edit('表', 'B2', '丙'), sim.edit('表', 'B2', [['丙', 1]])]).toEqual([false, true]);
  });
});

describe('the advanced service', () => {
  const update = (values: string, option = 'RAW') => `Sheets.Spreadsheets.Values.batchUpdate({ valueInputOption: "${option}", data: [{ range: "'表'!A2:C3", values: ${values} }] }, book.getId());`;
  const all = 'return Sheets.Spreadsheets.Values.batchGet(book.getId(), { ranges: ["表!A1:C9"], valueRenderOption: "UNFORMATTED_VALUE" }).valueRanges[0].values';

  it.each([
    ['RAW text stays text', update('[["=1", "007"]]') + all, [['编号', '事项', '时限'], ['=1', '007', 46086], ['A2', '乙', 46087]]],
    ['USER_ENTERED text is typed', update('[["2026-03-05", "007"]]', 'USER_ENTERED') + all, [['编号', '事项', '时限'], [46086, 7, 46086], ['A2', '乙', 46087]]],
    ['null skips a cell, \'\' clears it', update('[[null, "", "x"]]') + all, [['编号', '事项', '时限'], ['A1', '', 'x'], ['A2', '乙', 46087]]],
    ['trailing blanks are left out', update('[["a", "", ""], ["", "", ""]]') + all, [['编号', '事项', '时限'], ['a']]],
    ['a Date arrives as its ISO text', update('[[new Date(0)]]') + all, [['编号', '事项', '时限'], ['1970-01-01T00:00:00.000Z', '甲', 46086], ['A2', '乙', 46087]]],
  ])('%s', (_, body, expected) => {
    expect(script(simWith(), body)).toEqual(expected);
  });

  it('wants SpreadsheetApp flushed first', () => {
    expect(() => script(simWith(), `sheet.getRange("A2").setValue(1); ${all}`)).toThrow('flush() first');
  });

  it('updates cells with formats and clears what the mask names and the cell lacks', () => {
    const body = `Sheets.Spreadsheets.batchUpdate({ requests: [{ updateCells: { range: { sheetId: sheet.getSheetId(), startRowIndex: 1, endRowIndex: 3, startColumnIndex: 0, endColumnIndex: 1 },
      rows: [{ values: [{ userEnteredValue: { numberValue: 46086 }, userEnteredFormat: { numberFormat: { pattern: "yyyy-mm-dd" } } }] }], fields: "userEnteredValue,userEnteredFormat(numberFormat)" } }] }, book.getId());
      return sheet.getRange("A2:A3").getDisplayValues()`;
    expect(script(simWith(), body)).toEqual([['2026-03-05'], ['']]);
  });
});

describe('rows and columns that move take along', () => {
  it.each([
    ['named ranges', 'book.setNamedRange("n", sheet.getRange("B3")); sheet.insertRowsBefore(2, 2); return book.getRangeByName("n").getA1Notation()', 'B5'],
    ['column metadata', 'sheet.getRange("C:C").addDeveloperMetadata("k", "v"); sheet.insertColumnBefore(1); const m = book.createDeveloperMetadataFinder().withKey("k").find()[0]; return [m.getValue(), m.getLocation().getColumn().getColumn()]', ['v', 4]],
    ['validations', 'sheet.getRange("B2:B3").setDataValidation(SpreadsheetApp.newDataValidation().requireDate().build()); sheet.insertRowsAfter(3, 1); return [2, 3, 4, 5].map((r) => sheet.getRange(r, 2).getDataValidation() !== null)', [true, true, true, false]],
    ['conditional formats', 'sheet.setConditionalFormatRules([SpreadsheetApp.newConditionalFormatRule().whenFormulaSatisfied("=TRUE").setBackground("#ff0000").setRanges([sheet.getRange("A2:C3")]).build()]); sheet.deleteRow(2); return sheet.getConditionalFormatRules()[0].getRanges()[0].getA1Notation()', 'A2:C2'],
    ['protections', 'sheet.getRange("C2:C3").protect(); sheet.deleteColumn(1); return sheet.getProtections(SpreadsheetApp.ProtectionType.RANGE)[0].getRange().getA1Notation()', 'B2:B3'],
    ['formats with a sort', 'sheet.getRange("A2").setBackground("#FF0000"); sheet.getRange("A2:C3").sort({ column: 2, ascending: true }); return [sheet.getRange("A2").getValue(), sheet.getRange("A3").getBackground()]', ['A2', '#ff0000']],
  ])('%s', (_, body, expected) => {
    expect(script(simWith(), body)).toEqual(expected);
  });

  it('nothing of what was deleted', () => {
    expect(script(simWith(), 'book.setNamedRange("n", sheet.getRange("B2")); sheet.getRange("B2").protect(); sheet.deleteRow(2); return [book.getRangeByName("n"), sheet.getProtections(SpreadsheetApp.ProtectionType.RANGE).length]')).toEqual([null, 0]);
  });
});

describe('protections', () => {
  const protect = 'function protect() { const p = SpreadsheetApp.getActive().getSheetByName("表").getRange("A:A").protect(); p.removeEditors(p.getEditors()); return p.getEditors().map((u) => u.getEmail()); }';

  it('keep the owner in and others out, people and their scripts alike', () => {
    const sim = simWith({ editors: ['li@example.com'] });
    sim.loadSource(`${protect} function write() { SpreadsheetApp.getActive().getSheetByName("表").getRange("A2").setValue(1); SpreadsheetApp.flush(); }`);
    expect(sim.call('protect')).toEqual(['office@example.com']);
    expect(sim.edit('表', 'A2', 'x', { user: 'li@example.com' })).toBe(false);
    expect(sim.deleteRow('表', 2, 1, { user: 'li@example.com' })).toBe(false);
    expect(() => sim.callAs('li@example.com', 'write')).toThrow('You are trying to edit a protected cell');
    sim.call('write');
  });
});

describe('size', () => {
  it('reads, writes and sorts 20 000 rows of 65 columns in seconds', () => {
    const sim = new Sim();
    const sheet = sim.spreadsheet.addSheet('表', Array.from({ length: 20_000 }, (_, row) => Array.from({ length: 65 }, (_unused, column) => (column % 10 === 0 ? new Date(1_772_000_000_000 + row * 86_400_000) : `${row}-${column}文`))));
    const started = performance.now();
    script(sim, 'sheet.getRange(2, 1, 19999, 65).setDataValidation(null).setNumberFormat("@"); const all = sheet.getDataRange().getValues(); sheet.getRange(1, 1, 20000, 65).setValues(all).sort(2); sheet.insertRowsBefore(2, 10); SpreadsheetApp.flush()');
    expect(sheet.lastRow()).toBe(20_010);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
