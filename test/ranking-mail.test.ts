import * as XLSX from '@e965/xlsx';
import { simpleParser } from 'mailparser';
import { expect, it } from 'vitest';
import { at, day } from '#core';
import { composeNotice } from '../sync-service/jobs/compose-notice.ts';
import { composeMail } from '../sync-service/notify/compose-mail.ts';
import { diceFrom } from './fortnight/office.ts';
import { openOffice, People } from './quarter/people.ts';
import { parse, run } from './support/arbitrary-workbook.ts';
import { MemoryWorkbook } from './support/memory-workbook.ts';

const NOW = at(day('2026-04-01'), 10);
const NOTICE = { key: '通报/2026-03', to: [{ name: '征管科科长', address: 'head@example.com', phone: '', feishuId: '' }], copy: [], subject: '2026年3月督办事项办结率通报', body: '各科室:', members: [], itemIds: [], plannedOn: day('2026-04-02'), clause: '', attempts: 0 };

it('the letter of a period shows a chart in its text and brings the table; every other mail comes alone', async () => {
  const memory = new MemoryWorkbook();
  openOffice(memory);
  new People(memory, diceFrom(1)).register(40, '2026-03-10', '09:00', true);
  run(memory, at(day('2026-03-12'), 10), new Map());
  const frame = { workbook: parse(memory), workbookId: 'w', now: NOW, footer: ['台账:台账.xlsx'] };
  const sender = { name: '督办', address: 'duban@example.cn' };

  const mail = await simpleParser((await composeMail(await composeNotice(frame, NOTICE), sender)).raw);
  const [chart, table] = mail.attachments;
  expect(chart).toMatchObject({ contentType: 'image/png', related: true, cid: 'ranking-2026-03-0@duban.local' });
  expect(chart!.content.subarray(1, 4).toString()).toBe('PNG');
  // mailparser puts the picture where the text shows it by its cid.
  expect(mail.html).toMatch(/<img src="data:image\/png;base64,[^"]{1000,}" alt="2026年3月督办事项办结率排名图"/);
  expect(table).toMatchObject({ filename: '2026年3月排名.xlsx', contentDisposition: 'attachment' });
  const lines = XLSX.utils.sheet_to_json<unknown[]>(XLSX.read(table!.content).Sheets['排名']!, { header: 1 });
  expect(lines[2]).toEqual(expect.arrayContaining(['名次', '单位', '应办数', '办结率']));
  expect(lines.flat()).toEqual(expect.arrayContaining(['征管科', '税源科', '纳服科', '办公室']));

  const reminder = await simpleParser((await composeMail(await composeNotice(frame, { ...NOTICE, key: '到期提醒/DB-2026-001/due/2026-03-20/征管科经办' }), sender)).raw);
  expect(reminder.attachments).toEqual([]);
});
