import { describe, expect, it } from 'vitest';
import { SHEET_KEYS, SHEETS, type SheetKey } from '#core';
import type { Sim } from './fake/sim.ts';
import { addRows, rowsOf, setCell, workbookOf } from './office.ts';
import { smallOffice } from './small-office.ts';

const WRITES = 'Sheets.Spreadsheets.batchUpdate';
const NEXT_DAY = '2026-03-03T09:05:00+08:00';

/** Two runs on two days, so that first sight, mails and their records all happen. */
function start(): Sim {
  const sim = smallOffice();
  sim.call('runNow');
  setCell(sim, 'items', 'T-2', 'status', '待审核');
  setCell(sim, 'items', 'T-2', 'result', '已办结');
  sim.moveTo(NEXT_DAY);
  return sim;
}

function finish(sim: Sim): void {
  for (let run = 0; run < 2; run += 1) sim.call('runNow');
  sim.resetCalls();
  sim.call('runNow');
  expect(sim.calls.get(WRITES) ?? 0).toBe(0);
}

/** What stands in the sheets, without what tells when a run happened. */
function stateOf(sim: Sim): Readonly<Partial<Record<SheetKey, unknown>>> {
  const state: Partial<Record<SheetKey, unknown>> = {};
  for (const key of SHEET_KEYS) {
    if (key === 'runs') continue;
    state[key] = rowsOf(sim, key).map((row) => SHEETS[key].columns.map(({ key: column }) => row[column] ?? null));
  }
  return state;
}

function mails(sim: Sim): string[] {
  return sim.outbox.map(({ to, subject }) => `${to.join()} ${subject}`);
}

describe('a run that is killed at any call', () => {
  const undisturbed = start();
  undisturbed.call('runNow');
  const calls: string[] = [];
  const watched = start();
  watched.beforeCall(({ name }) => { calls.push(name); });
  watched.call('runNow');
  watched.beforeCall(null);
  finish(undisturbed);
  const wanted = stateOf(undisturbed);
  const critical = calls.flatMap((name, index) => (/batchUpdate|sendEmail|setProperty|tryLock|releaseLock/.test(name) ? [index + 1] : []));
  const sample = [...new Set([...critical, ...calls.flatMap((_, index) => (index % 90 === 0 ? [index + 1] : []))])].filter((call) => call <= calls.length).sort((a, b) => a - b);

  it('sends and writes enough to be worth killing', () => {
    expect(mails(undisturbed).length).toBeGreaterThan(2);
    expect(calls.filter((name) => name === WRITES).length).toBeGreaterThan(1);
  });

  it.each(sample.map((call) => [call, calls[call - 1]!] as const))('call %i (%s) is finished by the next', (call) => {
    const sim = start();
    sim.killAfter(call);
    let killed = false;
    try {
      sim.call('runNow');
    } catch (error) {
      killed = (error as Error).message.startsWith('KILLED');
      if (!killed) throw error;
    }
    expect(killed).toBe(true);
    finish(sim);
    expect(stateOf(sim)).toEqual(wanted);
    const doubled = mails(sim).length - new Set(mails(sim)).size;
    // Between Google's answer and the note of it the day's quota tells that the mail went out.
    expect(doubled).toBe(0);
    expect(new Set(mails(sim))).toEqual(new Set(mails(undisturbed)));
  });
});

describe('a plan too large for one call', () => {
  it('is written in parts, each with its records, and continued after a kill without doubling any', () => {
    const sim = smallOffice();
    addRows(sim, 'items', Array.from({ length: 500 }, (_, index) => ({
      itemId: `N-${index}`, title: `事项${index}`, leadUnit: '征管科', handler: '经办', deadlineSet: 46_120, status: '办理中',
    })));
    const parts: number[] = [];
    let seen = 0;
    sim.beforeCall(({ name }) => {
      seen += 1;
      if (name === WRITES) parts.push(seen);
      if (parts.length === 2 && name === WRITES) sim.killAfter(1);
    });
    expect(() => sim.call('runNow')).toThrow('KILLED');
    sim.beforeCall(null);
    expect(rowsOf(sim, 'history').length).toBeGreaterThan(0);
    sim.moveTo('2026-03-02T10:05:00+08:00');
    finish(sim);
    const history = rowsOf(sim, 'history');
    const what = history.map((row) => [row['sheet'], row['field'], row['itemId'], row['after']].join('|'));
    expect(new Set(what).size).toBe(what.length);
    expect(history.map((row) => row['seq'])).toEqual(history.map((_, index) => index + 1));
    expect(rowsOf(sim, 'baseline')).toHaveLength(506);
  });
});

