import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day, momentFromSerial, serialOfDay, serialOfMoment, moment, type Cell } from '#core';
import { cellFromApi } from '../../sync-service/workbook/feishu-bitable/cell-from-api.ts';
import { valueForApi } from '../../sync-service/workbook/feishu-bitable/cell-to-api.ts';
import { FIELD_TYPE } from '../../sync-service/workbook/feishu-bitable/field-types.ts';

const { text, number, singleSelect, multiSelect, date, checkbox, person, phone, url, attachment, link, lookup, formula, location, group, createdTime, autoNumber } = FIELD_TYPE;
const MARCH_5 = Date.UTC(2026, 2, 4, 16);

describe('values that a base answers', () => {
  const plain: [name: string, type: number, value: unknown, cell: Cell][] = [
    ['text in segments', text, [{ type: 'text', text: '请' }, { type: 'mention', text: '@某人', token: 't' }, { type: 'url', text: '附件', link: 'https://x' }], '请@某人附件'],
    ['an address of mail', text, [{ type: 'url', text: 'a@example.com', link: 'mailto:a@example.com' }], 'a@example.com'],
    ['text as a write echoes it', text, '=1+1', '=1+1'],
    ['no text', text, [], null], ['an empty text', text, [{ type: 'text', text: '' }], null], ['a blank cell', text, undefined, null],
    ['a number', number, 0.5, 0.5], ['nought', number, 0, 0],
    ['one of several', singleSelect, '办理中', '办理中'], ['several', multiSelect, ['督办专员', '查看'], '督办专员、查看'],
    ['a day', date, MARCH_5, serialOfDay(day('2026-03-05'))], ['a minute', date, MARCH_5 + 14.5 * 3_600_000, serialOfMoment(moment('2026-03-05 14:30'))],
    ['a tick', checkbox, true, true], ['a tick taken away', checkbox, false, false], ['a box never touched', checkbox, undefined, null],
    ['a phone number', phone, '+8613800000000', '+8613800000000'], ['a link', url, { text: '文件', link: 'https://x' }, '文件'], ['a link without words', url, { link: 'https://x' }, 'https://x'],
  ];
  it.each(plain)('%s', (_, type, value, cell) => {
    expect(cellFromApi({ type, property: null }, value)).toEqual(cell);
  });

  const computed: [name: string, type: number, value: unknown, formula: string, shown: Cell][] = [
    ['persons', person, [{ id: 'ou_1', name: '甲' }, { id: 'ou_2', name: '乙' }], '人员', '甲、乙'], ['groups', group, [{ id: 'oc_1', name: '督办群' }], '群组', '督办群'],
    ['files', attachment, [{ file_token: 'f', name: '方案.docx' }], '附件', '方案.docx'], ['links to records', link, { link_record_ids: ['recA', 'recB'] }, '单向关联', 'recA、recB'],
    ['a formula\'s text', formula, { type: 1, value: [{ type: 'text', text: '甲' }] }, 'LEN([标题])', '甲'], ['a formula\'s number', formula, { type: 2, value: [4] }, 'LEN([标题])', 4],
    ['a formula\'s date', formula, { type: 5, value: [MARCH_5] }, 'LEN([标题])', serialOfDay(day('2026-03-05'))], ['a formula of nothing', formula, undefined, 'LEN([标题])', null],
    ['a lookup of several', lookup, { type: 3, value: ['甲', '乙'] }, '查找引用', '甲、乙'], ['a place', location, { full_address: '某市某路' }, '地理位置', '某市某路'],
    ['a number that counts up', autoNumber, '007', '自动编号', '007'], ['when a record was made', createdTime, MARCH_5, '创建时间', serialOfDay(day('2026-03-05'))],
  ];
  it.each(computed)('%s is not for the program to write', (_, type, value, words, shown) => {
    expect(cellFromApi({ type, property: words.startsWith('LEN') ? { formula_expression: words } : null }, value)).toEqual({ formula: words, value: shown });
  });
});

describe('values that a base is sent', () => {
  const serial = serialOfMoment(moment('2026-03-05 14:30'));
  it.each([
    ['text', text, '+86', null, '+86'], ['a number among texts', text, -3, null, '-3'], ['a day among texts', text, serialOfDay(day('2026-03-05')), 'date', '2026-03-05'],
    ['a minute among texts', text, serial, 'datetime', '2026-03-05 14:30'], ['a number', number, 1.5, null, 1.5], ['text among numbers', number, '三', null, undefined],
    ['an option', singleSelect, '绿', null, '绿'], ['options once each', multiSelect, '甲、乙、甲', null, ['甲', '乙']], ['a day', date, serialOfDay(day('2026-03-05')), 'date', MARCH_5],
    ['text among dates', date, '4月底前', null, undefined], ['是', checkbox, '是', null, true], ['否', checkbox, '否', null, false], ['text for a box', checkbox, '或许', null, undefined],
    ['a phone number', phone, '13800000000', null, '13800000000'], ['no phone number', phone, '内线 8001', null, undefined], ['a link', url, 'https://x', null, { text: 'https://x', link: 'https://x' }],
    ['what only Feishu writes', formula, '绿', null, undefined], ['a blank', date, null, null, null],
  ] as const)('%s', (_, type, value, format, sent) => {
    expect(valueForApi({ type }, { value, format })).toEqual(sent);
  });

  it('are read back as they were, to the minute', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 100_000_000 }), (minutes) => {
      const value = serialOfMoment(minutes as ReturnType<typeof moment>);
      const back = cellFromApi({ type: date, property: null }, valueForApi({ type: date }, { value, format: 'datetime' }));
      expect(momentFromSerial(back as number)).toBe(minutes);
    }));
  });
});
