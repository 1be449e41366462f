/** The letters of a 0-based column. */
export function columnLetters(place: number): string {
  return (place >= 26 ? columnLetters(Math.floor(place / 26) - 1) : '') + String.fromCharCode(65 + place % 26);
}