describe('other troubles', () => {
  it('a trigger that fires while another runs does nothing', () => {
    const sim = start();
    let fired = 0;
    sim.beforeCall(({ name }) => {
      if (name !== WRITES && name !== 'MailApp.sendEmail') return;
      fired += 1;
      expect(sim.fireTrigger('patrolHourly').error).toBeNull();
    });
    sim.call('runNow');
    sim.beforeCall(null);
    expect(fired).toBeGreaterThan(2);
    expect(mails(sim).length).toBe(new Set(mails(sim)).size);
    finish(sim);
  });

  it('a lock that somebody holds is told, and the next run does the work', () => {
    const sim = start();
    sim.holdLock('document', '2026-03-03T09:30:00+08:00');
    sim.resetCalls();
    sim.call('runNow');
    expect(sim.ui.alerts.at(-1)!.text).toContain('另一次运行正在进行');
    expect(sim.fireTrigger('patrolHourly').error).toBeNull();
    expect(sim.calls.get(WRITES) ?? 0).toBe(0);
    sim.moveTo('2026-03-03T09:31:00+08:00');
    sim.call('runNow');
    expect(sim.outbox.length).toBeGreaterThan(0);
  });

  it('what does not fit into the quota waits and goes first next time', () => {
    const whole = start();
    whole.call('runNow');
    const sim = smallOffice();
    sim.call('runNow');
    setCell(sim, 'items', 'T-2', 'status', '待审核');
    setCell(sim, 'items', 'T-2', 'result', '已办结');
    sim.moveTo(NEXT_DAY);
    const before = sim.outbox.length;
    // A new day: yesterday's mails no longer count.
    sim.world.mail.dailyQuota = 1;
    sim.call('runNow');
    expect(sim.outbox.length).toBe(before + 1);
    expect(sim.ui.alerts.at(-1)!.text).toContain('额度不足');
    const waiting = rowsOf(sim, 'notices').filter((row) => row['channel'] === '邮件' && row['status'] === '待发');
    expect(waiting.length).toBe(whole.outbox.length - before - 1);
    sim.world.mail.dailyQuota = 100;
    sim.moveTo('2026-03-04T09:30:00+08:00');
    sim.call('runNow');
    const first = sim.outbox[before + 1]!;
    expect(waiting.map((row) => row['subject'])).toContain(first.subject);
    expect(rowsOf(sim, 'notices').filter((row) => row['channel'] === '邮件' && row['status'] === '待发')).toEqual([]);
  });

  it('a mail longer than Google takes goes out with the rest left to 通知', () => {
    const sim = smallOffice();
    sim.call('runNow');
    const line = (index: number): string => `【红】T-${index} ${'关于整改落实情况的事项'.repeat(3)}`;
    addRows(sim, 'notices', [{
      noticeId: '问责通知/长/经办', type: '问责通知', recipient: '经办', channel: '邮件', plannedOn: 46_083, status: '待发', subject: '长信',
      body: Array.from({ length: 700 }, (_, index) => line(index)).join('\n'),
    }]);
    sim.call('runNow');
    const [mail] = sim.outbox.filter(({ subject }) => subject === '长信');
    expect(mail?.body).toContain(line(0).slice(3));
    expect(mail?.body).toMatch(/其余 \d+ 行见表格「通知」:问责通知\/长\/经办/);
    expect(rowsOf(sim, 'notices').find((row) => row['noticeId'] === '问责通知/长/经办')?.['status']).toBe('已发');
  });

  it('without leave to send, all is planned and nothing is lost', () => {
    const sim = start();
    sim.withholdScope('script.send_mail');
    const before = sim.outbox.length;
    sim.call('runNow');
    expect(sim.outbox.length).toBe(before);
    expect(workbookOf(sim).sheets.notices.rows.some(({ cells }) => cells.status === '待发')).toBe(true);
    sim.grantScope('script.send_mail');
    finish(sim);
    expect(workbookOf(sim).sheets.notices.rows.filter(({ cells }) => cells.channel === '邮件' && cells.status === '待发')).toEqual([]);
  });

  it('without leave to use the advanced service, the reason is told', () => {
    const sim = start();
    sim.withholdScope('spreadsheets');
    sim.call('runNow');
    expect(sim.ui.alerts.at(-1)!.text).toContain('permissions');
    sim.grantScope('spreadsheets');
    finish(sim);
  });

  it('a failure of the trigger reaches the office once a day, on 首页 and by mail', () => {
    const sim = start();
    for (let hour = 0; hour < 3; hour += 1) {
      sim.failNext('Spreadsheet.getSheets', new Error('Service Spreadsheets failed'));
      expect(sim.fireTrigger('patrolHourly').error).toBeNull();
    }
    expect(mails(sim).filter((mail) => mail.includes('每日巡检没有完成'))).toHaveLength(1);
    expect(sim.spreadsheet.value('首页', 'B25')).toContain('Service Spreadsheets failed');
  });

  it('a spreadsheet in another zone is not run', () => {
    const sim = smallOffice();
    sim.spreadsheet.model.timeZone = 'America/New_York';
    sim.call('runNow');
    expect(sim.ui.alerts.at(-1)!.text).toContain('时区');
    sim.call('setUpOrRepair');
    sim.call('runNow');
    expect(sim.ui.alerts.at(-1)!.text).toMatch(/^巡检完成/);
  });
});

