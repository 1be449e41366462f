import type { ItemView, LedgerView, NoticesView, OverviewView, RequestsView, ScoresView } from '#screens';
import { describe, expect, it } from 'vitest';
import { consoleApp } from '../../sync-service/console/app.ts';
import { HOST, memoryConsole } from './memory-console.ts';

const office = memoryConsole('bus', { people: [
  { name: '看台账的', unit: '', roles: '查看', email: 'viewer@example.cn', active: '是' },
  { name: '责任人甲', unit: '客运三公司', roles: '责任人', email: 'duty@example.cn', active: '是' },
  { name: '分管甲', unit: '', roles: '分管领导', email: 'charge@example.cn', active: '是' },
  { name: '督领导', unit: '', roles: '督办领导', email: 'super@example.cn', active: '是' },
  { name: '总经理', unit: '', roles: '总经理', email: 'gm@example.cn', active: '是' },
] });
/** Of the eight roles of the contract, one person each: whether he looks over all units. */
const ROLES = {
  督办专员: { name: '督办专员', all: true, office: true }, 承办人: { name: '客运三公司经办', all: false, office: false }, 责任人: { name: '责任人甲', all: false, office: false },
  单位负责人: { name: '客运三公司经理', all: false, office: false }, 分管领导: { name: '分管甲', all: true, office: false }, 督办领导: { name: '督领导', all: true, office: false },
  总经理: { name: '总经理', all: true, office: false }, 查看: { name: '看台账的', all: true, office: false },
} as const;
const CASES = Object.entries(ROLES).map(([role, who]) => [role, who] as const);
const SIGNERS: readonly string[] = ['督办专员', '分管甲', '督领导', '总经理'];
const OWN = 'DB-2026-103';
const OTHERS = 'DB-2026-101';
const CONFIDENTIAL = 'DB-2026-108';
const WORDS = '薪酬改革';
const READS = ['overview', 'ledger', `items/${OWN}`, 'mine', 'requests', 'scores', 'rankings', 'bulletins', 'notices', 'parameters', 'clauses', 'choices', 'events'];

const view = async <T>(path: string, name: string): Promise<T> => (await (await office.get(`/api/w/sample/${path}`, office.as(name))).json()) as T;

describe('without a session', () => {
  it.each([...READS.map((path) => `/api/w/sample/${path}`), '/api/session'])('%s is refused', async (path) => {
    const answer = await office.get(path);
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toContain('DB-2026');
  });

  it.each(['cell', 'acts', 'act-as'])('POST %s is refused', async (path) => {
    expect((await office.post(`/api/w/sample/${path}`, { act: 'read' })).status).toBe(401);
  });
});

