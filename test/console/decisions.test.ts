import { describe, expect, it } from 'vitest';
import { chainBreaks, day, parseWorkbook, type SampleRows, type Workbook } from '#core';
import { POLICIES } from '#templates';
import type { ActionResult, BulletinsView, ItemView, MineView, NoticesView, ScoresView } from '#screens';
import { memoryConsole, type MemoryConsole } from './memory-console.ts';

const read = ({ memory }: MemoryConsole): Workbook => parseWorkbook(memory.snapshot(), POLICIES).workbook!;
const view = async <T>(office: MemoryConsole, path: string, name: string): Promise<T> => (await (await office.get(`/api/w/sample/${path}`, office.as(name))).json()) as T;
const act = async (office: MemoryConsole, name: string, body: object): Promise<ActionResult> => (await (await office.post('/api/w/sample/acts', body, office.as(name))).json()) as ActionResult;
/** What somebody tried and why it was refused; nothing may be written by it. */
async function refusal(office: MemoryConsole, name: string, body: object): Promise<string> {
  const before = office.memory.snapshot();
  const result = await act(office, name, body);
  expect(result.kind, JSON.stringify(result)).toBe('refused');
  expect(office.memory.snapshot()).toEqual(before);
  return result.message;
}
const RECUSED: SampleRows = { recusals: [{ person: '主管领导', against: '客运三公司', reason: '亲属', from: day('2026-03-01') }] };

