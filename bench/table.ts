/** One line of the table: a measured value beside its bound, their ratio, and the largest ratio that holds (null: shown only). */
export interface Measurement {
  readonly what: string;
  readonly measured: string;
  readonly bound: string;
  readonly ratio: number;
  readonly budget: number | null;
}

const WIDTHS = [74, 11, 11, 6, 8, 5] as const;
export const HEADING = lineOf(['what', 'measured', 'bound', 'ratio', 'budget', 'holds']);

/** One line, of widths fixed beforehand: a measurement that takes minutes is shown when it is found, not with the last. */
export function formatLine({ what, measured, bound, ratio, budget }: Measurement): string {
  return lineOf([what, measured, bound, ratio.toFixed(2), budget === null ? '' : `<= ${budget}`, budget === null ? '' : ratio <= budget ? 'yes' : 'no']);
}

function lineOf(cells: readonly string[]): string {
  return cells.map((cell, column) => cell + ' '.repeat(Math.max(0, WIDTHS[column]! - widthOf(cell)))).join('  ').trimEnd();
}

/** Chinese characters are two columns wide on a terminal. */
function widthOf(text: string): number {
  return text.length + (text.match(/[\u2e80-\uffef]/g)?.length ?? 0);
}