describe.each(CASES)('%s', (_role, { name, all, office: isOffice }) => {
  it('sees the rows and nobody else’s', async () => {
    const { rows, total } = await view<LedgerView>('ledger?limit=200', name);
    const ids = rows.map(({ id }) => id);
    expect(ids).toContain(OWN);
    expect(ids.includes(OTHERS)).toBe(all);
    expect(ids).not.toContain(CONFIDENTIAL);
    const { lights } = await view<OverviewView>('overview', name);
    expect(Object.values(lights).reduce((sum, count) => sum + count)).toBe(total);
    const { waiting, decided } = await view<RequestsView>('requests', name);
    expect([...waiting, ...decided].every(({ itemId }) => ids.includes(itemId))).toBe(true);
    const scores = await view<ScoresView>('scores', name);
    expect(scores.rows.every(({ unit, person }) => all || unit === '客运三公司' || person === name)).toBe(true);
  });

  it('opens the items it sees and no other', async () => {
    expect((await office.get(`/api/w/sample/items/${OWN}`, office.as(name))).status).toBe(200);
    expect((await office.get(`/api/w/sample/items/${OTHERS}`, office.as(name))).status).toBe(all ? 200 : 404);
    const hidden = await office.get(`/api/w/sample/items/${CONFIDENTIAL}`, office.as(name));
    const unknown = await office.get('/api/w/sample/items/DB-2026-999', office.as(name));
    expect([hidden.status, await hidden.text()]).toEqual([404, await unknown.text()]);
  });

  it('reads no words of a confidential item anywhere', async () => {
    for (const path of READS.filter((candidate) => candidate !== 'events')) expect(await (await office.get(`/api/w/sample/${path}`, office.as(name))).text(), path).not.toContain(WORDS);
    expect((await view<LedgerView>(`ledger?q=${encodeURIComponent(WORDS)}`, name)).total).toBe(0);
  });

  it('reads the letters that were written to it, and those that wait for its signature', async () => {
    const { rows } = await view<NoticesView>('notices', name);
    if (!isOffice) expect(rows.every(({ recipient, copy, decisions }) => `${recipient}、${copy}`.split('、').includes(name) || decisions.includes('签发'))).toBe(true);
    expect(rows.some(({ decisions }) => decisions.includes('签发'))).toBe(SIGNERS.includes(name));
  });

  it('writes only what its part in the item gives it', async () => {
    const { row, columns } = await view<ItemView>(`items/${OWN}`, name);
    const fills = row.fills.map((place) => columns[place]!.key);
    if (isOffice) expect(fills).toContain('title');
    else expect(fills).not.toContain('title');
    expect(fills).not.toContain('light');
    const place = columns.findIndex(({ key }) => key === 'title');
    const answer = await office.post('/api/w/sample/cell', { itemId: OTHERS, column: 'requirement', seen: '', text: '我来改' }, office.as(name));
    expect(answer.status).toBe(isOffice ? 200 : 422);
    expect(row.cells[place]).not.toBe('');
  });
});

it('shows a confidential item to whom it names, with his own words', async () => {
  const { title, whole } = await view<ItemView>(`items/${CONFIDENTIAL}`, '人力部经办');
  expect([title, whole]).toEqual(['薪酬改革征询', true]);
});

it('shows of a public form what the regulation publishes, and searches no more than that', async () => {
  const expo = memoryConsole('expo', { people: [{ name: '路人', unit: '不相干部', roles: '承办人', email: 'x@example.cn', active: '是' }] });
  const ledger = (await (await expo.get('/api/w/sample/ledger?limit=200', expo.as('路人'))).json()) as LedgerView;
  expect(ledger.total).toBeGreaterThan(0);
  const shown = new Set(ledger.rows.flatMap(({ cells }) => cells.flatMap((cell, place) => (cell === '' ? [] : [ledger.columns[place]!.key]))));
  for (const hidden of ['progress', 'handler', 'hint', 'requirement', 'remark', 'result', 'leaderInCharge']) expect(shown).not.toContain(hidden);
  expect(ledger.rows.every(({ fills }) => fills.length === 0)).toBe(true);
  const item = (await (await expo.get(`/api/w/sample/items/${ledger.rows[0]!.id}`, expo.as('路人'))).json()) as ItemView;
  expect([item.whole, item.timeline, item.requests, item.scores, item.notices, item.hints]).toEqual([false, [], [], [], [], []]);
});

it('tells nothing of a workbook to whoever isn’t in its 人员', async () => {
  const stranger = office.as({ kind: 'person', email: 'nobody@example.cn' });
  for (const path of READS) expect((await office.get(`/api/w/sample/${path}`, stranger)).status, path).toBe(404);
  expect(await (await office.get('/api/session', stranger)).json()).toMatchObject({ workbooks: [], name: '' });
});

it('lets only the owner act in another name', async () => {
  const person = office.as({ kind: 'person', email: 'viewer@example.cn' });
  expect((await office.post('/api/w/sample/act-as', { name: '督办专员' }, person)).status).toBe(403);
  const owner = office.as({ kind: 'owner', actsAs: {} });
  expect((await office.post('/api/w/sample/act-as', { name: '查无此人' }, owner)).status).toBe(422);
  expect((await office.post('/api/w/sample/act-as', { name: '客运三公司经办' }, owner)).status).toBe(200);
  expect(await (await office.get('/api/session', owner)).json()).toMatchObject({ name: '客运三公司经办', isOwner: true, isOverseer: false });
});

