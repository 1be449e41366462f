/** Splits a cell that lists names: 、 is the contract's separator; commas, semicolons and slashes are tolerated. */
export function splitNames(text: string): string[] {
  if (text === '') return [];
  return text.split(/[、,，;；/\n]/).map((name) => name.trim()).filter((name) => name !== '');
}
