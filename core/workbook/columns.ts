/**
 * The workbook contract as data. Templates, validations, protections, parsers, the contract's documentation and the
 * Bitable field set are all derived from SHEETS; nothing else in the code names a header.
 */
import type { Column, RowOf } from './column-types.ts';
import { ITEM_COLUMNS } from './columns-items.ts';
import {
  ARCHIVE_COLUMNS, BASELINE_COLUMNS, BULLETIN_COLUMNS, BULLETIN_ENTRY_COLUMNS, CALENDAR_COLUMNS, FEEDBACK_COLUMNS,
  HISTORY_COLUMNS, INSPECTION_COLUMNS, NOTICE_COLUMNS, PARAMETER_COLUMNS, PERSON_COLUMNS, RANKING_COLUMNS,
  RECUSAL_COLUMNS, REQUEST_COLUMNS, RUN_COLUMNS, SANCTION_COLUMNS, SCORE_COLUMNS, UNIT_COLUMNS,
} from './columns-records.ts';

export interface Sheet<C extends readonly Column[] = readonly Column[]> {
  readonly name: string;
  readonly columns: C;
  /** Key of the column whose value identifies a row; null where rows have none. */
  readonly id: string | null;
  /** Columns up to this one stay in view when scrolling sideways. */
  readonly frozenThrough: string;
  /** Protected whole in a spreadsheet (every column is automation's). */
  readonly protected?: boolean;
  readonly hidden?: boolean;
  /** A run needs only the last row (to append after it); hosts may leave the others out of the snapshot. */
  readonly tailOnly?: boolean;
}

function sheet<const C extends readonly Column[]>(
  name: string, columns: C, id: C[number]['key'] | null, frozenThrough: C[number]['key'],
  more: Pick<Sheet, 'protected' | 'hidden' | 'tailOnly'> = {},
): Sheet<C> {
  return { name, columns, id, frozenThrough, ...more };
}

/** Every data sheet by key, in tab order; 首页 (home) comes before them and is described in home-layout.ts. */
export const SHEETS = {
  items: sheet('督办台账', ITEM_COLUMNS, 'itemId', 'title'),
  requests: sheet('申请审批', REQUEST_COLUMNS, 'requestId', 'type'),
  feedback: sheet('进展反馈', FEEDBACK_COLUMNS, 'feedbackId', 'itemId'),
  inspections: sheet('督查记录', INSPECTION_COLUMNS, 'inspectionId', 'date'),
  notices: sheet('通知', NOTICE_COLUMNS, 'noticeId', 'type'),
  scores: sheet('考核计分', SCORE_COLUMNS, 'scoreId', 'unit'),
  sanctions: sheet('问责处理', SANCTION_COLUMNS, 'sanctionId', 'date'),
  rankings: sheet('排名', RANKING_COLUMNS, null, 'unit', { protected: true }),
  bulletins: sheet('通报', BULLETIN_COLUMNS, 'bulletinId', 'type'),
  bulletinEntries: sheet('通报条目', BULLETIN_ENTRY_COLUMNS, null, 'unit'),
  units: sheet('单位', UNIT_COLUMNS, 'name', 'name'),
  people: sheet('人员', PERSON_COLUMNS, null, 'name'),
  recusals: sheet('回避', RECUSAL_COLUMNS, null, 'person'),
  calendar: sheet('工作日历', CALENDAR_COLUMNS, null, 'date'),
  parameters: sheet('制度参数', PARAMETER_COLUMNS, null, 'key'),
  archives: sheet('归档案卷', ARCHIVE_COLUMNS, 'archiveNo', 'itemId'),
  history: sheet('流转记录', HISTORY_COLUMNS, null, 'seq', { protected: true, tailOnly: true }),
  runs: sheet('运行记录', RUN_COLUMNS, 'runId', 'runId', { protected: true, tailOnly: true }),
  baseline: sheet('底账', BASELINE_COLUMNS, 'itemId', 'itemId', { protected: true, hidden: true }),
} as const;

export const HOME_SHEET_NAME = '首页';

export type SheetKey = keyof typeof SHEETS;
export const SHEET_KEYS = Object.keys(SHEETS) as SheetKey[];

/** The parsed cells of one row of a sheet. */
export type CellsOf<S extends SheetKey> = RowOf<(typeof SHEETS)[S]['columns']>;
export type ColumnKey<S extends SheetKey> = (typeof SHEETS)[S]['columns'][number]['key'];

/** A sheet's columns without their literal types, for code that treats all sheets alike. */
export function columnsOf(key: SheetKey): readonly Column[] {
  return SHEETS[key].columns;
}

/** How people call a column. */
export function headerOf(sheetKey: SheetKey, columnKey: string): string {
  return columnsOf(sheetKey).find((candidate) => candidate.key === columnKey)?.header ?? columnKey;
}

/** Hidden anchor name of a column (a defined name in xlsx, developer metadata on Google). */
export function anchorName(sheetKey: SheetKey, columnKey: string): string {
  return `_duban.${sheetKey}.${columnKey}`;
}
