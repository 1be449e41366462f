import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { renderMail } from './render-mail.ts';

const DIGEST = `王工，您好：
今天有 2 件事项需要您处理。

## 已逾期
【红】DB-2026-014 站场充电桩改造，时限 2026-03-02，逾期 3 天

## 将到期
【黄】DB-2026-021 一季度安全检查报告，时限 2026-03-06，剩余 2 个工作日
【绿】DB-2026-030 车辆年检`;

const render = (body: string) => renderMail({ subject: '督办摘要', body, footer: [String.raw`台账:D:\督办\台账.xlsx`, '请直接回复本邮件。'] });

describe('the HTML of a notice', () => {
  const { html, text } = render(DIGEST);
  test.each([
    ['a heading loses its marks', html, '>已逾期<'],
    ['a red item carries a red chip, on paper too', html, 'background-color:#c62828;color:#ffffff;-webkit-print-color-adjust:exact;print-color-adjust:exact;font-size:13px;line-height:22px;font-weight:bold;border-radius:4px">红<'],
    ['an item without its mark', html, '>DB-2026-014 站场充电桩改造，时限 2026-03-02，逾期 3 天<'],
    ['lines of a paragraph stay lines', html, '王工，您好：<br>今天有 2 件事项需要您处理。'],
    ['the footer names the workbook as text', html, String.raw`台账:D:\督办\台账.xlsx<br>请直接回复本邮件。`],
    ['plain text keeps the light in words', text, '■ 将到期\n\n【黄】DB-2026-021 一季度安全检查报告，时限 2026-03-06，剩余 2 个工作日\n【绿】DB-2026-030 车辆年检'],
    ['plain text ends with the footer', text, String.raw`台账:D:\督办\台账.xlsx` + '\n请直接回复本邮件。\n'],
  ])('%s', (_, whole, part) => {
    expect(whole).toContain(part);
  });

  test('items next to each other share one table, a heading between them parts it', () => {
    expect(html.match(/<td width="38"/g)).toHaveLength(3);
    expect(html).not.toContain('【红】');
  });
});

describe('text is never markup', () => {
  test.each([
    ['a script tag', '<script>alert(1)</script>', '&#60;script&#62;alert(1)&#60;/script&#62;'],
    ['an attribute break-out in an item', '【红】"><img src=x onerror=alert(1)>', '&#34;&#62;&#60;img src=x onerror=alert(1)&#62;'],
    ['an entity', 'A&amp;B', 'A&#38;amp;B'],
    ['a formula', '=cmd|/c calc', '=cmd|/c calc'],
    ['an unknown light', '【紫】不是灯号', '【紫】不是灯号'],
  ])('%s', (_, body, shown) => {
    expect(render(body).html).toContain(shown);
  });

  test('whatever the notice holds, the tags are those of the layout', () => {
    const allowed = /^<(!DOCTYPE html|!--\[if mso\]|!\[endif\]--|\/?(html|head|meta|title|body|table|tr|td|br)\b[^<>]*)>?$/;
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), (body, subject, place) => {
      const tags = renderMail({ body, subject, footer: [place] }).html.match(/<[^>]*>/g) ?? [];
      expect(tags.filter((tag) => !allowed.test(tag))).toEqual([]);
    }));
    expect(render('x').html).not.toMatch(/<(a|script|img|link)\b|href=|src=/);
  });
});
