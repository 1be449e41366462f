import { describe, expect, it } from 'vitest';
import { googleLatencies } from './fake/service-calls.ts';
import type { Sim } from './fake/sim.ts';
import { script, simWith } from './support.ts';

describe('edit events', () => {
  const recording = 'function onEdit(e) { Logger.log(JSON.stringify([e.range.getA1Notation(), "value" in e ? e.value : null, "oldValue" in e ? e.oldValue : null, String(e.authMode)])); }';
  const edited = (act: (sim: Sim) => void): unknown[] => {
    const sim = simWith();
    sim.loadSource(recording);
    act(sim);
    return sim.log.map(({ text }) => JSON.parse(text) as unknown);
  };

  it.each<[string, (sim: Sim) => void, unknown[]]>([
    ['one cell carries both values as texts', (sim) => sim.edit('表', 'B2', 5), [['B2', '5', '甲', 'LIMITED']]],
    ['a cell that was empty has no old value', (sim) => sim.edit('表', 'D2', 'x'), [['D2', 'x', null, 'LIMITED']]],
    ['a date is its serial number', (sim) => sim.edit('表', 'C2', '2026-03-09'), [['C2', '46090', '46086', 'LIMITED']]],
    ['a cleared cell has no value', (sim) => sim.edit('表', 'B2', null), [['B2', null, '甲', 'LIMITED']]],
    ['a paste carries none', (sim) => sim.edit('表', 'B2', [['x'], ['y']]), [['B2:B3', null, null, 'LIMITED']]],
    ['fill-down carries none', (sim) => sim.fillDown('表', 'B2:B4'), [['B3:B4', null, null, 'LIMITED']]],
    ['inserted rows fire none', (sim) => sim.insertRow('表', 2), []],
    ['of quick edits only two arrive', (sim) => sim.quickly(() => ['a', 'b', 'c'].forEach((text) => sim.edit('表', 'B2', text))), [['B2', 'a', '甲', 'LIMITED'], ['B2', 'b', 'a', 'LIMITED']]],
  ])('%s', (_, act, expected) => {
    expect(edited(act)).toEqual(expected);
  });

  it('are not fired by scripts', () => {
    const sim = simWith();
    sim.loadSource(`${recording} function main() { SpreadsheetApp.getActive().getSheetByName("表").getRange("A2").setValue(1); }`);
    sim.call('main');
    expect(sim.log).toEqual([]);
  });

  it('run with the rights of a simple trigger, and a failure stays in the log', () => {
    const sim = simWith();
    sim.loadSource('function onEdit() { MailApp.sendEmail({ to: "a@b.cn", subject: "x", body: "y" }); }');
    sim.edit('表', 'B2', 'x');
    expect(sim.executions.at(-1)?.error?.message).toContain('You do not have permission to call MailApp.sendEmail');
  });

  it('reach installed triggers as their creator, and change triggers too', () => {
    const sim = simWith({ editors: ['li@example.com'] });
    sim.loadSource('function install() { for (const on of ["onEdit", "onChange"]) ScriptApp.newTrigger("seen").forSpreadsheet(SpreadsheetApp.getActive())[on]().create(); } function seen(e) { Logger.log(`${e.changeType} ${Session.getEffectiveUser().getEmail()} ${e.user.getEmail()}`); }');
    sim.call('install');
    sim.edit('表', 'B2', 'x', { user: 'li@example.com' });
    expect(sim.log.map(({ text }) => text)).toEqual(['undefined office@example.com li@example.com', 'EDIT office@example.com li@example.com']);
  });
});

