import type { TemplateData } from 'easy-template-x';
import type { Day, FilledDocument } from '#core';
import { chineseDate } from './bulletin-data.ts';
import { fillTemplate, type DocumentTemplate } from './docx-template.ts';
import { plainText } from './document-text.ts';

export const FORM_TEMPLATE: DocumentTemplate = { file: 'form.docx', tags: new Set(['表', '标题', '编号', '督办部门', '制度', '依据条款', '日期', '栏', '名', '值', '有待补', '待补']) };

/** Who prints the forms, and how people call a clause. */
export interface FormHead {
  readonly policyName: string;
  readonly supervisingUnit: string;
  readonly date: Day;
  readonly articleOf: (clause: string) => string;
}

/**
 * Forms of a regulation as one .docx, each on a page of its own. An office's own template of a form may also name single fields by
 * their labels, e.g. {工作内容}. Throws a TemplateError on a template that can't be filled.
 */
export function formDocx(forms: readonly FilledDocument[], head: FormHead, own?: Uint8Array): Promise<Uint8Array> {
  const labels = forms.flatMap(({ fields }) => fields.map(([label]) => label));
  return fillTemplate({ file: FORM_TEMPLATE.file, tags: new Set([...FORM_TEMPLATE.tags, ...labels]) }, { 表: forms.map((form) => formCells(form, head)) }, own);
}

function formCells({ title, number, clause, fields, missing }: FilledDocument, { policyName, supervisingUnit, date, articleOf }: FormHead): TemplateData {
  const values = fields.map(([label, value]): [string, string] => [label, plainText(value)]);
  return {
    ...Object.fromEntries(values),
    标题: plainText(title), 编号: plainText(number), 督办部门: plainText(supervisingUnit), 制度: plainText(policyName), 依据条款: plainText(articleOf(clause)), 日期: chineseDate(date),
    栏: values.map(([名, 值]) => ({ 名: plainText(名), 值 })), 有待补: missing.length > 0, 待补: plainText(missing.join('、')),
  };
}
