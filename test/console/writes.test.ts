import { describe, expect, it } from 'vitest';
import { chainBreaks, epochOf, parseWorkbook, type Workbook } from '#core';
import { POLICIES } from '#templates';
import type { ActionResult, ItemView, MineView } from '#screens';
import { signClaim, type Claim } from '../../sync-service/console/link.ts';
import { HOST, memoryConsole, SECRET, type MemoryConsole } from './memory-console.ts';

const read = ({ memory }: MemoryConsole): Workbook => parseWorkbook(memory.snapshot(), POLICIES).workbook!;
const item = (office: MemoryConsole, id: string): Workbook['sheets']['items']['rows'][number]['cells'] => read(office).index.item.get(id)!.cells;
const lastHistory = (office: MemoryConsole): object => { const { cells } = read(office).sheets.history.rows.at(-1)!; return { itemId: cells.itemId, field: cells.field, before: cells.before, after: cells.after, actor: cells.actor }; };
const said = async (answer: Promise<Response>): Promise<[number, ActionResult]> => { const response = await answer; return [response.status, (await response.json()) as ActionResult]; };

describe('a cell', () => {
  it('is written in the person’s name, with its record and an unbroken chain; the run after it keeps both', async () => {
    const office = memoryConsole('bus');
    expect(await said(office.post('/api/w/sample/cell', { itemId: 'DB-2026-103', column: 'progress', seen: '消防器材未到货', text: '器材已到' }, office.as({ kind: 'person', email: 'branch3.desk@example.com' })))).toEqual([200, { kind: 'done', message: '已写入工作簿' }]);
    expect(item(office, 'DB-2026-103').progress).toBe('器材已到');
    expect(lastHistory(office)).toEqual({ itemId: 'DB-2026-103', field: '进展情况', before: '消防器材未到货', after: '器材已到', actor: '客运三公司经办' });
    office.run();
    expect(chainBreaks(read(office))).toEqual([]);
    expect(item(office, 'DB-2026-103').progress).toBe('器材已到');
  });

  it('that an owner fills in another’s name says so', async () => {
    const office = memoryConsole('bus');
    await office.post('/api/w/sample/cell', { itemId: 'DB-2026-103', column: 'remark', seen: '', text: '代记' }, office.as('督办专员'));
    expect(lastHistory(office)).toMatchObject({ actor: '督办专员(本机代办)' });
  });

  it.each([
    ['an illegal status', { column: 'status', seen: '办理中', text: '已办结' }, /不能由「办理中」直接改为「已办结」.*可改为/],
    ['a status without what it asks for', { column: 'status', seen: '办理中', text: '待审核' }, /请先填「办理结果」/],
    ['a column of the program', { column: 'light', seen: '红', text: '绿' }, /由程序填写/],
    ['a limit once issued', { column: 'deadlineSet', seen: '2026-03-11', text: '2026-04-30' }, /下发后改「要求时限」不改变时限/],
    ['an unreadable date', { column: 'receivedAt', seen: '', text: '4月底前' }, /4月底前/],
    ['a unit that nobody registered', { column: 'leadUnit', seen: '客运三公司', text: '火星科' }, /「单位」表中没有「火星科」/],
    ['a column that is none', { column: '__proto__', seen: '', text: 'x' }, /没有这一列/],
    ['what somebody changed meanwhile', { column: 'progress', seen: '昨天看到的', text: '新的' }, /刚被别人改为「消防器材未到货」/],
  ])('with %s is refused with the reason, and nothing is written', async (_name, edit, reason) => {
    const office = memoryConsole('bus');
    const before = office.memory.snapshot();
    const [status, result] = await said(office.post('/api/w/sample/cell', { itemId: 'DB-2026-103', ...edit }, office.as('督办专员')));
    expect([status, result.kind]).toEqual([422, 'refused']);
    expect(result.message).toMatch(reason);
    expect(office.memory.snapshot()).toEqual(before);
  });

  it('with a legal status takes effect, and the next run shows what follows', async () => {
    const office = memoryConsole('bus');
    expect((await said(office.post('/api/w/sample/cell', { itemId: 'DB-2026-104', column: 'status', seen: '待审核', text: '已办结' }, office.as('督办专员'))))[0]).toBe(200);
    office.run();
    expect(item(office, 'DB-2026-104')).toMatchObject({ status: '已办结', light: '完' });
  });

  it('is not written while somebody has the workbook open', async () => {
    const office = memoryConsole('bus');
    office.held = true;
    expect((await said(office.post('/api/w/sample/cell', { itemId: 'DB-2026-103', column: 'remark', seen: '', text: 'x' }, office.as('督办专员'))))[1].kind).toBe('held');
  });

  it.each(['=HYPERLINK("http://evil.example")', '+1+1', '-2+3', '@SUM(A1)', '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '一行\r\nBcc: x@evil.example'])('holds %j as the text that it is', async (text) => {
    const office = memoryConsole('bus');
    const cookie = office.as('督办专员');
    expect((await said(office.post('/api/w/sample/cell', { itemId: 'DB-2026-103', column: 'remark', seen: '', text }, cookie)))[0]).toBe(200);
    const sheet = office.memory.sheets.get('items')!;
    expect(typeof sheet.rows.find(({ cells }) => cells[sheet.keys.indexOf('itemId')] === 'DB-2026-103')!.cells[sheet.keys.indexOf('remark')]).toBe('string');
    const answer = await office.get('/api/w/sample/items/DB-2026-103', cookie);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    const { row, columns } = (await answer.json()) as ItemView;
    expect(row.cells[columns.findIndex(({ key }) => key === 'remark')]).toBe(item(office, 'DB-2026-103').remark);
  });
});

