import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder beside a workbook in which an office keeps its own templates, one .docx a document, named as the document is. */
export const TEMPLATES_FOLDER = '文书模板';

/** An office's own template of a document; undefined where it has none and the shipped one serves. */
export function ownTemplate(folder: string | null, name: string): Uint8Array | undefined {
  const file = folder === null ? null : join(folder, TEMPLATES_FOLDER, `${name}.docx`);
  return file === null || !existsSync(file) ? undefined : new Uint8Array(readFileSync(file));
}
