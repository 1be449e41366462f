import { MimeType, type ImageContent, type TemplateData } from 'easy-template-x';
import { chineseDate, openingSentence, rankingGroups, rankNote, type BulletinData, type LateItem, type RankingRow } from './bulletin-data.ts';
import { fillTemplate, type DocumentTemplate } from './docx-template.ts';
import { percentText, plainText } from './document-text.ts';
import { rankingChartPng } from './ranking-chart.ts';

/** The room for a picture between the margins of the template, in pixels at 96 dpi. */
const PICTURE = { width: 580, height: 800 };

export const BULLETIN_TEMPLATE: DocumentTemplate = { file: 'bulletin.docx', tags: new Set([
  '标题', '期间', '文首', '分组', '组名', '排名', '名次', '单位', '应办数', '按时办结数', '办结率', '延期率', '退办数', '扣分', '排名图',
  '有排名说明', '排名说明', '有逾期', '无逾期', '逾期件数', '逾期', '编号', '事项', '牵头单位', '时限', '超期', '落款', '日期',
]) };

/**
 * The bulletin of a period as a .docx that an office can edit. `template` is an office's own .docx with the tags of
 * templates/documents/bulletin.docx; that one where none is given. A confidential item shows its number alone. Throws a
 * TemplateError on a template that can't be filled.
 */
export async function bulletinDocx(data: BulletinData, template?: Uint8Array): Promise<Uint8Array> {
  return fillTemplate(BULLETIN_TEMPLATE, await content(data), template);
}

async function content(data: BulletinData): Promise<TemplateData> {
  const groups = rankingGroups(data.ranking);
  const note = rankNote(data);
  return {
    标题: plainText(data.title),
    期间: plainText(data.period),
    文首: plainText(openingSentence(data)),
    分组: await Promise.all(groups.map(async ({ name, rows }) => ({
      组名: groups.length > 1 ? plainText(name) : '各单位',
      排名: rows.map(rankingCells),
      排名图: await chartPicture(rows, `${data.period}按时办结率${groups.length > 1 ? ` ${name}` : ''}`),
    }))),
    有排名说明: note !== '',
    排名说明: note,
    有逾期: data.late.length > 0,
    无逾期: data.late.length === 0,
    逾期件数: String(data.late.length),
    逾期: data.late.map(lateCells),
    落款: plainText(data.issuer),
    日期: chineseDate(data.date),
  };
}

/** A line of a ranking as a table of a document takes it. */
export function rankingCells(row: RankingRow): TemplateData {
  return {
    名次: plainText(row.rank),
    单位: plainText(row.unit),
    应办数: String(row.dueCount),
    按时办结数: String(row.onTimeCount),
    办结率: percentText(row.rate),
    延期率: percentText(row.extensionRate),
    退办数: String(row.returnCount),
    扣分: String(row.points),
  };
}

function lateCells({ itemId, title, unit, deadline, daysLate, confidential }: LateItem): TemplateData {
  const shown = (text: string): string => (confidential ? '—' : plainText(text));
  return { 编号: plainText(itemId), 事项: shown(title), 牵头单位: shown(unit), 时限: shown(deadline), 超期: shown(String(daysLate)) };
}

/** The chart of a ranking as a picture that fits between the margins. */
export async function chartPicture(rows: readonly RankingRow[], title: string): Promise<ImageContent> {
  const png = await rankingChartPng(rows, title);
  const header = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const [width, height] = [header.getUint32(16), header.getUint32(20)];
  const scale = Math.min(PICTURE.width / width, PICTURE.height / height);
  return {
    _type: 'image',
    source: Buffer.from(png),
    format: MimeType.Png,
    width: Math.round(width * scale),
    height: Math.round(height * scale),
    altText: '各单位按时办结率排名图',
  };
}
