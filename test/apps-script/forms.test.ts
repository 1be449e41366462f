import { describe, expect, it } from 'vitest';
import type { Answer, Form } from '../../apps-script/dialogs/form.ts';
import type { Sim } from './fake/sim.ts';
import { placeOf, rowsOf } from './office.ts';
import { smallOffice } from './small-office.ts';

function opened(): Sim {
  const sim = smallOffice();
  sim.call('runNow');
  return sim;
}

/** The form that a menu item's page was given. */
function formOf(sim: Sim, handler: string): Form {
  sim.call(handler);
  const { html } = sim.ui.pages.at(-1)!;
  return JSON.parse(/const form = (\{.*\});/.exec(html)![1]!) as Form;
}

function submit(sim: Sim, id: string, values: unknown): Answer {
  return sim.googleScriptRun('submitForm', id, values) as Answer;
}

function select(sim: Sim, a1: string): void {
  sim.ui.selection = { sheet: sim.spreadsheet.sheet('督办台账'), area: { row: Number(/\d+/.exec(a1)![0]), column: 1, rows: 1, columns: 1 } };
}

describe('forms', () => {
  it('are made from the contract and the policy', () => {
    const sim = opened();
    const form = formOf(sim, 'openNewItem');
    expect(form.fields.map(({ label }) => label)).toEqual(expect.arrayContaining(['督办事项', '牵头单位', '事项类别', '要求时限']));
    expect(form.fields.map(({ key }) => key)).not.toContain('sourceType');
    expect(form.fields.find(({ key }) => key === 'category')!.options.map(([value]) => value)).toContain('上级机关交办');
    expect(form.fields.filter(({ required }) => required).map(({ key }) => key)).toEqual(['title', 'leadUnit']);
  });

  it('a new item is written as people\'s input, text never formula, and gets its id from the next run', () => {
    const sim = opened();
    expect(submit(sim, 'newItem', { title: '=HYPERLINK("x")', leadUnit: '征管科', handler: '经办', deadlineSet: '2026年3月20日', category: '上级机关交办' })).toEqual({ ok: true, message: expect.stringContaining('已登记') as string });
    sim.call('runNow');
    const row = rowsOf(sim, 'items').at(-1)!;
    expect(row).toMatchObject({ title: '=HYPERLINK("x")', leadUnit: '征管科', status: '' });
    expect(row['itemId']).toMatch(/^DB-2026-/);
    expect(sim.spreadsheet.display('督办台账').at(-1)![placeOf('items', 'deadlineSet')]).toBe('2026-03-20');
  });

  it.each<[string, string, Record<string, string>, Record<string, string>]>([
    ['a blank required field', 'newItem', { leadUnit: '征管科' }, { title: '请填写「督办事项」' }],
    ['a date that can\'t be read', 'newItem', { title: 'x', leadUnit: '征管科', deadlineSet: '4月底前' }, { deadlineSet: '4月底前' }],
    ['a choice that the policy doesn\'t know', 'newItem', { title: 'x', leadUnit: '征管科', category: '乱填' }, { category: '乱填' }],
    ['a unit that nobody registered', 'newItem', { title: 'x', leadUnit: '火星科' }, { leadUnit: '「单位」表中没有「火星科」' }],
    ['an item that there is not', 'request', { itemId: 'T-99', type: '延期', applicant: '经办', reason: '等材料', requestedLimit: '2026-03-20' }, { itemId: '没有编号「T-99」' }],
    ['an extension without a new limit', 'request', { itemId: 'T-1', type: '延期', applicant: '经办', reason: '等材料' }, { requestedLimit: '请填写「申请时限」' }],
    ['points that are none', 'score', { itemId: 'T-1', reason: '迟报', confirmed: '两分', confirmedBy: '督办专员' }, { confirmed: '两分' }],
    ['nobody to score', 'score', { reason: '迟报', confirmed: '-1', confirmedBy: '督办专员' }, { unit: '请填写' }],
    ['an inspection without facts', 'inspection', { date: '2026-03-02', method: '电话', inspector: '督办专员' }, { facts: '请填写「事实」' }],
    ['an unknown period', 'bulletin', { period: '2026-13' }, { period: '请选择期间' }],
    ['no chase ticked', 'chase', { signer: '督办专员' }, { items: '请至少勾选一件' }],
    ['an item that can\'t be chased now', 'chase', { items: 'T-1', signer: '督办专员' }, { items: 'T-1 没有催办通知' }],
    ['no policy', 'policy', { policy: 'nix' }, { policy: '请选择适用制度' }],
  ])('%s is refused in Chinese at its field', (_what, id, values, wanted) => {
    const sim = opened();
    sim.resetCalls();
    const answer = submit(sim, id, values);
    expect(answer.ok).toBe(false);
    for (const [key, message] of Object.entries(wanted)) expect((answer as Extract<Answer, { ok: false }>).errors[key]).toContain(message);
    expect(sim.calls.get('Sheets.Spreadsheets.batchUpdate') ?? 0).toBe(0);
  });

  it('whatever a page is made to send is answered, and nothing is written', () => {
    const sim = opened();
    for (const sent of [null, 'x', 5, [], { title: { a: 1 } }, { title: 7 }]) expect(submit(sim, 'newItem', sent).ok).toBe(false);
    expect(submit(sim, 'constructor', {})).toMatchObject({ ok: false, message: '不认识的表单' });
  });

  it('a request is prefilled from the selected item, applied for and approved', () => {
    const sim = opened();
    select(sim, 'A2');
    expect(formOf(sim, 'openRequest').fields[0]!.value).toBe('T-1');
    expect(submit(sim, 'request', { itemId: 'T-1', type: '延期', applicant: '经办', reason: '等材料', requestedLimit: '2026-03-20' }).ok).toBe(true);
    sim.call('runNow');
    const approval = formOf(sim, 'openApproval');
    const [requestId] = approval.fields[0]!.options[0]!;
    expect(submit(sim, 'approval', { requestId: requestId, approver: '督办专员', decision: '同意', opinion: '@同意' }).ok).toBe(true);
    expect(rowsOf(sim, 'requests')[0]).toMatchObject({ approver1: '督办专员', decision1: '同意', opinion1: '@同意', approver2: '' });
    sim.call('runNow');
    expect(rowsOf(sim, 'requests')[0]!['decidedAt1']).not.toBeNull();
  });

  it('a score, an inspection and a bulletin are written', () => {
    const sim = opened();
    expect(submit(sim, 'score', { itemId: 'T-1', reason: '迟报', confirmed: '-1', confirmedBy: '督办专员' }).ok).toBe(true);
    expect(rowsOf(sim, 'scores').at(-1)).toMatchObject({ itemId: 'T-1', origin: '手动', confirmed: -1 });
    expect(submit(sim, 'inspection', { date: '2026-03-02', itemId: 'T-1', method: '电话', inspector: '督办专员', facts: '已催' }).ok).toBe(true);
    expect(rowsOf(sim, 'inspections').at(-1)).toMatchObject({ itemId: 'T-1', facts: '已催' });
    expect(submit(sim, 'bulletin', { period: '2026-02' }).ok).toBe(true);
    expect(rowsOf(sim, 'bulletins').map((row) => row['bulletinId'])).toContain('TB-2026-02');
  });

  it('a title that looks like HTML stays text in the page', () => {
    const sim = opened();
    submit(sim, 'newItem', { title: '</script><script>alert(1)</script>$&', leadUnit: '征管科' });
    sim.call('runNow');
    sim.call('openInspection');
    const { html } = sim.ui.pages.at(-1)!;
    expect(html).not.toContain('</script><script>alert(1)');
    expect(formOf(sim, 'openInspection').fields.find(({ key }) => key === 'itemId')!.options.some(([, label]) => label.includes('</script><script>alert(1)</script>$&'))).toBe(true);
  });

  it('an edit meanwhile is not covered', () => {
    const sim = opened();
    submit(sim, 'request', { itemId: 'T-1', type: '延期', applicant: '经办', reason: '等材料', requestedLimit: '2026-03-20' });
    sim.call('runNow');
    const requestId = String(rowsOf(sim, 'requests')[0]!['requestId']);
    let done = false;
    sim.beforeCall(({ name }) => {
      if (done || name !== 'Spreadsheet.getNamedRanges') return;
      done = true;
      sim.spreadsheet.sheet('申请审批').write(2, placeOf('requests', 'decision1') + 1, '不同意');
    });
    const answer = submit(sim, 'approval', { requestId, approver: '督办专员', decision: '同意' });
    sim.beforeCall(null);
    expect(answer).toMatchObject({ ok: false, message: expect.stringContaining('刚被人改动') as string });
    expect(rowsOf(sim, 'requests')[0]!['decision1']).toBe('不同意');
  });
});