describe('the hourly trigger', () => {
  /** Without the ten-minute trigger, which has nothing to do here and would fire hundreds of times. */
  const opened = (now: string): Sim => {
    const sim = smallOffice({ now });
    sim.world.triggers.triggers = sim.world.triggers.triggers.filter(({ handler }) => handler !== 'restoreRefused');
    return sim;
  };

  it('runs once per working day, not before its hour, and not on days off', () => {
    const sim = opened('2026-03-06T00:10:00+08:00');
    const runs = (until: string): number => {
      const before = rowsOf(sim, 'runs').length;
      sim.runDue(until);
      return rowsOf(sim, 'runs').length - before;
    };
    expect(runs('2026-03-06T08:20:00+08:00')).toBe(0);
    expect(runs('2026-03-06T12:00:00+08:00')).toBe(1);
    expect(runs('2026-03-06T23:50:00+08:00')).toBe(0);
    expect(runs('2026-03-08T23:50:00+08:00')).toBe(0);
    expect(runs('2026-03-09T12:00:00+08:00')).toBe(1);
  });

  it('writes rankings and draft bulletins on the first working day of a month', () => {
    const sim = opened('2026-03-31T10:00:00+08:00');
    sim.runDue('2026-04-01T12:00:00+08:00');
    expect(rowsOf(sim, 'bulletins').map((row) => row['bulletinId'])).toContain('TB-2026-03');
    const before = rowsOf(sim, 'bulletins').length;
    sim.runDue('2026-04-03T12:00:00+08:00');
    expect(rowsOf(sim, 'bulletins')).toHaveLength(before);
  });

  it('sends nothing from a copy, and runs again once the office moved', () => {
    const sim = smallOffice();
    const home = sim.world.book.metadata.find(({ key }) => key === 'duban.home')!;
    home.value = 'another-spreadsheet';
    sim.call('runNow');
    expect(sim.outbox).toHaveLength(0);
    expect(sim.ui.alerts.at(-1)!.text).toContain('副本');
    sim.ui.answers.push({ button: 'YES' });
    sim.call('setUpOrRepair');
    sim.call('runNow');
    expect(home.value).toBe(sim.world.book.id);
    expect(sim.ui.alerts.at(-1)!.text).toMatch(/^巡检完成/);
  });

  it('only sends where the sync service plans', () => {
    const sim = smallOffice();
    const parameters = rowsOf(sim, 'parameters').findIndex((row) => row['key'] === 'plannerHost') + 2;
    sim.spreadsheet.sheet('制度参数').write(parameters, 3, 'sync-service');
    sim.call('runNow');
    expect(rowsOf(sim, 'baseline')).toHaveLength(0);
    expect(sim.outbox).toHaveLength(0);
  });
});
