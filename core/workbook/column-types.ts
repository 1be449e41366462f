import type { Day, Moment } from '../calendar/plain-date.ts';

/** P people's, A automation's, S shared, `P*` people's with a blank id or stamp that automation fills. */
export type Editor = 'P' | 'P*' | 'A' | 'S';

/**
 * What a column holds.
 * `limit`: a deadline; a bare date runs to 23:59 of its day, an hour is kept. `choice`: one of `values`, or of the
 * policy's own list. `list`: names separated by 、. `ref`: another row's id.
 */
export type ColumnType = 'text' | 'id' | 'ref' | 'choice' | 'list' | 'unit' | 'person' | 'day' | 'limit' | 'moment' | 'number' | 'percent';

export type ParsedOf<T extends ColumnType> =
  T extends 'day' ? Day | null
    : T extends 'limit' | 'moment' ? Moment | null
      : T extends 'number' | 'percent' ? number | null
        : string;

export type ColumnGroup = 'visible' | 'intake' | 'limits' | 'closing';

export interface Column<K extends string = string, T extends ColumnType = ColumnType> {
  readonly key: K;
  readonly header: string;
  readonly type: T;
  readonly editor: Editor;
  /** Dropdown values; absent where the list comes from the policy or from another sheet. */
  readonly values?: readonly string[];
  /** Other headers under which offices keep this column. */
  readonly synonyms?: readonly string[];
  readonly group?: ColumnGroup;
  /** Width in characters of the default font. */
  readonly width?: number;
}

/** A column of the contract. */
export function column<const K extends string, const T extends ColumnType>(
  key: K, header: string, type: T, editor: Editor, more: Omit<Column, 'key' | 'header' | 'type' | 'editor'> = {},
): Column<K, T> {
  return { key, header, type, editor, ...more };
}

/** The typed row that a list of columns parses into. */
export type RowOf<C extends readonly Column[]> = { -readonly [X in C[number] as X['key']]: ParsedOf<X['type']> };