describe('考核', () => {
  const manual = { scoreId: 'SD-2026-009', month: '2026-03', unit: '客运三公司', itemId: 'DB-2026-103', origin: '手动', reason: '不及时' } as const;
  const scored = (more: SampleRows = {}): MemoryConsole => memoryConsole('bus', { scores: [manual], ...more });
  const cells = (office: MemoryConsole): object => read(office).sheets.scores.rows.find((row) => row.cells.scoreId === manual.scoreId)!.cells;

  it('a score is confirmed by the office once, with its trail, and counts after the run', async () => {
    const office = scored();
    const shown = (await view<ScoresView>(office, 'scores', '督办专员')).rows.find(({ id }) => id === manual.scoreId)!;
    expect(shown.acts).toEqual({ confirm: true, appeal: false, review: false });
    const confirm = { act: 'confirm-score', scoreId: manual.scoreId, points: '-2', note: '催了两次' };
    expect(await act(office, '督办专员', confirm)).toMatchObject({ kind: 'done' });
    expect(await act(office, '督办专员', confirm)).toEqual({ kind: 'done', message: '没有需要改动的内容' });
    expect(read(office).sheets.history.rows.slice(-4).map((row) => [row.cells.field, row.cells.after, row.cells.actor])).toEqual([
      ['确认人', '督办专员', '督办专员(本机代办)'], ['确认时间', '2026-03-16 09:30', '督办专员(本机代办)'], ['说明', '催了两次', '督办专员(本机代办)'], ['确认分值', '-2', '督办专员(本机代办)'],
    ]);
    office.run();
    expect(cells(office)).toMatchObject({ status: '生效', confirmed: -2, confirmedBy: '督办专员' });
    expect(chainBreaks(read(office))).toEqual([]);
  });

  it.each<[string, string, object, RegExp]>([
    ['by the unit itself', '客运三公司经理', { points: '-1' }, /由.*或领导确认,「客运三公司经理」无权确认/],
    ['with words for points', '督办专员', { points: '两分' }, /两分/],
    ['without points', '督办专员', { points: '' }, /请填「确认分值」/],
    ['over what another wrote meanwhile', '督办专员', { points: '-1', seen: '-3' }, /刚被别人改为「」/],
    ['of a number that is none', '督办专员', { points: '-1', scoreId: 'SD-2026-999' }, /没有计分/],
    ['by who is in 回避 against the unit', '主管领导', { points: '-1' }, /「主管领导」应回避\(亲属\)/],
  ])('a confirmation %s is refused', async (_name, by, more, reason) => {
    expect(await refusal(scored(RECUSED), by, { act: 'confirm-score', scoreId: manual.scoreId, ...more })).toMatch(reason);
  });

  it('what the run would not let count is refused in its words; what is locked is not confirmed', async () => {
    const platform = memoryConsole('platform', { scores: [{ scoreId: 'SD-2026-008', month: '2026-03', unit: '项目二部', itemId: 'DB-2026-005', origin: '手动', reason: '优' }] });
    expect(await refusal(platform, '督办管理员', { act: 'confirm-score', scoreId: 'SD-2026-008', points: '99' })).toMatch(/确认分值 99 不在.*请改填/);
    const locked = scored({ bulletins: [{ bulletinId: 'TB-2026-005', period: '2026-03', type: '月度通报', status: '已签发', signer: '主管领导', subject: '三月', body: '三月' }] });
    expect(await refusal(locked, '督办专员', { act: 'confirm-score', scoreId: manual.scoreId, points: '-1' })).toMatch(/2026-03 已锁定/);
  });

  it('the unit appeals, and that suspends the score; the office adjusts it with a reason, once', async () => {
    const office = scored();
    await act(office, '督办专员', { act: 'confirm-score', scoreId: manual.scoreId, points: '-3' });
    office.run();
    expect(await refusal(office, '客运一公司经理', { act: 'appeal', scoreId: manual.scoreId, reason: '不服' })).toMatch(/不是被扣分的单位/);
    expect(await refusal(office, '督办专员', { act: 'review-appeal', scoreId: manual.scoreId, result: '维持' })).toMatch(/没有申诉/);
    expect(await act(office, '客运三公司经理', { act: 'appeal', scoreId: manual.scoreId, reason: '器材由集团统一采购' })).toMatchObject({ kind: 'done' });
    office.run();
    expect(cells(office)).toMatchObject({ status: '申诉中', appellant: '客运三公司经理' });
    expect((await view<ScoresView>(office, 'scores', '督办专员')).rows.find(({ id }) => id === manual.scoreId)!.acts).toEqual({ confirm: false, appeal: false, review: true });
    const review = { act: 'review-appeal', scoreId: manual.scoreId, result: '调整', points: '-1' };
    expect(await refusal(office, '督办专员', review)).toMatch(/请在「说明」写明理由/);
    expect(await refusal(office, '客运三公司经理', { ...review, note: '情况属实' })).toMatch(/无权/);
    for (let time = 0; time < 2; time += 1) expect((await act(office, '督办专员', { ...review, note: '情况属实' })).kind).toBe('done');
    office.run();
    expect(cells(office)).toMatchObject({ status: '生效', confirmed: -1, appealResult: '调整', reviewedBy: '督办专员', note: '情况属实' });
  });

  it('a score on a confidential item is as if it were not, for whom the item doesn’t name', async () => {
    const hidden = memoryConsole('bus', { scores: [{ ...manual, itemId: 'DB-2026-108' }] });
    expect(await refusal(hidden, '督办专员', { act: 'confirm-score', scoreId: manual.scoreId, points: '-1' })).toBe('没有计分「SD-2026-009」');
  });
});

