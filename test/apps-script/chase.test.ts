import { describe, expect, it } from 'vitest';
import type { Answer, Form } from '../../apps-script/dialogs/form.ts';
import type { Sim } from './fake/sim.ts';
import { addRows, office, rowsOf } from './office.ts';
import { MONDAY, smallOffice } from './small-office.ts';

const CHASER = { noticeId: '催办通知/T-6/overdue/经办', type: '催办通知', itemId: 'T-6', recipient: '经办', channel: '邮件', plannedOn: 46_083, subject: '催办', body: '请办理' };

function opened(...chasers: readonly Parameters<typeof addRows>[2][number][]): Sim {
  const sim = smallOffice();
  sim.call('runNow');
  addRows(sim, 'notices', chasers);
  return sim;
}

/** Marks rows of 督办台账 by Ctrl; the first is where the cursor stands. */
function mark(sim: Sim, ...rows: readonly number[]): void {
  const [first, ...more] = rows.map((row) => ({ row, column: 1, rows: 1, columns: 1 }));
  sim.ui.selection = { sheet: sim.spreadsheet.sheet('督办台账'), area: first! };
  sim.ui.alsoSelected = more;
}

function formOf(sim: Sim): Form {
  sim.call('openChase');
  return JSON.parse(/const form = (\{.*\});/.exec(sim.ui.pages.at(-1)!.html)![1]!) as Form;
}

function submit(sim: Sim, items: string): Answer {
  return sim.googleScriptRun('submitForm', 'chase', { items, signer: '督办专员' }) as Answer;
}

const noticesOf = (sim: Sim, type: string) => rowsOf(sim, 'notices').filter((row) => row['type'] === type);

describe('批量催办', () => {
  it('offers the rows that people marked, in several places, and says why others can\'t be chased', () => {
    const sim = opened({ ...CHASER, status: '待签' });
    mark(sim, 7, 2, 4, 5);
    const form = formOf(sim);
    expect(form.fields[0]!.options.map(([id]) => id)).toEqual(['T-6']);
    expect(form.fields[0]!.value).toBe('T-6');
    expect(form.intro).toMatch(/T-1 没有催办通知.*状态是「拟立项」.*T-4 状态是「待审核」/);
  });

  it('without a mark lists what is overdue, unticked', () => {
    const form = formOf(opened({ ...CHASER, status: '待签' }));
    expect(form.intro).toContain('没有选中');
    expect(form.fields[0]).toMatchObject({ value: '', options: [['T-6', expect.stringContaining('签发催办通知 → 经办') as string]] });
  });

  it('signs the chasers that wait, and the next run sends them', () => {
    const sim = opened({ ...CHASER, status: '待签' });
    expect(submit(sim, 'T-6')).toEqual({ ok: true, message: '已催办 1 件(签发 1 件),下次巡检发出' });
    expect(noticesOf(sim, '催办通知')[0]).toMatchObject({ status: '待发', signer: '督办专员' });
    sim.call('runNow');
    expect(sim.outbox.filter(({ subject }) => subject === '催办')).toHaveLength(1);
    expect(submit(sim, 'T-6')).toMatchObject({ ok: false, errors: { items: expect.stringContaining('今天已发过催办') as string } });
  });

  it('sends again what went out on an earlier day', () => {
    const sim = opened({ ...CHASER, status: '已发', sentAt: 46_080.5 });
    mark(sim, 7);
    expect(formOf(sim).fields[0]!.options[0]![1]).toContain('再发催办通知 → 经办(上次 2026-02-27)');
    expect(submit(sim, 'T-6').ok).toBe(true);
    sim.call('runNow');
    expect(sim.outbox.filter(({ subject }) => subject === '催办')).toHaveLength(1);
    expect(noticesOf(sim, '催办通知')[0]).toMatchObject({ status: '已发', signer: '督办专员' });
  });

  it('registers the chase where the policy answers it with a notice (platform 2g)', () => {
    const sim = office('platform', { now: MONDAY });
    addRows(sim, 'units', [{ name: '工程科' }]);
    addRows(sim, 'people', [{ name: '督办专员', roles: '督办专员', email: 'office@example.com' }, { name: '经办', unit: '工程科', email: 'handler@example.com' }]);
    addRows(sim, 'items', ['A-1', 'A-2'].map((itemId) => ({ itemId, title: '管线改造', leadUnit: '工程科', handler: '经办', deadlineSet: 46_150, status: '办理中' })));
    sim.call('runNow');
    mark(sim, 2, 3);
    expect(formOf(sim).fields[0]!.value).toBe('A-1\nA-2');
    expect(submit(sim, 'A-1\nA-2')).toEqual({ ok: true, message: '已催办 2 件(登记 2 件),下次巡检发出' });
    expect(rowsOf(sim, 'inspections').map((row) => [row['itemId'], row['method'], row['inspector']])).toEqual([['A-1', '催办', '督办专员'], ['A-2', '催办', '督办专员']]);
    expect(submit(sim, 'A-1')).toMatchObject({ ok: false, errors: { items: expect.stringContaining('今天已登记催办') as string } });
    sim.call('runNow');
    expect(noticesOf(sim, '催办通知').map((row) => row['itemId'])).toEqual(['A-1', 'A-2']);
  });
});
