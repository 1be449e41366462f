import { MimeType, type ImageContent, type TemplateData } from 'easy-template-x';
import type { PolicyId } from '#core';
import { rankingGroups, type LateItem, type RankingRow } from './bulletin-data.ts';
import { fillTemplate, type DocumentTemplate } from './docx-template.ts';
import { percentText, plainText } from './document-text.ts';
import { paragraphsOf } from './paragraphs.ts';
import { rankingChartPng } from './ranking-chart.ts';

/** The room for a picture between the margins of the template, in pixels at 96 dpi. */
const PICTURE = { width: 580, height: 800 };

const TAGS = new Set([
  '标题', '文号', '段', '是标题', '是正文', '文', '分组', '组名', '排名', '名次', '单位', '应办数', '按时办结数', '办结率', '延期率', '退办数', '扣分', '排名图', '有排名说明', '排名说明',
  '有逾期', '无逾期', '逾期件数', '逾期', '编号', '事项', '牵头单位', '时限', '超期', '有条目', '条目', '人员', '表彰批评', '事由', '落款', '签发', '日期', '有指纹', '指纹',
]);

/** 通报 of a regulation, under its own head. */
export function bulletinTemplate(policy: PolicyId): DocumentTemplate {
  return { name: '通报', policy, tags: TAGS };
}

/** A bulletin as a draft, or as it was signed, word for word; '' where there is none. */
export interface Bulletin {
  readonly policy: PolicyId;
  readonly title: string;
  readonly number: string;
  readonly body: string;
  /** What stands behind it, for a period's bulletin. */
  readonly ranking: readonly RankingRow[];
  /** Why some bear no rank. */
  readonly rankNote: string;
  /** Null where the words tell it themselves. */
  readonly late: readonly LateItem[] | null;
  readonly entries: readonly { readonly unit: string; readonly person: string; readonly verdict: string; readonly matter: string }[];
  readonly issuer: string;
  readonly signer: string;
  /** As people write it. */
  readonly date: string;
  /** sha256 of what was signed. */
  readonly fingerprint: string;
  /** How people call a clause. */
  readonly articleOf: (clause: string) => string;
}

/**
 * A bulletin as a .docx that an office can edit. `own`: an office's own template. A confidential item shows its number alone.
 * Throws a TemplateError on a template that can't be filled.
 */
export async function bulletinDocx(bulletin: Bulletin, own?: Uint8Array): Promise<Uint8Array> {
  return fillTemplate(bulletinTemplate(bulletin.policy), await cellsOf(bulletin), own);
}

async function cellsOf({ title, number, body, ranking, rankNote, late, entries, issuer, signer, date, fingerprint, articleOf }: Bulletin): Promise<TemplateData> {
  const groups = rankingGroups(ranking);
  return {
    标题: plainText(title), 文号: plainText(number), 落款: plainText(issuer), 签发: signer === '' ? '' : `签发人：${plainText(signer)}`, 日期: date, 段: paragraphsOf(body, issuer, articleOf),
    分组: await Promise.all(groups.map(async ({ name, rows }) => ({
      组名: groups.length > 1 ? plainText(name) : '各单位', 排名: rows.map(rankingCells), 排名图: await chartPicture(rows, `按时办结率${groups.length > 1 ? ` ${name}` : ''}`),
    }))),
    有排名说明: rankNote !== '', 排名说明: rankNote,
    有逾期: late !== null && late.length > 0, 无逾期: late?.length === 0, 逾期件数: String(late?.length ?? 0), 逾期: late?.map(lateCells) ?? [],
    有条目: entries.length > 0, 条目: entries.map((entry) => ({ 单位: plainText(entry.unit), 人员: plainText(entry.person), 表彰批评: entry.verdict, 事由: plainText(entry.matter) })),
    有指纹: fingerprint !== '', 指纹: fingerprint,
  };
}

function rankingCells(row: RankingRow): TemplateData {
  return {
    名次: plainText(row.rank), 单位: plainText(row.unit), 应办数: String(row.dueCount), 按时办结数: String(row.onTimeCount), 办结率: percentText(row.rate),
    延期率: percentText(row.extensionRate), 退办数: String(row.returnCount), 扣分: String(row.points),
  };
}

function lateCells({ itemId, title, unit, deadline, daysLate, confidential }: LateItem): TemplateData {
  const shown = (text: string): string => (confidential ? '—' : plainText(text));
  return { 编号: plainText(itemId), 事项: shown(title), 牵头单位: shown(unit), 时限: shown(deadline), 超期: shown(String(daysLate)) };
}

/** The chart of a ranking as a picture that fits between the margins. */
async function chartPicture(rows: readonly RankingRow[], title: string): Promise<ImageContent> {
  const png = await rankingChartPng(rows, title);
  const header = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const [width, height] = [header.getUint32(16), header.getUint32(20)];
  const scale = Math.min(PICTURE.width / width, PICTURE.height / height);
  return { _type: 'image', source: Buffer.from(png), format: MimeType.Png, width: Math.round(width * scale), height: Math.round(height * scale), altText: '各单位按时办结率排名图' };
}
