/** What stands behind a finding that no regulation knows of: docs/workbook-contract.md. */
export const CONTRACT = '工作簿约定';
const NAMED = new RegExp(`\\((?:[A-Za-z][\\w.、-]*|${CONTRACT})\\)$`);

/** A hint with the article, parameter or convention behind it at its end, where it doesn't name one already. */
export function withBasis(message: string, because: string | null = null): string {
  return NAMED.test(message) ? message : `${message}(${because === null || because === '' ? CONTRACT : because})`;
}
