import type { Light } from '../workbook/values.ts';
import { noticeBlocks, type NoticeBlock } from './notice-blocks.ts';

export interface NoticeText {
  readonly subject: string;
  /** 正文 as stored. */
  readonly body: string;
  /** The lines at the foot: shown as text, never as links. */
  readonly footer: readonly string[];
  /** Links by which the reader answers, shown under the text. */
  readonly links?: readonly MailLink[];
}

export interface MailLink { readonly label: string; readonly url: string }

/** A picture that comes with the mail, shown under the text; `alt` is read where pictures are not shown. */
export interface MailPicture { readonly cid: string; readonly alt: string }

/** Background and text colour of a chip; contrast at least 4.5:1. The light's character stays, for those who don't see colours. */
const CHIPS: Readonly<Record<Light, readonly [background: string, ink: string]>> = {
  红: ['#c62828', '#ffffff'],
  黄: ['#ffd54f', '#4e3b00'],
  绿: ['#2e7d32', '#ffffff'],
  蓝: ['#1565c0', '#ffffff'],
  灰: ['#757575', '#ffffff'],
  完: ['#e0e0e0', '#424242'],
};
const FONT = "font-family:'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',Arial,sans-serif";
/** Paper leaves backgrounds out unless told: white letters on a coloured chip would vanish. */
const PRINTED = '-webkit-print-color-adjust:exact;print-color-adjust:exact';

/** The HTML and plain text of a frozen notice. Tables and inline styles only: mail programs drop the rest. */
export function renderMail({ subject, body, footer, links = [] }: NoticeText, pictures: readonly MailPicture[] = []): { html: string; text: string } {
  const blocks = noticeBlocks(body);
  const rows = [...blocks.map(renderBlock), ...pictures.map(renderPicture), ...links.map(renderLink)].join('');
  const html = `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escape(subject)}</title></head>
<body style="margin:0;padding:0;background-color:#f2f3f5">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f2f3f5"><tr><td align="center" style="padding:16px 8px">
<!--[if mso]><table role="presentation" width="640" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff" style="width:100%;max-width:640px;border-top:4px solid #b71c1c;${FONT};color:#1f2329;text-align:left">
<tr><td style="padding:20px 20px 4px 20px;font-size:19px;line-height:28px;font-weight:bold">${escape(subject)}</td></tr>
${rows}<tr><td style="padding:16px 20px 20px 20px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td style="border-top:1px solid #e5e6eb;padding-top:12px;font-size:13px;line-height:20px;color:#646a73;word-break:break-all">${footer.map(escape).join('<br>')}</td></tr></table></td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table></body></html>
`;
  const text = `${[...blocks.map(plainBlock), ...links.map(({ label, url }) => `${label}:\n${url}`)].join('\n\n')}\n\n--\n${footer.join('\n')}\n`;
  return { html, text };
}

function renderBlock(block: NoticeBlock): string {
  switch (block.kind) {
    case 'heading':
      return `<tr><td style="padding:16px 20px 2px 20px;font-size:16px;line-height:24px;font-weight:bold;color:#b71c1c">${escape(block.text)}</td></tr>\n`;
    case 'paragraph':
      return `<tr><td style="padding:8px 20px;font-size:15px;line-height:25px;word-break:break-word">${block.lines.map(escape).join('<br>')}</td></tr>\n`;
    case 'items':
      return `<tr><td style="padding:6px 20px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${block.items.map(renderItem).join('')}</table></td></tr>\n`;
  }
}

function renderItem({ light, text }: { light: Light; text: string }): string {
  const [background, ink] = CHIPS[light];
  return `<tr><td width="38" valign="top" style="padding:9px 10px 9px 0;border-bottom:1px solid #eef0f2"><table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td bgcolor="${background}" align="center" style="width:28px;height:22px;background-color:${background};color:${ink};${PRINTED};font-size:13px;line-height:22px;font-weight:bold;border-radius:4px">${light}</td></tr></table></td><td valign="top" style="padding:8px 0;border-bottom:1px solid #eef0f2;font-size:15px;line-height:24px;word-break:break-word">${escape(text)}</td></tr>`;
}

function renderPicture({ cid, alt }: MailPicture): string {
  return `<tr><td style="padding:12px 20px"><img src="cid:${escape(cid)}" alt="${escape(alt)}" width="600" style="display:block;width:100%;max-width:600px;height:auto;border:0"></td></tr>\n`;
}

function renderLink({ label, url }: MailLink): string {
  return `<tr><td style="padding:6px 20px"><a href="${escape(url)}" style="display:inline-block;padding:9px 18px;border:1px solid #1f2329;border-radius:6px;color:#1f2329;font-size:15px;text-decoration:none">${escape(label)}</a></td></tr>\n`;
}

function plainBlock(block: NoticeBlock): string {
  switch (block.kind) {
    case 'heading': return `■ ${block.text}`;
    case 'paragraph': return block.lines.join('\n');
    case 'items': return block.items.map(({ light, text }) => `【${light}】${text}`).join('\n');
  }
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
