import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read as readXlsx, utils } from '@e965/xlsx';
import { Document, Packer, Paragraph } from 'docx';
import { TemplateHandler } from 'easy-template-x';
import { afterAll, describe, expect, it } from 'vitest';
import { epochOf, parseWorkbook } from '#core';
import { POLICIES } from '#templates';
import type { ActionResult, ItemView, LedgerView, UploadResult } from '#screens';
import { signClaim } from '../../sync-service/console/link.ts';
import { cleanName } from '../../sync-service/console/uploads.ts';
import { libreOffice } from '../../sync-service/documents/pdf.ts';
import { HOST, memoryConsole, SECRET } from './memory-console.ts';

const root = mkdtempSync(join(tmpdir(), 'duban-files-'));
const folder = join(root, 'office');
mkdirSync(folder);
afterAll(() => { rmSync(root, { recursive: true, force: true }); });

const office = memoryConsole('bus', {
  bulletins: [{ bulletinId: 'TB-2026-007', period: '2026-02', type: '月度通报', status: '草稿', subject: '2026年2月 <通报>', body: '二月应办五件。\n=HYPERLINK("http://evil.example")' }],
  scores: [{ scoreId: 'SD-2026-009', month: '2026-03', unit: '客运三公司', itemId: 'DB-2026-103', origin: '手动', reason: '不及时', confirmed: -2, confirmedBy: '督办专员' }],
}, { folder });
const file = (path: string, name: string): Promise<Response> => office.get(`/api/w/sample/files/${path}`, office.as(name));
const textOf = async (answer: Response): Promise<string> => new TemplateHandler().getText(Buffer.from(await answer.arrayBuffer()));
const query = (of: Record<string, string>): string => new URLSearchParams(of).toString();
const FORM = '公交集团公司督查督办任务通知';

