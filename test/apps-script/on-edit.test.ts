import { describe, expect, it } from 'vitest';
import type { Sim } from './fake/sim.ts';
import { placeOf, rowsOf } from './office.ts';
import { smallOffice } from './small-office.ts';

const LEDGER = '督办台账';
const column = (key: string): string => {
  const place = placeOf('items', key);
  return (place >= 26 ? String.fromCharCode(64 + Math.floor(place / 26)) : '') + String.fromCharCode(65 + place % 26);
};
const STATUS = column('status');

function opened(): Sim {
  const sim = smallOffice();
  sim.call('runNow');
  sim.ui.toasts.length = 0;
  return sim;
}

function hint(sim: Sim, row: number): string {
  return String(sim.spreadsheet.value(LEDGER, `${column('hint')}${row}`));
}

function failures(sim: Sim): unknown[] {
  return sim.executions.filter(({ handler, error }) => handler === 'onEdit' && error !== null);
}

describe('an edit is judged at once', () => {
  it('an illegal status is told and hinted, and the hint goes when it is put right', () => {
    const sim = opened();
    sim.edit(LEDGER, `${STATUS}2`, '已归档');
    expect(sim.ui.toasts.at(-1)!.text).toContain('不能由「办理中」直接改为「已归档」');
    expect(hint(sim, 2)).toContain('不能由');
    sim.edit(LEDGER, `${STATUS}2`, '办理中');
    expect(hint(sim, 2)).not.toContain('不能由');
    expect(failures(sim)).toEqual([]);
  });

  it('a legal status passes without a word', () => {
    const sim = opened();
    sim.edit(LEDGER, `${column('remark')}2`, '领导同意撤销');
    sim.edit(LEDGER, `${STATUS}2`, '已撤销');
    expect(sim.ui.toasts).toEqual([]);
  });

  it('a cleared status, a paste of many cells and a fill-down', () => {
    const sim = opened();
    sim.edit(LEDGER, `${STATUS}2`, null);
    expect(sim.ui.toasts.at(-1)!.text).toContain('状态被清空');
    sim.edit(LEDGER, `${STATUS}2`, [['已归档'], ['已归档']]);
    expect([hint(sim, 2), hint(sim, 3)].every((text) => text.includes('已归档'))).toBe(true);
    sim.edit(LEDGER, `${STATUS}2`, [['办理中'], ['办理中']]);
    sim.fillDown(LEDGER, `${STATUS}2:${STATUS}3`);
    expect(hint(sim, 3)).not.toContain('已归档');
    expect(failures(sim)).toEqual([]);
  });

  it('a limit typed after 下发 is no extension', () => {
    const sim = opened();
    sim.edit(LEDGER, `${column('deadlineSet')}2`, '2026-05-01');
    expect(sim.ui.toasts.at(-1)!.text).toContain('下发后改「要求时限」不改变时限');
    sim.edit(LEDGER, `${column('deadlineSet')}3`, '4月底前');
    expect(sim.ui.toasts.at(-1)!.text).toContain('4月底前');
  });

  it('other cells, other sheets and broken tables cost nothing and never fail', () => {
    const sim = opened();
    sim.resetCalls();
    sim.edit(LEDGER, `${column('remark')}2`, '备注');
    expect(sim.calls.get('Range.getValues')).toBe(1);
    sim.edit('人员', 'A2', '张三');
    sim.spreadsheet.sheet('制度参数').rows.length = 0;
    sim.edit(LEDGER, `${STATUS}2`, '已归档');
    sim.spreadsheet.sheet(LEDGER).rows.length = 0;
    sim.edit(LEDGER, `${STATUS}2`, '已归档');
    expect(failures(sim)).toEqual([]);
  });

  it('what lost events hid, the next run judges', () => {
    const sim = opened();
    sim.loseEdits = true;
    sim.edit(LEDGER, `${STATUS}2`, '已归档');
    expect(hint(sim, 2)).not.toContain('已归档');
    sim.call('runNow');
    expect(hint(sim, 2)).toContain('不能由「办理中」直接改为「已归档」');
    expect(rowsOf(sim, 'baseline').find((row) => row['itemId'] === 'T-1')?.['effectiveStatus']).toBe('办理中');
  });
});

describe('a strict office', () => {
  function strict(): Sim {
    const sim = smallOffice();
    const row = rowsOf(sim, 'parameters').findIndex(({ key }) => key === 'editMode') + 2;
    sim.spreadsheet.sheet('制度参数').write(row, placeOf('parameters', 'value') + 1, 'strict');
    sim.runDue('2026-03-02T11:00:00+08:00');
    return sim;
  }
  const status = (sim: Sim, row: number): unknown => sim.spreadsheet.value(LEDGER, `${STATUS}${row}`);
  const records = (sim: Sim): string[] => rowsOf(sim, 'history').filter((row) => row['field'] === '状态').map((row) => `${String(row['itemId'])} ${String(row['before'])}→${String(row['after'])}`);

  it('leaves a refused status to its author for ten minutes, then puts it back and records it', () => {
    const sim = strict();
    sim.edit(LEDGER, `${STATUS}2`, '已归档');
    expect(sim.ui.toasts.at(-1)!.text).toContain('十分钟内');
    sim.runDue('2026-03-02T11:09:00+08:00');
    sim.call('runNow');
    expect(status(sim, 2)).toBe('已归档');
    expect(hint(sim, 2)).toContain('不能由「办理中」直接改为「已归档」');
    sim.runDue('2026-03-02T11:25:00+08:00');
    expect(status(sim, 2)).toBe('办理中');
    expect(hint(sim, 2)).not.toContain('已归档');
    expect(records(sim)).toContain('T-1 已归档→办理中');
    sim.resetCalls();
    sim.runDue('2026-03-02T11:59:00+08:00');
    expect(sim.calls.get('Range.getValues')).toBeUndefined();
  });

  it('a misclick that its author puts right leaves no trace', () => {
    const sim = strict();
    const before = rowsOf(sim, 'history').length;
    sim.edit(LEDGER, `${STATUS}2`, '已归档');
    sim.edit(LEDGER, `${STATUS}2`, '办理中');
    sim.runDue('2026-03-02T11:59:00+08:00');
    expect(rowsOf(sim, 'history')).toHaveLength(before);
    expect(sim.world.properties.document.values.get('duban.refused.T-1')).toBeUndefined();
  });

  it('puts back at the next run what lost events hid', () => {
    const sim = strict();
    sim.loseEdits = true;
    sim.edit(LEDGER, `${STATUS}2`, '已归档');
    sim.call('runNow');
    expect(status(sim, 2)).toBe('办理中');
  });

  it('judges a ledger too large for a simple trigger in the run after ten minutes', () => {
    const sim = strict();
    const sheet = sim.spreadsheet.sheet(LEDGER);
    sheet.insertRows(sheet.maxRows + 1, 5_000, 'before');
    sheet.write(5_100, placeOf('items', 'title') + 1, '末行');
    sim.edit(LEDGER, `${STATUS}2`, '已归档');
    sim.runDue('2026-03-02T11:25:00+08:00');
    expect(status(sim, 2)).toBe('办理中');
    expect(failures(sim)).toEqual([]);
  });
});