describe('通知', () => {
  const waiting = async (office: MemoryConsole, name: string): Promise<NoticesView['rows'][number]> => (await view<NoticesView>(office, `notices?status=${encodeURIComponent('待签')}`, name)).rows[0]!;

  it('a letter that waits is signed once by a leader and then goes out', async () => {
    const office = memoryConsole('bus');
    const letter = await waiting(office, '主管领导');
    expect([letter.decisions, letter.body === '']).toEqual([['签发', '取消'], false]);
    expect((await view<MineView>(office, 'mine', '主管领导')).toSign.map(({ id }) => id)).toContain(letter.id);
    for (let time = 0; time < 2; time += 1) expect((await act(office, '主管领导', { act: 'sign-notice', noticeId: letter.id, decision: '签发' })).kind).toBe('done');
    office.run();
    expect(read(office).index.notice.get(letter.id)!.cells).toMatchObject({ status: '待发', signer: '主管领导' });
    expect(await refusal(office, '督办专员', { act: 'sign-notice', noticeId: letter.id, decision: '签发' })).toMatch(/此件待发,不能签发/);
  });

  it('nobody else signs or withdraws it', async () => {
    const office = memoryConsole('bus');
    const { id } = await waiting(office, '督办专员');
    for (const decision of ['签发', '取消', '重发']) expect(await refusal(office, '客运三公司经理', { act: 'sign-notice', noticeId: id, decision })).toMatch(/无权签发/);
    expect(await refusal(office, '督办专员', { act: 'sign-notice', noticeId: '通报/2099-01', decision: '签发' })).toMatch(/没有通知/);
    expect((await act(office, '督办专员', { act: 'sign-notice', noticeId: id, decision: '取消' })).kind).toBe('done');
    expect(read(office).index.notice.get(id)!.cells).toMatchObject({ status: '已取消' });
  });

  it('where the regulation names who signs, they sign and nobody else', async () => {
    const office = memoryConsole('expo', { notices: [{ noticeId: '通报/2026-01', type: '通报', recipient: '会展部', channel: '邮件', plannedOn: day('2026-03-02'), status: '待签', subject: '通报', body: '通报', clause: 'expo-5' }] });
    const named = read(office).sheets.people.rows.find(({ cells }) => cells.roles.includes('督办领导'))!.cells.name;
    const manager = read(office).sheets.people.rows.find(({ cells }) => cells.roles === '总经理')?.cells.name ?? '会展部经理';
    expect(await refusal(office, manager, { act: 'sign-notice', noticeId: '通报/2026-01', decision: '签发' })).toMatch(/只有.*可以填写.*expo-5/);
    expect((await act(office, named, { act: 'sign-notice', noticeId: '通报/2026-01', decision: '签发' })).kind).toBe('done');
  });
});