describe('an act', () => {
  it('feedback is given once, however often it is sent', async () => {
    const office = memoryConsole('bus');
    const cookie = office.as('客运一公司经办');
    const act = { act: 'feedback', itemId: 'DB-2026-106', progress: '已与供电部门约定', nextPlan: '下周施工' };
    for (let time = 0; time < 3; time += 1) expect((await said(office.post('/api/w/sample/acts', act, cookie)))[1].kind).toBe('done');
    expect(read(office).index.feedbackOf.get('DB-2026-106')!.filter(({ cells }) => cells.progress === act.progress)).toHaveLength(1);
  });

  it('a result is handed in by the unit and nobody else', async () => {
    const office = memoryConsole('bus');
    const act = { act: 'hand-in', itemId: 'DB-2026-106', result: '已扩容完毕' };
    expect((await said(office.post('/api/w/sample/acts', act, office.as('客运二公司经办'))))[1]).toMatchObject({ kind: 'refused', message: expect.stringContaining('不承办此事项') as string });
    expect((await said(office.post('/api/w/sample/acts', act, office.as('客运一公司经办'))))[1].kind).toBe('done');
    office.run();
    expect(item(office, 'DB-2026-106')).toMatchObject({ status: '待审核', light: '蓝', result: '已扩容完毕' });
  });

  it('an extension is asked for once and decided by whom it waits for', async () => {
    const office = memoryConsole('bus');
    const ask = { act: 'request', itemId: 'DB-2026-101', type: '延期', reason: '需再征求意见', workDone: '初稿完成', limit: '2026-04-30' };
    const unit = office.as('客运一公司经办');
    expect((await said(office.post('/api/w/sample/acts', { ...ask, limit: '' }, unit)))[1].message).toBe('申请延期请填写「申请时限」');
    for (let time = 0; time < 2; time += 1) expect((await said(office.post('/api/w/sample/acts', ask, unit)))[1].kind).toBe('done');
    office.run();
    const filed = read(office).index.requestsOf.get('DB-2026-101')!;
    expect(filed).toHaveLength(1);
    const approver = filed[0]!.cells.approverNow;
    const decide = { act: 'decide', requestId: filed[0]!.cells.requestId, decision: '同意', opinion: '同意' };
    expect((await said(office.post('/api/w/sample/acts', decide, unit)))[1].kind).toBe('refused');
    const mine = (await (await office.get('/api/w/sample/mine', office.as(approver))).json()) as MineView;
    expect(mine.toDecide.map(({ id }) => id)).toContain(decide.requestId);
    expect((await said(office.post('/api/w/sample/acts', decide, office.as(approver))))[1].kind).toBe('done');
    expect((await said(office.post('/api/w/sample/acts', decide, office.as(approver))))[1].kind).toBe('refused');
  });
});

