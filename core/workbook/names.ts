const SEPARATOR = /[、,，;；/\n]/;

/** Splits a cell that lists names: 、 is the contract's separator; commas, semicolons and slashes are tolerated. */
export function splitNames(text: string): string[] {
  if (text === '') return [];
  if (SEPARATOR.test(text)) return text.split(SEPARATOR).map((name) => name.trim()).filter((name) => name !== '');
  const name = text.trim();
  return name === '' ? [] : [name];
}

/** What a cell of 附件 names: links, relative paths, or papers by their names alone. */
export function attachmentNames(cell: string): string[] {
  return cell.split(/[、;；\n]/).map((name) => name.trim()).filter((name) => name !== '');
}