describe('time triggers', () => {
  it.each([
    ['everyMinutes(30)', 'everyMinutes(30)', '2026-03-02T10:10+08:00', ['09:30', '10:00']],
    ['atHour(9) every day', 'atHour(9).everyDays(1)', '2026-03-04T12:00+08:00', ['09:17', '09:17', '09:17']],
    ['the first of the month', 'onMonthDay(1).atHour(8)', '2026-05-02T00:00+08:00', ['08:17', '08:17']],
    ['Mondays', 'onWeekDay(ScriptApp.WeekDay.MONDAY).atHour(7)', '2026-03-17T00:00+08:00', ['07:17', '07:17']],
  ])('%s', (_, schedule, until, expected) => {
    const sim = simWith();
    sim.loadSource(`function install() { ScriptApp.newTrigger("tick").timeBased().${schedule}.create(); } function tick() { Logger.log(Utilities.formatDate(new Date(), "Asia/Shanghai", "HH:mm")); }`);
    sim.call('install');
    sim.runDue(until);
    expect(sim.log.map(({ text }) => text)).toEqual(expected);
  });

  it('have no user interface, and stop for the day when the daily run time is used up', () => {
    const sim = simWith();
    sim.loadSource('function install() { ScriptApp.newTrigger("tick").timeBased().everyHours(1).create(); } function tick() { Utilities.sleep(300000); SpreadsheetApp.getUi(); }');
    sim.call('install');
    sim.world.triggers.dailyLimit = 600_000;
    const errors = sim.runDue('2026-03-02T12:30+08:00').map(({ error }) => error?.message);
    expect(errors).toEqual(['Cannot call SpreadsheetApp.getUi() from this context.', 'Cannot call SpreadsheetApp.getUi() from this context.', 'Service using too much computer time for one day']);
  });
});

describe('trouble', () => {
  const twoWrites = 'function main() { const sheet = SpreadsheetApp.getActive().getSheetByName("表"); try { sheet.getRange("A2").setValue(1); } catch {} try { sheet.getRange("A3").setValue(2); } catch {} }';
  const stateAfter = (sim: Sim) => ['A2', 'A3'].map((cell) => sim.spreadsheet.value('表', cell));

  it.each([
    [1, ['A1', 'A2']], [2, ['A1', 'A2']], [3, [1, 'A2']],
  ])('killed at call %i nothing more is done, whatever the script catches', (at, expected) => {
    const sim = simWith();
    sim.loadSource(twoWrites);
    sim.killAfter(at);
    expect(() => sim.call('main')).toThrow('KILLED');
    expect(stateAfter(sim)).toEqual(expected);
  });

  it('a kill that a run did not reach does not wait for the next one', () => {
    const sim = simWith();
    sim.loadSource(twoWrites);
    sim.killAfter(4);
    sim.call('main');
    sim.call('main');
    expect(stateAfter(sim)).toEqual([1, 2]);
  });

  it('a killed run leaves no lock behind', () => {
    const sim = simWith();
    sim.loadSource('function main() { LockService.getDocumentLock().waitLock(1000); SpreadsheetApp.flush(); }');
    sim.killAfter(2);
    expect(() => sim.call('main')).toThrow('KILLED');
    sim.call('main');
  });

  it('people act between any two calls', () => {
    const sim = simWith();
    sim.loadSource(twoWrites);
    sim.beforeCall(({ name }) => {
      if (name === 'Range.setValue') sim.insertRow('表', 2);
    });
    sim.call('main');
    expect(sim.spreadsheet.grid('表').map(([first]) => first)).toEqual(['编号', '', 2, 'A1', 'A2']);
  });

  it('six minutes are the end, whatever the script catches', () => {
    const sim = simWith();
    expect(() => script(sim, 'for (let i = 0; i < 8; i++) try { Utilities.sleep(60000) } catch {} return "survived"')).toThrow('Exceeded maximum execution time');
  });

  it('a simple trigger has thirty seconds', () => {
    const sim = simWith();
    sim.loadSource('function onEdit() { Utilities.sleep(31000); }');
    sim.edit('表', 'B2', 'x');
    expect(sim.executions.at(-1)?.error?.message).toBe('Exceeded maximum execution time');
  });

  it('latency takes the fake\'s time, by call and by cell', () => {
    const sim = simWith();
    sim.useLatencies(googleLatencies);
    expect(script(sim, 'const start = Date.now(); sheet.getRange(1, 1, 1000, 20).getValues(); return Date.now() - start')).toBe(350);
  });

  it('an injected fault, a withheld scope and an exhausted quota throw Google\'s errors', () => {
    const sim = simWith();
    const mail = 'try { MailApp.sendEmail({ to: "a@b.cn", cc: "c@b.cn", subject: "x", body: "y" }); return "sent" } catch (e) { return e.message }';
    sim.failNext('MailApp.sendEmail', new Error('Service unavailable'));
    expect(script(sim, mail)).toBe('Service unavailable');
    expect(script(sim, mail)).toBe('sent');
    sim.withholdScope('script.send_mail');
    expect(script(sim, mail)).toBe('Specified permissions are not sufficient to call MailApp.sendEmail. Required permissions: https://www.googleapis.com/auth/script.send_mail');
    sim.grantScope('script.send_mail');
    sim.world.mail.dailyQuota = 3;
    expect(script(sim, mail)).toBe('Service invoked too many times for one day: email.');
    sim.moveTo('2026-03-03T09:00:01+08:00');
    expect(script(sim, mail)).toBe('sent');
    expect(sim.outbox).toHaveLength(2);
  });

  it('a lock held by others keeps a run out until it is free', () => {
    const sim = simWith();
    sim.holdLock('document', '2026-03-02T09:00:20+08:00');
    expect(script(sim, 'const lock = LockService.getDocumentLock(); return [lock.tryLock(10000), lock.tryLock(15000), lock.hasLock()]')).toEqual([false, true, true]);
  });

  it('a run that starts within another can\'t have its lock', () => {
    const sim = simWith();
    sim.loadSource('function main() { const lock = LockService.getDocumentLock(); lock.waitLock(1); SpreadsheetApp.flush(); } function onEdit() { Logger.log(LockService.getDocumentLock().tryLock(5)); }');
    sim.beforeCall(({ name }) => {
      if (name === 'SpreadsheetApp.flush') sim.edit('表', 'B2', 'x');
    });
    sim.call('main');
    expect(sim.log.map(({ text }) => text)).toEqual(['false']);
  });
});