describe('a link', () => {
  const office = memoryConsole('bus');
  const until = epochOf(office.now) + 86_400_000;
  const claim: Claim = { for: 'item', book: 'sample', name: '客运三公司经办', id: 'DB-2026-103', until };
  const good = signClaim(SECRET, claim);
  const feedback = { act: 'feedback', itemId: 'DB-2026-103', progress: '今天到货', nextPlan: '' };
  const post = (purpose: string, link: string, body: unknown): Promise<[number, ActionResult]> => said(office.post(`/answer/${purpose}/${link}/act`, body));

  it('shows its one item and takes an answer, without signing in', async () => {
    const view = await office.get(`/answer/item/${good}/view`);
    expect(await view.json()).toMatchObject({ name: '客运三公司经办', item: { id: 'DB-2026-103', light: '红' }, acts: { feedback: true, handIn: true }, request: null });
    expect(view.headers.get('set-cookie')).toBeNull();
    expect((await post('item', good, feedback))[1].kind).toBe('done');
    expect((await post('item', good, feedback))[1].kind).toBe('done');
    expect(read(office).index.feedbackOf.get('DB-2026-103')!.filter(({ cells }) => cells.progress === '今天到货')).toHaveLength(1);
    expect(lastHistory(office)).toMatchObject({ actor: '客运三公司经办(邮件链接)' });
  });

  const [body, mac] = good.split('.') as [string, string];
  const altered = Buffer.from(JSON.stringify({ ...claim, id: 'DB-2026-101' })).toString('base64url');
  it.each([
    ['altered', 'item', `${altered}.${mac}`], ['without its signature', 'item', body], ['with half of it', 'item', `${body}.${mac.slice(0, 20)}`], ['of another key', 'item', signClaim(Buffer.from('another secret of thirty-two char'), claim)],
    ['for another purpose', 'request', good], ['that signs in', 'item', signClaim(SECRET, { for: 'sign-in', email: 'duban@example.com', once: 'x', until })], ['that is none', 'item', 'x'.repeat(5000)],
    ['that is too old', 'item', signClaim(SECRET, { ...claim, until: epochOf(office.now) - 1 })],
  ])('%s is refused', async (_name, purpose, link) => {
    expect((await office.get(`/answer/${purpose}/${link}/view`)).status).toBe(403);
    expect((await post(purpose, link, feedback))[0]).toBe(403);
  });

  it.each([
    ['another item', { ...feedback, itemId: 'DB-2026-101' }], ['a decision', { act: 'decide', requestId: 'SQ-2026-001', decision: '同意' }], ['what a session does', { act: 'read' }],
  ])('does nothing on %s', async (_name, act) => {
    expect((await post('item', good, act))[0]).toBe(403);
  });

  it('of another workbook, of who left, and of who may not see the item finds nothing', async () => {
    for (const other of [{ book: 'other' }, { name: '查无此人' }, { name: '客运一公司经办' }, { id: 'DB-2026-999' }]) {
      const link = signClaim(SECRET, { ...claim, ...other });
      expect((await office.get(`/answer/item/${link}/view`)).status).toBe(404);
      expect((await post('item', link, { ...feedback, itemId: other.id ?? feedback.itemId }))[0]).toBe(404);
    }
  });

  it('decides its request once', async () => {
    const own = memoryConsole('bus');
    const approver = read(own).sheets.requests.rows.find(({ cells }) => cells.requestId === 'SQ-2026-001')!.cells.approverNow;
    const link = signClaim(SECRET, { for: 'request', book: 'sample', name: approver, id: 'SQ-2026-001', until });
    expect(await (await own.get(`/answer/request/${link}/view`)).json()).toMatchObject({ request: { id: 'SQ-2026-001', mine: true } });
    const decide = { act: 'decide', requestId: 'SQ-2026-001', decision: '同意', opinion: '', limit: '2026-04-03' };
    expect((await said(own.post(`/answer/request/${link}/act`, { ...decide, requestId: 'SQ-2026-002' })))[0]).toBe(403);
    expect((await said(own.post(`/answer/request/${link}/act`, decide)))[1].kind).toBe('done');
    expect((await said(own.post(`/answer/request/${link}/act`, { ...decide, decision: '不同意' })))[1].kind).toBe('refused');
    own.run();
    expect(read(own).index.requestsOf.get('DB-2026-106')![0]!.cells).toMatchObject({ decision1: '同意', approver1: approver });
  });
});

describe('signing in by mail', () => {
  it('works once, by the button alone, for an address of 人员', async () => {
    const office = memoryConsole('bus');
    const form = async (path: string, body: string): Promise<Response> => office.app.request(path, { method: 'POST', body, headers: { host: HOST, origin: `http://${HOST}`, 'content-type': 'application/x-www-form-urlencoded' } });
    const asked = await (await form('/sign-in/ask', 'email=branch1.desk%40example.com')).text();
    expect(await (await form('/sign-in/ask', 'email=nobody%40example.cn')).text()).toBe(asked);
    expect(office.sent.map(({ to }) => to)).toEqual(['branch1.desk@example.com']);
    const path = new URL(office.sent[0]!.link).pathname;
    expect((await office.get(path)).headers.get('set-cookie')).toBeNull();
    const signedIn = await office.app.request(path, { method: 'POST', headers: { host: HOST, origin: `http://${HOST}` } });
    expect(signedIn.headers.get('set-cookie')).toMatch(/^duban=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
    expect((await office.app.request(path, { method: 'POST', headers: { host: HOST, origin: `http://${HOST}` } })).status).toBe(403);
    const cookie = /duban=([\w-]+)/.exec(signedIn.headers.get('set-cookie')!)![1]!;
    expect(await (await office.get('/api/session', cookie)).json()).toMatchObject({ name: '客运一公司经办', isOwner: false });
  });

  it('the owner’s link works once', async () => {
    const office = memoryConsole('bus');
    const path = `/enter/${office.parts.sessions.ownerTicket()}`;
    expect((await office.get(path)).headers.get('location')).toBe('/');
    expect((await office.get(path)).status).toBe(403);
  });
});
