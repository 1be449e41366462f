/** One line of the table: a measured value beside its bound, their ratio, and the largest ratio that holds (null: shown only). */
export interface Measurement {
  readonly what: string;
  readonly measured: string;
  readonly bound: string;
  readonly ratio: number;
  readonly budget: number | null;
}

const COLUMNS = ['what', 'measured', 'bound', 'ratio', 'budget', 'holds'] as const;

export function formatTable(measurements: readonly Measurement[]): string {
  const lines = measurements.map(({ what, measured, bound, ratio, budget }) => [
    what, measured, bound, ratio.toFixed(2), budget === null ? '' : `<= ${budget}`, budget === null ? '' : ratio <= budget ? 'yes' : 'no',
  ]);
  const widths = COLUMNS.map((title, column) => Math.max(title.length, ...lines.map((line) => widthOf(line[column]!))));
  const row = (cells: readonly string[]): string => cells.map((cell, column) => cell + ' '.repeat(widths[column]! - widthOf(cell))).join('  ').trimEnd();
  return [row(COLUMNS), row(widths.map((width) => '-'.repeat(width))), ...lines.map(row)].join('\n');
}

/** Chinese characters are two columns wide on a terminal. */
function widthOf(text: string): number {
  return text.length + (text.match(/[\u2e80-\uffef]/g)?.length ?? 0);
}
