import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PolicyId } from '#core';
import { DOCUMENTS } from '../../templates/document-register.ts';
import { bulletinTemplate } from '../documents/bulletin-docx.ts';
import { CONFIRMATION_TEMPLATE } from '../documents/confirmation-docx.ts';
import { fillTemplate, TemplateError, type DocumentTemplate } from '../documents/docx-template.ts';
import { formTemplate } from '../documents/form-docx.ts';
import { LETTER_TEMPLATE } from '../documents/letter-docx.ts';
import { TEMPLATES_FOLDER } from '../documents/own-template.ts';
import { bad, ok, warn, type Finding } from './finding.ts';

/** Every document of a regulation that is made from a template. */
export function templatesOf(policy: PolicyId): readonly DocumentTemplate[] {
  const names = new Set(DOCUMENTS[policy].map(({ name }) => name));
  return [bulletinTemplate(policy), CONFIRMATION_TEMPLATE, LETTER_TEMPLATE, ...[...names].map((name) => formTemplate(policy, DOCUMENTS[policy], name))];
}

/**
 * Whether a workbook's documents can be written, by the office's own templates in `folder` where it has any: they are edited in Word
 * or WPS, and a broken tag would show only at the month's end.
 */
export async function checkTemplates(policy: PolicyId, folder: string): Promise<Finding[]> {
  const place = join(folder, TEMPLATES_FOLDER);
  const own = existsSync(place) ? readdirSync(place).filter((name) => /^[^~.].*\.docx$/i.test(name)).map((name) => name.slice(0, -'.docx'.length)) : [];
  const templates = templatesOf(policy);
  const findings: Finding[] = [];
  for (const template of templates) {
    const isOwn = own.includes(template.name);
    for (const fault of await faultsOf(template, isOwn ? new Uint8Array(readFileSync(join(place, `${template.name}.docx`))) : undefined)) {
      findings.push(bad(`文书模板 ${template.name}`, fault, isOwn ? `请在 Word 或 WPS 里改正 ${join(place, `${template.name}.docx`)};删掉它就用安装包里的` : '请用安装包里的原文件替换 templates 下的这个文件'));
    }
  }
  const stray = own.filter((name) => templates.every((template) => template.name !== name));
  if (stray.length > 0) findings.push(warn('文书模板', `「${TEMPLATES_FOLDER}」里的 ${stray.map((name) => `${name}.docx`).join('、')} 不是任何文书的名字,不会用到`, `可用的名字:${templates.map(({ name }) => name).join('、')}`));
  return findings.length > 0 ? findings : [ok('文书模板', `${templates.length} 种文书的模板可以使用${own.length === 0 ? '' : `,其中 ${own.length} 种是本单位自己的`}`)];
}

async function faultsOf(template: DocumentTemplate, own: Uint8Array | undefined): Promise<readonly string[]> {
  try {
    await fillTemplate(template, {}, own);
    return [];
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return error.faults;
  }
}
