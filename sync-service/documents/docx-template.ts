import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TemplateHandler, type TemplateData } from 'easy-template-x';

/** A template that can't be filled: a sentence in Chinese that says what to put right in Word or WPS. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

export interface DocumentTemplate {
  /** File name under templates/documents. */
  readonly file: string;
  /** Every tag it may use; an office's own template is checked against it. */
  readonly tags: ReadonlySet<string>;
}

/**
 * A .docx filled with data: the shipped template, or an office's own where its bytes are given. Throws a TemplateError on a
 * template that is no .docx, has an unknown tag or an unclosed one.
 */
export async function fillTemplate({ file, tags }: DocumentTemplate, data: TemplateData, own?: Uint8Array): Promise<Uint8Array> {
  const bytes = Buffer.from(own ?? await readFile(shippedTemplate(file)));
  const handler = new TemplateHandler();
  try {
    const unknown = [...new Set((await handler.parseTags(bytes)).map(({ name }) => name))].filter((name) => name !== '' && !tags.has(name));
    if (unknown.length > 0) throw new TemplateError(`文书模板里有不认识的标签 ${unknown.map((name) => `{${name}}`).join('、')}，请改为：${[...tags].join('、')}`);
    return new Uint8Array(await handler.process(bytes, data));
  } catch (error) {
    if (error instanceof TemplateError) throw error;
    const said = error instanceof Error ? error.message : String(error);
    throw new TemplateError(`文书模板不能使用：请确认它是 .docx 文件，且每个 {#…} 都有 {/…} 与之配对（${said}）`, { cause: error });
  }
}

/** The template beside the sources, found from the source file as well as from the bundle in dist/. */
function shippedTemplate(file: string): string {
  const path = join('templates', 'documents', file);
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, path))) return join(folder, path);
    if (folder === dirname(folder)) throw new TemplateError(`安装不完整：缺少 ${path}`);
  }
}