describe('what other pages and programs try', () => {
  const cookie = office.as('督办专员');
  const body = { itemId: OWN, column: 'remark', seen: '', text: 'x' };

  it.each([
    ['no origin', { origin: '' }], ['another origin', { origin: 'https://evil.example' }], ['a sandboxed page', { origin: 'null' }], ['another port', { origin: 'http://127.0.0.1:9999' }],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }], ['a sibling site', { 'sec-fetch-site': 'same-site' }],
  ])('%s changes nothing', async (_name, headers) => {
    expect((await office.post('/api/w/sample/cell', body, cookie, headers)).status).toBe(403);
  });

  it('a form of another page changes nothing', async () => {
    expect((await office.post('/api/w/sample/cell', body, cookie, { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it.each(['evil.example', `evil.example:8420`, '127.0.0.1:9999', ''])('a name like %s is not answered', async (host) => {
    expect((await office.get('/api/session', cookie, { host })).status).toBe(403);
  });

  it.each(['PUT', 'DELETE', 'PATCH'])('%s is refused', async (method) => {
    expect((await office.app.request('/api/w/sample/cell', { method, headers: { host: HOST, cookie: `duban=${cookie}`, origin: `http://${HOST}` } })).status).toBe(405);
  });

  it('too long a body, junk and unknown fields are refused', async () => {
    expect((await office.post('/api/w/sample/cell', { ...body, text: 'x'.repeat(300_000) }, cookie)).status).toBe(413);
    expect((await office.post('/api/w/sample/cell', { ...body, sheet: 'parameters' }, cookie)).status).toBe(400);
    expect((await office.app.request('/api/w/sample/cell', { method: 'POST', body: '{', headers: { host: HOST, cookie: `duban=${cookie}`, origin: `http://${HOST}`, 'content-type': 'application/json' } })).status).toBe(400);
  });

  it.each(['/assets/..%2f..%2fpackage.json', '/assets/%2e%2e/%2e%2e/package.json', '/assets/....//package.json', '/..%2fpackage.json', '/assets/app.css%00.html'])('%s leads nowhere', async (path) => {
    const answer = await office.get(path, cookie);
    expect(await answer.text()).not.toContain('"dependencies"');
    expect(answer.status).toBe(404);
  });

  it('another machine learns nothing of files and failures, by a proxy or without', async () => {
    const paths = ['/healthz', '/metrics'];
    for (const path of paths) expect((await office.get(path)).status, path).toBe(200);
    office.hosts.add('duban.example.cn');
    for (const path of paths) expect((await office.get(path, undefined, { host: 'duban.example.cn' })).status, path).toBe(403);
    const far = consoleApp({ ...office.parts, addressOf: () => '192.0.2.7' });
    for (const path of paths) expect((await far.request(path, { headers: { host: HOST } })).status, path).toBe(403);
  });

  it('asking for the owner’s link shows it in the window of the program, not on the page', async () => {
    const own = memoryConsole('bus');
    const answer = await own.post('/sign-in/owner', {});
    expect([answer.status, own.shown.count, answer.headers.get('set-cookie')]).toEqual([200, 1, null]);
    expect(await answer.text()).not.toContain('/enter/');
  });

  it('every answer forbids foreign scripts, frames and sniffing', async () => {
    for (const path of ['/', '/sign-in', '/api/session', '/nowhere/at/all', '/answer/item/x']) {
      const { headers } = await office.get(path);
      expect(headers.get('content-security-policy'), path).toMatch(/default-src 'none'; script-src 'self'; style-src 'self'/);
      expect(headers.get('content-security-policy'), path).not.toContain('unsafe');
      expect([headers.get('x-frame-options'), headers.get('x-content-type-options'), headers.get('referrer-policy')], path).toEqual(['DENY', 'nosniff', 'same-origin']);
    }
  });

  it('a program that tries sign-ins is slowed down', async () => {
    const own = memoryConsole('bus');
    const statuses = await Promise.all(Array.from({ length: 30 }, async (_, index) => (await own.get(`/enter/guess${index}`)).status));
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
  });
});
