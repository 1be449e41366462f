/** Field types of a base, by Feishu's numbers. */
export const FIELD_TYPE = {
  text: 1, number: 2, singleSelect: 3, multiSelect: 4, date: 5, checkbox: 7, person: 11, phone: 13, url: 15, attachment: 17, link: 18, lookup: 19, formula: 20,
  duplexLink: 21, location: 22, group: 23, stage: 24, createdTime: 1001, modifiedTime: 1002, createdBy: 1003, modifiedBy: 1004, autoNumber: 1005,
} as const;

export interface SelectOption { readonly id?: string | undefined; readonly name?: string | undefined; readonly color?: number | undefined }

/** What the program knows of a column of a table. */
export interface BaseField {
  readonly id: string;
  readonly name: string;
  readonly type: number;
  /** Feishu's own settings of the field; a change of the field must send them all again, or they are lost. */
  readonly property: FieldProperty | null;
  readonly description: string;
}

export interface FieldProperty {
  readonly options?: readonly SelectOption[];
  readonly formula_expression?: string;
  readonly [setting: string]: unknown;
}

const WRITABLE: ReadonlySet<number> = new Set([
  FIELD_TYPE.text, FIELD_TYPE.number, FIELD_TYPE.singleSelect, FIELD_TYPE.multiSelect, FIELD_TYPE.date, FIELD_TYPE.checkbox, FIELD_TYPE.phone, FIELD_TYPE.url,
]);

/**
 * Whether the program can put a value of its own into a field. Formulas, numbers that Feishu counts up and the like can't be
 * written at all; persons, links and attachments need ids that the workbook's words don't give.
 */
export function isWritable({ type }: Pick<BaseField, 'type'>): boolean {
  return WRITABLE.has(type);
}

export function isSelect({ type }: Pick<BaseField, 'type'>): boolean {
  return type === FIELD_TYPE.singleSelect || type === FIELD_TYPE.multiSelect;
}

const NAMES: Readonly<Record<number, string>> = {
  1: '文本', 2: '数字', 3: '单选', 4: '多选', 5: '日期', 7: '复选框', 11: '人员', 13: '电话', 15: '超链接', 17: '附件', 18: '单向关联', 19: '查找引用', 20: '公式', 21: '双向关联',
  22: '地理位置', 23: '群组', 24: '流程', 1001: '创建时间', 1002: '最后更新时间', 1003: '创建人', 1004: '修改人', 1005: '自动编号',
};

/** How Feishu's own screens call a field's type. */
export function typeName({ type }: Pick<BaseField, 'type'>): string {
  return NAMES[type] ?? `类型 ${type}`;
}
