const SEPARATOR = /[、,，;；/\n]/;

/** Splits a cell that lists names: 、 is the contract's separator; commas, semicolons and slashes are tolerated. */
export function splitNames(text: string): string[] {
  if (text === '') return [];
  return (SEPARATOR.test(text) ? text.split(SEPARATOR) : [text]).map((name) => name.trim()).filter((name) => name !== '');
}