describe('通报', () => {
  const draft = { bulletinId: 'TB-2026-007', period: '2026-02', type: '月度通报', form: '文件', status: '草稿', subject: '2026年2月督办情况', body: '二月应办五件。' } as const;

  it('is rewritten and handed up by the office, signed by a leader as he saw it, and locked with its sha256', async () => {
    const office = memoryConsole('bus', { bulletins: [draft] });
    const shown = async (name: string): Promise<BulletinsView['rows'][number]> => (await view<BulletinsView>(office, 'bulletins', name)).rows.find(({ id }) => id === draft.bulletinId)!;
    expect([(await shown('督办专员')).acts, (await shown('主管领导')).acts]).toEqual([{ draft: true, sign: true }, { draft: false, sign: true }]);
    const body = '二月应办五件,按时四件。';
    expect(await refusal(office, '督办专员', { act: 'draft-bulletin', bulletinId: draft.bulletinId, seen: '旧的', body })).toMatch(/刚被别人改动/);
    expect(await refusal(office, '主管领导', { act: 'draft-bulletin', bulletinId: draft.bulletinId, seen: draft.body, body })).toMatch(/无权修改/);
    expect((await act(office, '督办专员', { act: 'draft-bulletin', bulletinId: draft.bulletinId, seen: draft.body, body, handUp: true })).kind).toBe('done');
    expect(await refusal(office, '主管领导', { act: 'sign-bulletin', bulletinId: draft.bulletinId, seen: draft.body })).toMatch(/没有签发:请看过后再签/);
    expect(await refusal(office, '客运三公司经理', { act: 'sign-bulletin', bulletinId: draft.bulletinId, seen: body })).toMatch(/无权签发/);
    for (let time = 0; time < 2; time += 1) expect((await act(office, '主管领导', { act: 'sign-bulletin', bulletinId: draft.bulletinId, seen: body })).kind).toBe('done');
    const signed = await shown('客运三公司经办');
    expect(signed).toMatchObject({ status: '已签发', signer: '主管领导', publishedAt: '2026-03-16 09:30', body });
    expect(signed.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    office.run();
    // The run that finds it signed takes the fingerprint for its own: nothing to point out.
    expect((await shown('督办专员')).fingerprint).toBe(signed.fingerprint);
    expect(await refusal(office, '督办专员', { act: 'draft-bulletin', bulletinId: draft.bulletinId, seen: body, body: '改' })).toMatch(/已签发,不再改动/);
  });

  it('with a fault is not signed', async () => {
    const office = memoryConsole('logistics', { bulletins: [{ ...draft, period: '2026-03', body: '个别单位落实不力。' }] });
    const leader = read(office).sheets.people.rows.find(({ cells }) => cells.roles.includes('督查组组长'))!.cells.name;
    expect(await refusal(office, leader, { act: 'sign-bulletin', bulletinId: draft.bulletinId, seen: '个别单位落实不力。' })).toMatch(/含糊词语「个别单位/);
  });
});

describe('反馈', () => {
  it('goes from the 承办人 to the 责任人, who submits it in his own words; what was first written stays', async () => {
    const office = memoryConsole('platform');
    const { cells } = read(office).sheets.items.rows.find((row) => row.cells.status === '办理中' && row.cells.handler !== '')!;
    const duty = cells.dutyPerson || read(office).directory.unit(cells.leadUnit)!.dutyPerson || read(office).directory.unit(cells.leadUnit)!.head;
    await act(office, cells.handler, { act: 'feedback', itemId: cells.itemId, progress: '基坑开挖完成', nextPlan: '绑扎钢筋' });
    const waits = (await view<MineView>(office, 'mine', duty)).feedback.find(({ itemId }) => itemId === cells.itemId)!;
    expect(waits).toMatchObject({ progress: '基坑开挖完成', acts: { submit: true, review: false } });
    expect(await refusal(office, cells.handler, { act: 'submit', feedbackId: waits.id, text: '完成' })).toMatch(/应由责任人/);
    for (let time = 0; time < 2; time += 1) expect((await act(office, duty, { act: 'submit', feedbackId: waits.id, text: '基坑已验收' })).kind).toBe('done');
    const shown = (await view<ItemView>(office, `items/${cells.itemId}`, duty)).feedback.find(({ id }) => id === waits.id)!;
    expect(shown).toMatchObject({ progress: '基坑开挖完成', submission: '基坑已验收', submittedBy: duty, acts: { submit: false } });
  });

  it('a result waits for the head of the unit where the regulation asks for his review', async () => {
    const office = memoryConsole('tax');
    const row = read(office).sheets.items.rows.find(({ cells }) => cells.status === '办理中' && cells.handler !== '' && cells.confidentiality !== '保密')!.cells;
    const { head } = read(office).directory.unit(row.leadUnit)!;
    expect((await view<ItemView>(office, `items/${row.itemId}`, row.handler)).acts).toMatchObject({ feedback: true, result: true });
    await act(office, row.handler, { act: 'feedback', itemId: row.itemId, type: '结果', progress: '已办完' });
    const waits = (await view<MineView>(office, 'mine', head)).feedback.find(({ itemId }) => itemId === row.itemId)!;
    expect(waits.acts).toEqual({ submit: false, review: true });
    expect(await refusal(office, row.handler, { act: 'review-feedback', feedbackId: waits.id })).toMatch(/应由.*负责人.*审阅/);
    for (let time = 0; time < 2; time += 1) expect((await act(office, head, { act: 'review-feedback', feedbackId: waits.id })).kind).toBe('done');
    expect((await act(office, row.handler, { act: 'hand-in', itemId: row.itemId, result: '已办完' })).kind).toBe('done');
  });
});

describe('回避', () => {
  it('an approver in 回避 against the unit decides nothing, here and in the table', async () => {
    const office = memoryConsole('bus', { recusals: [{ person: '主管领导', against: '客运一公司', reason: '原任职单位' }] });
    expect(await refusal(office, '主管领导', { act: 'decide', requestId: 'SQ-2026-001', decision: '同意' })).toMatch(/「主管领导」应回避\(原任职单位\)/);
    expect(read(office).sheets.requests.rows.find(({ cells }) => cells.requestId === 'SQ-2026-001')!.cells.hint).toMatch(/主管领导应回避,又无代理人:请在「人员」表登记「代理人」/);
    expect((await view<MineView>(office, 'mine', '主管领导')).toDecide.map(({ id }) => id)).not.toContain('SQ-2026-001');
  });
});
