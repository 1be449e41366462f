import { SECRECY_NOTICE, type SheetKey, type Workbook } from '#core';
import { contractFields } from './contract-fields.ts';
import type { Filled, Form } from './form.ts';

/** Forms that add one row of people's to a sheet. */
export const ROW_FORMS = {
  newItem: {
    sheet: 'items', title: '新建督办', intro: `${SECRECY_NOTICE}登记后编号、时限和灯号由巡检填写;留空的按制度默认。`, submit: '登记',
    keys: ['title*', 'leadUnit*', 'handler', 'category', 'form', 'sourceType', 'sourceRef', 'deadlineSet', 'requirement', 'urgency', 'importance', 'coUnits', 'confidentiality', 'receivedAt', 'remark'],
    done: '已登记:编号和时限将在下次巡检时填写',
  },
  request: {
    sheet: 'requests', title: '申请延期/暂停/办结', intro: '申请写入「申请审批」,由应批人审批后生效。', submit: '提出申请',
    keys: ['itemId*', 'type*', 'applicant*', 'reason*', 'workDone', 'requestedLimit', 'otherUnit', 'bothReasons', 'attachments'],
    done: '申请已提出:应批人和批复期限将在下次巡检时填写',
  },
  inspection: {
    sheet: 'inspections', title: '登记督查', intro: '', submit: '登记',
    keys: ['date*', 'unit', 'itemId', 'form', 'method*', 'inspector*', 'facts*', 'opinion', 'suggestion', 'rectifyBy'],
    done: '督查记录已登记',
  },
  score: {
    sheet: 'scores', title: '手动打分', intro: '扣分填负数。确认分值由确认人负责,下次巡检核对后生效。', submit: '记分',
    keys: ['itemId', 'unit', 'person', 'reason*', 'confirmed*', 'confirmedBy*', 'note'],
    done: '已记分:下次巡检核对后生效',
  },
} as const satisfies Readonly<Record<string, { sheet: SheetKey; title: string; intro: string; submit: string; keys: readonly string[]; done: string }>>;

export type RowFormId = keyof typeof ROW_FORMS;

export function rowForm(id: RowFormId, workbook: Workbook, values: Filled): Form {
  const { sheet, title, intro, submit, keys } = ROW_FORMS[id];
  return { id, title, intro, submit, fields: contractFields(workbook, sheet, keys.filter((key) => !isHidden(workbook, sheet, key)), values) };
}

/** Columns that the policy has no use for are not asked for. */
function isHidden(workbook: Workbook, sheet: SheetKey, key: string): boolean {
  return sheet === 'items' && (workbook.policy.hiddenColumns as readonly string[]).includes(key.replace('*', ''));
}

/** What a row must have beyond its required fields, by field. */
export function rowProblems(id: RowFormId, filled: Filled): Record<string, string> {
  const has = (key: string): boolean => (filled[key] ?? '').trim() !== '';
  switch (id) {
    case 'request': {
      const type = (filled['type'] ?? '').trim();
      if ((type === '延期' || type === '重定时限') && !has('requestedLimit')) return { requestedLimit: `申请${type}请填写「申请时限」` };
      if (type === '分歧协调' && !has('otherUnit')) return { otherUnit: '分歧协调请填写「对方单位」' };
      return {};
    }
    case 'score': return has('itemId') || has('unit') ? {} : { unit: '请填写「事项编号」或「单位」' };
    case 'newItem':
    case 'inspection': return {};
  }
}
