import type { TemplateData } from 'easy-template-x';
import { rankingGroups, type RankingRow } from './bulletin-data.ts';
import { fillTemplate, type DocumentTemplate } from './docx-template.ts';
import { plainText } from './document-text.ts';
import { chartPicture, rankingCells } from './report-docx.ts';

export const LETTER_TEMPLATE: DocumentTemplate = { file: 'letter.docx', tags: new Set([
  '标题', '文号', '有主送', '主送', '段', '文', '分组', '组名', '排名', '名次', '单位', '应办数', '按时办结数', '办结率', '延期率', '退办数', '扣分', '排名图',
  '有条目', '条目', '人员', '表彰批评', '事由', '落款', '签发', '日期', '有指纹', '指纹',
]) };

/** A letter or bulletin as it was signed, word for word; '' where there is none. */
export interface Letter {
  readonly title: string;
  readonly number: string;
  readonly to: string;
  readonly body: string;
  /** What stands behind it, for a period's bulletin. */
  readonly ranking: readonly RankingRow[];
  readonly entries: readonly { readonly unit: string; readonly person: string; readonly verdict: string; readonly matter: string }[];
  readonly issuer: string;
  readonly signer: string;
  /** As people write it. */
  readonly date: string;
  /** sha256 of what was signed. */
  readonly fingerprint: string;
}

/** A letter as a .docx in the look of an official paper. `own`: an office's own template. Throws a TemplateError on one that can't be filled. */
export async function letterDocx(letter: Letter, own?: Uint8Array): Promise<Uint8Array> {
  return fillTemplate(LETTER_TEMPLATE, await cellsOf(letter), own);
}

async function cellsOf({ title, number, to, body, ranking, entries, issuer, signer, date, fingerprint }: Letter): Promise<TemplateData> {
  const groups = rankingGroups(ranking);
  return {
    标题: plainText(title), 文号: plainText(number), 有主送: to !== '', 主送: plainText(to), 落款: plainText(issuer), 签发: signer === '' ? '' : `签发人：${plainText(signer)}`, 日期: date,
    // What marks a heading in a mail is no sign of a paper.
    段: plainText(body).split('\n').map((line) => line.replace(/^#+\s*/, '').trim()).filter((line) => line !== '').map((文) => ({ 文 })),
    分组: await Promise.all(groups.map(async ({ name, rows }) => ({
      组名: groups.length > 1 ? plainText(name) : '各单位', 排名: rows.map(rankingCells), 排名图: await chartPicture(rows, `按时办结率${groups.length > 1 ? ` ${name}` : ''}`),
    }))),
    有条目: entries.length > 0, 条目: entries.map((entry) => ({ 单位: plainText(entry.unit), 人员: plainText(entry.person), 表彰批评: entry.verdict, 事由: plainText(entry.matter) })),
    有指纹: fingerprint !== '', 指纹: fingerprint,
  };
}
