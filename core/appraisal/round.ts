/** Points and coefficients to two decimals, as they are kept and compared. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
