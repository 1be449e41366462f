import { utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { parseWorkbook } from '#core';
import { POLICIES } from '#templates';
import type { ActionResult, ImportView } from '#screens';
import { HOST, memoryConsole } from './memory-console.ts';

const ROWS = [['某局督办台账'], ['序号', '任务名目', '责任部门', '完成期限', '跟进'], [1, '老旧管网改造', '维修中心', '2026-04-30', '李工'], [2, '=HYPERLINK("http://evil.example")', '客运三公司', '4月底前', ''], ['合计', '', '', '', '']];
const ledger = (rows: readonly (readonly unknown[])[] = ROWS): Uint8Array => {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), '2026年');
  return new Uint8Array(write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
};

describe('importing an office’s ledger in the console', () => {
  const office = memoryConsole('bus', { people: [{ name: '督办主任', unit: '', roles: '督办管理员', email: 'chief@example.cn' }] });
  const post = (bytes: Uint8Array, query: Record<string, string> = {}, who = '督办主任', type = 'application/octet-stream'): Promise<Response> => Promise.resolve(office.app.request(`/api/w/sample/import?${new URLSearchParams(query).toString()}`, {
    method: 'POST', body: new Uint8Array(bytes), headers: { host: HOST, origin: `http://${HOST}`, cookie: `duban=${office.as(who)}`, 'content-type': type },
  }));
  const items = (): readonly string[] => parseWorkbook(office.memory.snapshot(), POLICIES).workbook!.sheets.items.rows.map(({ cells }) => cells.title);

  it('shows what it would bring in, how each column was read and what is doubtful; writes nothing until that very thing is confirmed', async () => {
    const before = JSON.stringify(office.memory.snapshot());
    const first = (await (await post(ledger())).json()) as ImportView;
    expect([first.count, first.leftOut, first.tables[0]!.columns.find(({ header }) => header === '任务名目')]).toEqual([0, [expect.stringContaining('请指明哪一列是事项')], { header: '任务名目', to: '', match: '未导入', sure: false }]);
    const map = JSON.stringify({ 任务名目: '督办事项', 跟进: '承办人' });
    const view = (await (await post(ledger(), { map })).json()) as ImportView;
    expect([view.count, view.units]).toEqual([2, ['维修中心']]);
    expect(view.tables[0]!.columns.find(({ header }) => header === '任务名目')).toMatchObject({ to: '督办事项', sure: true });
    expect(view.items[0]).toMatchObject({ title: '=HYPERLINK("http://evil.example")', doubts: [expect.stringContaining('4月底前'), expect.stringContaining('补填时限')] });
    for (const [bytes, query] of [[ledger(), { map, confirm: 'x' }], [ledger([...ROWS, [3, '新增一行', '客运三公司', '', '']]), { map, confirm: view.print }], [ledger(), { map: '{}', confirm: view.print }]] as const) expect([400, 409, 422]).toContain((await post(bytes, query)).status);
    expect(JSON.stringify(office.memory.snapshot())).toBe(before);
    expect(((await (await post(ledger(), { map, confirm: view.print })).json()) as ActionResult).kind).toBe('done');
    expect(items().slice(-2)).toEqual(['老旧管网改造', '=HYPERLINK("http://evil.example")']);
    const { workbook } = parseWorkbook(office.memory.snapshot(), POLICIES);
    expect(workbook!.sheets.history.rows.at(-1)!.cells).toMatchObject({ actor: '督办主任(本机代办)', sheet: '督办台账' });
    // Sent again, as after a lost answer: the workbook is another one by now.
    expect((await post(ledger(), { map, confirm: view.print })).status).toBe(422);
    expect(items().filter((title) => title === '老旧管网改造')).toHaveLength(1);
  });

  it('is 督办管理员’s alone, takes workbooks alone, and no form of another site', async () => {
    for (const who of ['客运三公司经办', '主管领导', '客运一公司经理']) expect([who, (await post(ledger(), {}, who)).status]).toEqual([who, 403]);
    for (const bytes of [Buffer.from('no zip'), Buffer.from('PK\u0003\u0004 broken'), new Uint8Array()]) expect((await post(bytes)).status).toBe(422);
    expect((await post(ledger(), { map: '[1]' })).status).toBe(400);
    expect((await post(ledger(), {}, '督办主任', 'text/plain')).status).toBe(415);
  });
});
