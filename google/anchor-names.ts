/** Developer metadata of a sheet, whose value is the contract key. It goes along when people rename the sheet. */
export const SHEET_ANCHOR = 'duban.sheet';
/** Developer metadata of a column, whose value is `<sheet key>.<column key>`. It goes along when people move the column. */
export const COLUMN_ANCHOR = 'duban.column';
/** Developer metadata of the spreadsheet: its own id when it was set up. A copy carries the id of its original. */
export const HOME_ANCHOR = 'duban.home';
/** Developer metadata of the spreadsheet: which call wrote last, for a host that lost the answer of one. */
export const BATCH_MARK = 'duban.batch';
/** Developer metadata of the spreadsheet: which machine sends its mails, and until when. */
export const SENDER_MARK = 'duban.sender';
/** Google lets an id stand once only in a spreadsheet: of two calls that make this entry one fails. */
export const SENDER_MARK_ID = 731_990_217;
const HOME_CELL_PREFIX = 'duban_home_';

/** The named range of a cell of 首页; Google allows no dots after the manner of other names. */
export function homeRangeName(key: string): string {
  return HOME_CELL_PREFIX + key;
}

export function homeKeyOf(rangeName: string): string | null {
  return rangeName.startsWith(HOME_CELL_PREFIX) ? rangeName.slice(HOME_CELL_PREFIX.length) : null;
}
