import { judgeStatus } from '../lifecycle/judge-edit.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { DraftedItem } from './drafted-items.ts';

/**
 * A document that was done in part becomes a proposed item of its own, linked by 来源文号 (bus 12.3); the
 * office decides whether it is registered. Its id follows from the document's, so that a second run adds none.
 */
export function stageDrafts(workbook: Workbook): DraftedItem[] {
  const clause = workbook.policy.clauses.stageItem;
  if (clause === undefined) return [];
  const drafts: DraftedItem[] = [];
  for (const row of workbook.sheets.items.rows) {
    const { cells } = row;
    if (cells.status !== '阶段性办毕' || cells.itemId === '') continue;
    const itemId = `${cells.itemId}-督办`;
    if (workbook.index.item.has(itemId) || workbook.index.baseline.has(itemId) || workbook.index.doubledItems.has(cells.itemId)) continue;
    const stood = workbook.index.baseline.get(cells.itemId)?.cells.effectiveStatus;
    if (stood !== undefined && stood !== '阶段性办毕' && judgeStatus(workbook, row, stood, '阶段性办毕').verdict !== 'accept') continue;
    drafts.push({
      clause,
      cells: {
        itemId, title: cells.title, leadUnit: cells.leadUnit, handler: cells.handler, status: '拟立项', form: '督办事项', category: '公文办理',
        importance: '重要', sourceRef: cells.sourceRef === '' ? cells.itemId : cells.sourceRef, confidentiality: cells.confidentiality,
        requirement: `由阶段性办毕的公文 ${cells.itemId} 转来`,
      },
    });
  }
  return drafts;
}
