import type { Column, ColumnType, Editor } from './column-types.ts';
import { columnsOf, SHEET_KEYS, SHEETS, type Sheet } from './columns.ts';

const TYPE_NAMES: Readonly<Record<ColumnType, string>> = {
  text: '文字', id: '编号', ref: '引用编号', choice: '选项', list: '多项(以、分隔)', unit: '单位', person: '人员',
  day: '日期', limit: '时限', moment: '时间', number: '数字', percent: '百分数',
};

const EDITOR_NAMES: Readonly<Record<Editor, string>> = { P: '人员', 'P*': '人员,空白由程序补', A: '程序', S: '共同' };

/** The workbook contract as a Markdown page for the office, rendered from SHEETS. */
export function contractMarkdown(): string {
  return [
    '# 工作簿约定',
    '',
    '<!-- 由 core/workbook/columns.ts 生成,请勿手改。更新:UPDATE_DOCS=1 npx vitest run test/contract-doc.test.ts -->',
    '',
    '程序按隐藏标记、列名、别名的次序找列,列的先后、行的先后、另加的列和标题行都不影响读取。',
    '「填写」一栏:**人员**——程序从不改写;**人员,空白由程序补**——只在空白时补编号或时间;**程序**——人员改动会被还原;**共同**——人员可改,程序仅按条款改。',
    '时限只写日期的,到当日 24 时为止;写明时刻的,到该时刻为止。',
    ...SHEET_KEYS.flatMap((key) => ['', ...sheetSection(key, SHEETS[key], columnsOf(key))]),
    '',
  ].join('\n');
}

function sheetSection(key: string, sheet: Sheet, columns: readonly Column[]): string[] {
  const identity = sheet.columns.find((column) => column.key === sheet.id);
  const facts = [
    identity === undefined ? '行没有编号' : `以「${identity.header}」识别行`,
    ...(sheet.hidden === true ? ['隐藏'] : []),
    ...(sheet.protected === true ? ['整表由程序填写'] : []),
    ...(sheet.tailOnly === true ? ['程序只读最后一行'] : []),
  ];
  return [
    `## ${sheet.name} \`${key}\``,
    '',
    `${facts.join(';')}。`,
    '',
    '| 列名 | 键 | 类型 | 填写 | 可选值 | 别名 |',
    '|---|---|---|---|---|---|',
    ...columns.map((column) => `| ${[
      column.header, `\`${column.key}\``, TYPE_NAMES[column.type], EDITOR_NAMES[column.editor], valuesOf(column), (column.synonyms ?? []).join('、'),
    ].map(escapeCell).join(' | ')} |`),
  ];
}

function valuesOf(column: Column): string {
  if (column.values !== undefined) return column.values.join('、');
  return column.type === 'choice' ? '由制度规定' : '';
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
