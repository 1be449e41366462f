import { dayOf, type Day, type Moment } from '../calendar/plain-date.ts';
import type { CellsOf } from '../workbook/columns.ts';
import { splitNames } from '../workbook/names.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';

/** Bulletins that settle the figures of their period: once signed, the period is locked. */
export const SETTLING: readonly string[] = ['', '月度通报', '督查通报', '季度排名', '年度总评'];

export interface BulletinFaults {
  /** Sentences by row of 通报, those of its entries included. */
  readonly ofBulletin: ReadonlyMap<ParsedRow<'bulletins'>, readonly string[]>;
  readonly ofEntry: ReadonlyMap<ParsedRow<'bulletinEntries'>, readonly string[]>;
}

const NONE: BulletinFaults = { ofBulletin: new Map(), ofEntry: new Map() };

/**
 * What keeps bulletins from being published: vague words in their text or entries, and entries that name no unit or person
 * (logistics 15). A unit's head is named with the unit.
 */
export function bulletinFaults(workbook: Workbook, today: Day): BulletinFaults {
  const { naming } = workbook.policy.bulletins;
  if (naming === undefined) return NONE;
  // The words in force on the day of publication: a later list changes nothing that is out.
  const wordsFor = (at: Moment | null): string[] => splitNames(workbook.parameters.text(naming.wordsKey, at === null ? today : dayOf(at)));
  const publishedAt = new Map(workbook.sheets.bulletins.rows.map(({ cells }) => [cells.bulletinId, cells.publishedAt]));
  const ofEntry = new Map<ParsedRow<'bulletinEntries'>, string[]>();
  const byId = new Map<string, string[]>();
  for (const row of workbook.sheets.bulletinEntries.rows) {
    const sentences = entryFaults(workbook, row.cells, wordsFor(publishedAt.get(row.cells.bulletinId) ?? null), naming.clause);
    if (sentences.length === 0) continue;
    ofEntry.set(row, sentences);
    byId.set(row.cells.bulletinId, [...byId.get(row.cells.bulletinId) ?? [], ...sentences.map((sentence) => `「通报条目」${sentence}`)]);
  }
  const ofBulletin = new Map<ParsedRow<'bulletins'>, string[]>();
  for (const row of workbook.sheets.bulletins.rows) {
    const { cells } = row;
    const vague = wordsFor(cells.publishedAt).filter((word) => cells.subject.includes(word) || cells.body.includes(word));
    const sentences = [
      ...(vague.length === 0 ? [] : [`通报用了含糊词语「${vague.join('、')}」,不能发布:请写明单位和人员(${naming.clause})`]),
      ...(cells.bulletinId === '' ? [] : byId.get(cells.bulletinId) ?? []),
    ];
    if (sentences.length > 0) ofBulletin.set(row, sentences);
  }
  return { ofBulletin, ofEntry };
}

function entryFaults(workbook: Workbook, cells: CellsOf<'bulletinEntries'>, words: readonly string[], clause: string): string[] {
  const faults: string[] = [];
  if (cells.unit === '') faults.push(`须写明单位(${clause})`);
  else if (cells.person === '' && (workbook.directory.unit(cells.unit)?.head ?? '') === '') faults.push(`须写明人员(${clause})`);
  const vague = words.filter((word) => cells.matter.includes(word));
  if (vague.length > 0) faults.push(`用了含糊词语「${vague.join('、')}」,请指名道姓(${clause})`);
  return faults;
}

/** A bulletin that is signed or sent and has no fault: nothing else counts as issued. */
export function isIssuedBulletin(row: ParsedRow<'bulletins'>, faults: BulletinFaults): boolean {
  return (row.cells.status === '已签发' || row.cells.status === '已发送') && !faults.ofBulletin.has(row);
}
