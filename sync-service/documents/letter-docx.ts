import { fillTemplate, type DocumentTemplate } from './docx-template.ts';
import { plainText } from './document-text.ts';
import { paragraphsOf } from './paragraphs.ts';

export const LETTER_TEMPLATE: DocumentTemplate = { name: '通知', policy: null, tags: new Set(['标题', '文号', '有主送', '主送', '段', '是标题', '是正文', '文', '落款', '签发', '日期']) };

/** A notice as it was sent, word for word; '' where there is none. */
export interface Letter {
  readonly title: string;
  readonly number: string;
  readonly to: string;
  readonly body: string;
  readonly issuer: string;
  readonly signer: string;
  /** As people write it. */
  readonly date: string;
  /** How people call a clause. */
  readonly articleOf: (clause: string) => string;
}

/** A notice as a .docx in the look of an official paper. `own`: an office's own template. Throws a TemplateError on one that can't be filled. */
export function letterDocx({ title, number, to, body, issuer, signer, date, articleOf }: Letter, own?: Uint8Array): Promise<Uint8Array> {
  return fillTemplate(LETTER_TEMPLATE, {
    标题: plainText(title), 文号: plainText(number), 有主送: to !== '', 主送: plainText(to), 落款: plainText(issuer), 签发: signer === '' ? '' : `签发人：${plainText(signer)}`, 日期: date,
    // The greeting of a mail is the line above.
    段: paragraphsOf(to === '' ? body : body.replace(/^.*您好[:：]\n/, ''), issuer, articleOf),
  }, own);
}
