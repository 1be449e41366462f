import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TagDisposition, TemplateHandler, type TemplateData } from 'easy-template-x';
import type { PolicyId } from '#core';

/** A template that can't be filled: a sentence in Chinese for each fault, which says what to put right in Word or WPS. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';

  readonly faults: readonly string[];

  constructor(document: string, faults: readonly string[], options?: ErrorOptions) {
    super(`文书模板「${document}」不能使用：${faults.length === 1 ? faults[0]! : `有 ${faults.length} 处要改。${faults.map((fault, index) => `${index + 1}. ${fault}`).join('；')}`}`, options);
    this.faults = faults;
  }
}

export interface DocumentTemplate {
  /** The document's name: that of the file, shipped or an office's own, without .docx. */
  readonly name: string;
  /** The regulation whose layout it is; null for what all share. */
  readonly policy: PolicyId | null;
  /** Every tag it may use; an office's own template is checked against it. */
  readonly tags: ReadonlySet<string>;
  /** The repeated part without which it would stay blank. */
  readonly needs?: string;
}

/**
 * A .docx filled with data: the shipped template, or an office's own where its bytes are given. Throws a TemplateError with all
 * faults of a template that is no .docx, or whose tags are unknown or not in pairs.
 */
export async function fillTemplate(template: DocumentTemplate, data: TemplateData, own?: Uint8Array): Promise<Uint8Array> {
  const bytes = Buffer.from(own ?? await readFile(shippedTemplate(template)));
  const handler = new TemplateHandler();
  try {
    const faults = [...faultsOf(await handler.parseTags(bytes), template), ...strayBraces(await handler.getText(bytes))];
    if (faults.length > 0) throw new TemplateError(template.name, faults);
    return new Uint8Array(await handler.process(bytes, data));
  } catch (error) {
    if (error instanceof TemplateError) throw error;
    const said = error instanceof Error ? error.message : String(error);
    throw new TemplateError(template.name, [`请确认它是 .docx 文件，标签的花括号都成对（${said}）`], { cause: error });
  }
}

type Tag = Awaited<ReturnType<TemplateHandler['parseTags']>>[number];

function faultsOf(found: readonly Tag[], { tags, needs }: DocumentTemplate): string[] {
  const faults: string[] = [];
  const unknown = [...new Set(found.map(({ name }) => name))].filter((name) => name !== '' && !tags.has(name));
  if (unknown.length > 0) faults.push(`不认识的标签 ${unknown.map((name) => `{${name}}`).join('、')}，可用的有：${[...tags].join('、')}`);
  const open: Tag[] = [];
  for (const tag of found) {
    if (tag.disposition === TagDisposition.Open) open.push(tag);
    if (tag.disposition !== TagDisposition.Close) continue;
    const partner = tag.name === '' ? open.length - 1 : open.map(({ name }) => name).lastIndexOf(tag.name);
    if (partner === -1) faults.push(`{/${tag.name}} 前面没有 {#${tag.name}}`);
    // What was opened inside and not closed.
    else faults.push(...open.splice(partner).slice(1).map(unclosed));
  }
  faults.push(...open.map(unclosed));
  if (needs !== undefined && !found.some(({ name, disposition }) => name === needs && disposition === TagDisposition.Open)) faults.push(`缺少 {#${needs}}：各栏要写在 {#${needs}} 和 {/${needs}} 之间`);
  return faults;
}

/** A brace without its partner would be printed as it stands; told by the words around it. */
function strayBraces(text: string): string[] {
  const rest = text.replace(/\{[^{}]*\}/g, (tag) => '·'.repeat(tag.length));
  return [...rest.matchAll(/[{}]/g)].map(({ index }) => `花括号不成对：「…${text.slice(Math.max(0, index - 6), index + 10)}…」`);
}

function unclosed({ name }: Tag): string {
  return `{#${name}} 后面没有 {/${name}}`;
}

/** The template beside the sources, found from the source file as well as from the bundle in dist/. */
function shippedTemplate({ name, policy }: DocumentTemplate): string {
  const path = join('templates', policy ?? '', 'documents', `${name}.docx`);
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, path))) return join(folder, path);
    if (folder === dirname(folder)) throw new TemplateError(name, [`安装不完整：缺少 ${path}`]);
  }
}