describe('counters', () => {
  it('count each member of a service', () => {
    const sim = simWith();
    script(sim, 'sheet.getRange("A1").getValues(); sheet.getRange("A2").getValues();');
    expect([sim.calls.get('Range.getValues'), sim.calls.get('Sheet.getRange')]).toEqual([2, 2]);
    sim.resetCalls();
    expect(sim.calls.size).toBe(0);
  });
});

describe('pages and boxes', () => {
  it('evaluates templates with escaping and shows them', () => {
    const sim = simWith();
    sim.world.htmlFiles.set('form', '<? for (const name of names) { ?><li><?= name ?></li><? } ?><?!= raw ?>');
    script(sim, 'const t = HtmlService.createTemplateFromFile("form"); t.names = ["<b>"]; t.raw = "<hr>"; SpreadsheetApp.getUi().showModalDialog(t.evaluate().setWidth(400), "新建");');
    expect(sim.ui.pages).toEqual([{ kind: 'dialog', title: '新建', html: '<li>&#60;b&#62;</li><hr>', width: 400, height: 0 }]);
  });

  it('answers as scripted', () => {
    const sim = simWith();
    sim.ui.answers.push({ button: 'YES' });
    expect(script(sim, 'const ui = SpreadsheetApp.getUi(); return ui.alert("办结?", ui.ButtonSet.YES_NO) === ui.Button.YES')).toBe(true);
    expect(() => script(sim, 'const ui = SpreadsheetApp.getUi(); ui.alert("办结?", ui.ButtonSet.YES_NO)')).toThrow('no scripted answer');
  });

  it('copies what a page sends and gets, and loses a result with a Date', () => {
    const sim = simWith();
    sim.loadSource('function echo(x) { return x; } function dated() { return { at: new Date() }; }');
    expect(sim.googleScriptRun('echo', { a: [1, '二'] })).toEqual({ a: [1, '二'] });
    expect(sim.googleScriptRun('dated')).toBeNull();
  });

  it('keeps the menus that onOpen builds', () => {
    const sim = simWith();
    sim.loadSource('function onOpen() { SpreadsheetApp.getUi().createMenu("督办").addItem("立即巡检", "patrol").addSeparator().addToUi(); }');
    sim.open();
    expect(sim.ui.menus).toEqual([{ caption: '督办', handler: null, items: [{ caption: '立即巡检', handler: 'patrol', items: [] }, { caption: '-', handler: null, items: [] }] }]);
  });
});
