import type { TemplateData } from 'easy-template-x';
import type { Day, DocumentDefinition, FilledDocument, FilledRegister, PolicyId } from '#core';
import { chineseDate } from './bulletin-data.ts';
import { fillTemplate, type DocumentTemplate } from './docx-template.ts';
import { namedClauses, plainText } from './document-text.ts';

const HEAD_TAGS = ['标题', '编号', '督办部门', '制度', '依据条款', '制表日期'];
const NODE_TAGS = ['节点行', '序号', '节点名称', '节点责任人', '节点时限', '节点状态'];
/** A form lists its fields also as 栏 (名, 值), for a template that takes them as they come. */
const FORM_TAGS = ['表', ...HEAD_TAGS, '栏', '名', '值', '有待补', '待补', ...NODE_TAGS];
/** Lines to write by hand where a plan has fewer steps. */
const LEAST_NODES = 4;
const UNSIGNED = '签字：　　　　　　　年　　月　　日';

/** Who prints the forms, and how people call a clause. */
export interface FormHead {
  readonly policy: PolicyId;
  readonly policyName: string;
  readonly supervisingUnit: string;
  readonly date: Day;
  readonly articleOf: (clause: string) => string;
}

/** The template of a form or register that a regulation names; every label is a tag, one that is signed also with 签字 after it. */
export function formTemplate(policy: PolicyId, definitions: readonly DocumentDefinition[], name: string): DocumentTemplate {
  const mine = definitions.filter((definition) => definition.name === name);
  const labels = mine.flatMap(({ fields }) => fields.flatMap(({ label, from }) => ('opinionBy' in from || 'blank' in from ? [label, `${label}签字`] : [label])));
  return mine.some(({ register }) => register === true)
    ? { name, policy, tags: new Set([...HEAD_TAGS, '件数', '行', ...labels]), needs: '行' }
    : { name, policy, tags: new Set([...FORM_TAGS, ...labels]), needs: '表' };
}

/**
 * Forms of one name as one .docx in the layout of their regulation, each on a page of its own. Throws a TemplateError on an office's
 * own template that can't be filled.
 */
export function formDocx(template: DocumentTemplate, forms: readonly FilledDocument[], head: FormHead, own?: Uint8Array): Promise<Uint8Array> {
  return fillTemplate(template, { 表: forms.map((form) => formCells(form, head)) }, own);
}

/** A register as a .docx across the page, one row an item. */
export function registerDocx(template: DocumentTemplate, { title, clause, columns, rows }: FilledRegister, head: FormHead, own?: Uint8Array): Promise<Uint8Array> {
  return fillTemplate(template, {
    ...headCells(title, clause, head), 编号: '', 件数: String(rows.length), 行: rows.map((row) => Object.fromEntries(columns.map((column, place) => [column, plainText(row[place]!)]))),
  }, own);
}

function headCells(title: string, clause: string, { policyName, supervisingUnit, date, articleOf }: FormHead): TemplateData {
  return { 标题: plainText(title), 督办部门: plainText(supervisingUnit), 制度: plainText(policyName), 依据条款: plainText(articleOf(clause)), 制表日期: chineseDate(date) };
}

function formCells({ title, number, clause, fields, signatures, nodes, missing }: FilledDocument, head: FormHead): TemplateData {
  const values = fields.map(([label, value]): [string, string] => [label, namedClauses(plainText(value), head.articleOf)]);
  const steps = [...nodes, ...Array<null>(Math.max(0, LEAST_NODES - nodes.length)).fill(null)];
  return {
    ...headCells(title, clause, head), ...Object.fromEntries(values), ...Object.fromEntries(signatures.map(([label, value]) => [`${label}签字`, value === '' ? UNSIGNED : plainText(value)])), 编号: plainText(number),
    栏: values.map(([名, 值]) => ({ 名: plainText(名), 值 })), 有待补: missing.length > 0, 待补: plainText(missing.join('、')),
    节点行: steps.map((node, index) => ({ 序号: String(index + 1), 节点名称: plainText(node?.title ?? ''), 节点责任人: plainText(node?.handler ?? ''), 节点时限: node?.limit ?? '', 节点状态: node?.status ?? '' })),
  };
}