describe('papers', () => {
  it('a form of an item is filled and kept as a file, for whom the whole item shows', async () => {
    const answer = await file(`form?${query({ name: FORM, item: 'DB-2026-103' })}`, '客运三公司经办');
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('x-content-type-options')]).toEqual([200, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'nosniff']);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="download"; filename*=UTF-8''${encodeURIComponent(`${FORM} DB-2026-103.docx`)}`);
    const text = await textOf(answer);
    expect(text).toContain('站场消防隐患整改');
    expect(text).toContain('第一责任人');
    for (const [name, item] of [[FORM, 'DB-2026-101'], [FORM, 'DB-2026-108'], [FORM, 'DB-2026-999'], ['../../督办', 'DB-2026-103'], ['', 'DB-2026-103']] as const) {
      expect((await file(`form?${query({ name, item })}`, '客运三公司经办')).status).toBe(404);
    }
  });

  it('a form of all that 台账 finds is one file, each item on its page; nothing of what the person doesn’t see', async () => {
    const text = await textOf(await file(`form?${query({ name: FORM, status: '办理中' })}`, '督办专员'));
    const { rows } = (await (await office.get(`/api/w/sample/ledger?${query({ status: '办理中' })}`, office.as('督办专员'))).json()) as LedgerView;
    expect(rows.length).toBeGreaterThan(1);
    expect(text.match(/DB-2026-\d+/g)!.length).toBeGreaterThan(1);
    expect(await textOf(await file(`form?${query({ name: FORM, status: '办理中' })}`, '客运三公司经办'))).not.toContain('DB-2026-101');
  });

  it('a bulletin is kept in its words by whom it shows to; signed, with its fingerprint', async () => {
    expect((await file('bulletin?id=TB-2026-007', '客运三公司经办')).status).toBe(404);
    const draft = await textOf(await file('bulletin?id=TB-2026-007', '主管领导'));
    expect(draft).toContain('=HYPERLINK("http://evil.example")');
    expect(draft).toContain('草稿');
    await office.post('/api/w/sample/acts', { act: 'sign-bulletin', bulletinId: 'TB-2026-007', seen: '二月应办五件。\n=HYPERLINK("http://evil.example")' }, office.as('主管领导'));
    const signed = await textOf(await file('bulletin?id=TB-2026-007', '客运三公司经办'));
    expect(signed).toMatch(/签发人：主管领导[^]*sha256 [0-9a-f]{64}/);
    expect(signed).toMatch(/客运三公司11100\.0%/);
  });

  it('a ranking, 考核确认表 and a letter follow the rights of their rows', async () => {
    const ranking = await file('ranking?period=2026-02', '客运三公司经办');
    expect(utils.sheet_to_json<string[]>(Object.values(readXlsx(await ranking.arrayBuffer()).Sheets)[0]!, { header: 1 }).flat()).toContain('客运三公司');
    expect((await file('ranking?period=2026-02&x=../../etc', '客运三公司经办')).status).toBe(200);
    expect((await file('ranking?period=../x', '督办专员')).status).toBe(404);
    expect(await textOf(await file('confirmation?month=2026-03', '客运三公司经理'))).toContain('单位：客运三公司');
    expect((await file('confirmation?month=2026-03', '客运一公司经理')).status).toBe(404);
    const { rows } = parseWorkbook(office.memory.snapshot(), POLICIES).workbook!.sheets.notices;
    const waits = rows.find(({ cells }) => cells.status === '待签')!.cells;
    expect(await textOf(await file(`notice?${query({ id: waits.noticeId })}`, '主管领导'))).toContain(waits.subject);
    expect((await file(`notice?${query({ id: waits.noticeId })}`, '客运一公司经办')).status).toBe(404);
  });

  it('a register is kept by who looks over all items, and nobody else', async () => {
    const tax = memoryConsole('tax');
    const name = '督查督办事项登记簿';
    const clerk = parseWorkbook(tax.memory.snapshot(), POLICIES).workbook!.sheets.people.rows;
    const [overseer, handler] = [clerk.find(({ cells }) => cells.roles.includes('督办专员') || cells.roles.includes('督办管理员'))!.cells.name, clerk.find(({ cells }) => cells.roles === '承办人')!.cells.name];
    expect(await textOf(await tax.get(`/api/w/sample/files/register?${query({ name })}`, tax.as(overseer)))).toMatch(/督查督办事项登记簿.*注销日期.*DB-2026-001/);
    const sheet = readXlsx(await (await tax.get(`/api/w/sample/files/register?${query({ name, as: 'xlsx' })}`, tax.as(overseer))).arrayBuffer());
    const lines = utils.sheet_to_json<string[]>(Object.values(sheet.Sheets)[0]!, { header: 1 });
    expect(lines[1]![0]).toBe('编号');
    expect(lines.length).toBeGreaterThan(5);
    expect((await tax.get(`/api/w/sample/files/register?${query({ name })}`, tax.as(handler))).status).toBe(404);
  });

  it('an office’s own template is used, by tags of its own form too; a broken one is answered with its faults', async () => {
    mkdirSync(join(folder, '文书模板'));
    const template = async (text: string): Promise<void> => writeFileSync(join(folder, '文书模板', `${FORM}.docx`), await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph(text)] }] })));
    await template('{#表}本单位格式:{工作内容}{/表}');
    expect(await textOf(await file(`form?${query({ name: FORM, item: 'DB-2026-103' })}`, '督办专员'))).toBe('本单位格式:站场消防隐患整改');
    await template('{#表}{工作内空}{/表}');
    const answer = await file(`form?${query({ name: FORM, item: 'DB-2026-103' })}`, '督办专员');
    expect([answer.status, ((await answer.json()) as { message: string }).message]).toEqual([422, expect.stringContaining('不认识的标签 {工作内空}')]);
    rmSync(join(folder, '文书模板'), { recursive: true });
  });

  it.runIf(libreOffice() !== null)('a paper comes as PDF where LibreOffice is', async () => {
    const answer = await file(`form?${query({ name: FORM, item: 'DB-2026-103', as: 'pdf' })}`, '客运三公司经办');
    expect([answer.status, Buffer.from(await answer.arrayBuffer()).subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
  }, 120_000);
});

describe('attachments', () => {
  const PDF = Buffer.from('%PDF-1.7 一页');
  const upload = (name: string, bytes: Uint8Array, { item = 'DB-2026-103', as: who = '客运三公司经办', type = 'application/octet-stream' } = {}): Promise<Response> => Promise.resolve(office.app.request(`/api/w/sample/attachments?${query({ item, name })}`, {
    method: 'POST', body: new Uint8Array(bytes), headers: { host: HOST, origin: `http://${HOST}`, cookie: `duban=${office.as(who)}`, 'content-type': type },
  }));
  const fetchIt = (path: string, who: string, item = 'DB-2026-103'): Promise<Response> => file(`attachment?${query({ item, path })}`, who);

  it('one is stored beside the workbook, named by the report, and fetched by whom the item shows to', async () => {
    const { path } = (await (await upload('到货 照片.pdf', PDF)).json()) as UploadResult;
    expect(path).toBe('附件/DB-2026-103/到货 照片.pdf');
    expect(readFileSync(join(folder, path))).toEqual(PDF);
    // Not yet named by any row: nobody fetches it.
    expect((await fetchIt(path, '客运三公司经办')).status).toBe(404);
    const told = (await (await office.post('/api/w/sample/acts', { act: 'feedback', itemId: 'DB-2026-103', progress: '器材到货', attachments: [path] }, office.as('客运三公司经办'))).json()) as ActionResult;
    expect(told.kind).toBe('done');
    const { cells } = parseWorkbook(office.memory.snapshot(), POLICIES).workbook!.index.feedbackOf.get('DB-2026-103')!.at(-1)!;
    expect(cells.attachments).toBe(path);
    const view = (await (await office.get('/api/w/sample/items/DB-2026-103', office.as('督办专员'))).json()) as ItemView;
    expect([view.attachments, view.feedback[0]!.attachments]).toEqual([[path], [path]]);
    const answer = await fetchIt(path, '督办专员');
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('x-content-type-options'), answer.headers.get('content-disposition')!.split(';')[0]]).toEqual([200, 'application/octet-stream', 'nosniff', 'attachment']);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(PDF);
    expect((await fetchIt(path, '客运一公司经办')).status).toBe(404);
  });

  it('the same file again is the same; another under its name stands beside it', async () => {
    const paths = [];
    for (const bytes of [PDF, PDF, Buffer.from('%PDF-1.7 两页')]) paths.push(((await (await upload('记录.pdf', bytes)).json()) as UploadResult).path);
    expect(paths).toEqual(['附件/DB-2026-103/记录.pdf', '附件/DB-2026-103/记录.pdf', '附件/DB-2026-103/记录-2.pdf']);
  });

  it.each([
    ['a page', 'x.html', Buffer.from('<script>1</script>'), 422], ['a picture with script', 'x.svg', Buffer.from('<svg/>'), 422], ['a program', 'x.exe', Buffer.from('MZ'), 422], ['a kind in disguise', 'x.pdf', Buffer.from('<html>'), 422],
    ['two endings', 'x.pdf.js', PDF, 422], ['nothing', 'x.pdf', Buffer.alloc(0), 422], ['an ending alone', '.pdf', PDF, 422], ['a name of Object', 'x.constructor', PDF, 422], ['what is too large', 'x.pdf', Buffer.concat([PDF, Buffer.alloc(21 * 1024 * 1024)]), 413],
  ])('%s is refused', async (_name, name, bytes, status) => {
    expect((await upload(name, bytes)).status).toBe(status);
  });

  it('nobody uploads for an item that is not his, nor by a form of another site', async () => {
    expect((await upload('x.pdf', PDF, { as: '客运一公司经办' })).status).toBe(403);
    expect((await upload('x.pdf', PDF, { item: 'DB-2026-999' })).status).toBe(403);
    expect((await upload('x.pdf', PDF, { item: '../..' })).status).toBe(403);
    for (const type of ['text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded']) expect((await upload('x.pdf', PDF, { type })).status).toBe(415);
  });

  it.each(['../../秘密.pdf', '..\\..\\秘密.pdf', '/etc/秘密.pdf', 'C:\\秘密.pdf', '附件/DB-2026-101/秘密.pdf'])('a name %s stays in the folder of its item', async (name) => {
    const { path } = (await (await upload(name, PDF)).json()) as UploadResult;
    expect(path).toMatch(/^附件\/DB-2026-103\/秘密(?:-\d)?\.pdf$/);
  });

  it('cleans names of what folders, cells, shells and readers would take for something else', () => {
    expect(['a/b\\c.pdf', '=1+1.pdf', '-x.pdf', '甲、乙;丙；丁.pdf', 'x\u202efdp.exe', 'CON.txt', '..', '', '  . 名 .pdf', `${'长'.repeat(300)}.docx`, 'a\u0000\r\nb.pdf'].map(cleanName)).toEqual([
      'c.pdf', '_1+1.pdf', 'x.pdf', '甲_乙_丙_丁.pdf', 'x_fdp.exe', '_CON.txt', '附件', '附件', '名 .pdf', `${'长'.repeat(80)}.docx`, 'a___b.pdf',
    ]);
  });

  it('a report names only what was stored for its item; what a cell names outside the folder is nobody’s', async () => {
    writeFileSync(join(root, '外面.pdf'), PDF);
    symlinkSync(join(root, '外面.pdf'), join(folder, '附件', 'DB-2026-103', '连出去.pdf'));
    for (const attachments of [['../外面.pdf'], ['附件/DB-2026-101/x.pdf'], ['附件/DB-2026-103/没有.pdf'], ['附件/DB-2026-103/连出去.pdf'], ['附件/DB-2026-103/../../../外面.pdf']]) {
      const told = (await (await office.post('/api/w/sample/acts', { act: 'feedback', itemId: 'DB-2026-103', progress: '再报', attachments }, office.as('客运三公司经办'))).json()) as ActionResult;
      expect(told).toEqual({ kind: 'refused', message: '附件没有上传成功:请重新选择文件' });
    }
    const office2 = memoryConsole('bus', { feedback: [{ feedbackId: 'FK-2026-099', itemId: 'DB-2026-103', by: '客运三公司经办', type: '进展', progress: 'x', attachments: '../外面.pdf、/etc/passwd、附件/DB-2026-103/连出去.pdf' }] }, { folder });
    for (const path of ['../外面.pdf', '/etc/passwd', '附件/DB-2026-103/连出去.pdf']) {
      expect((await office2.get(`/api/w/sample/files/attachment?${query({ item: 'DB-2026-103', path })}`, office2.as('督办专员'))).status).toBe(404);
    }
  });

  it('the link of a mail takes one for its item and no other', async () => {
    const until = epochOf(office.now) + 86_400_000;
    const post = (purpose: 'item' | 'request', id: string): Promise<Response> => Promise.resolve(office.app.request(`/answer/${purpose}/${signClaim(SECRET, { for: purpose, book: 'sample', name: '客运三公司经办', id, until })}/attachments?name=y.pdf&item=DB-2026-101`, {
      method: 'POST', body: new Uint8Array(PDF), headers: { host: HOST, origin: `http://${HOST}`, 'content-type': 'application/octet-stream' },
    }));
    expect(await (await post('item', 'DB-2026-103')).json()).toEqual({ path: '附件/DB-2026-103/y.pdf' });
    expect((await post('request', 'SQ-2026-001')).status).toBe(403);
    expect(existsSync(join(folder, '附件', 'DB-2026-101'))).toBe(false);
  });
});
