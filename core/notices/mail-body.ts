import type { Day } from '../calendar/plain-date.ts';
import { documentsAtIssue } from '../policy/issue-documents.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { DueNotice } from './due-notice.ts';
import type { WantedNotice } from './plan-notices.ts';
import { letter } from './words.ts';

/** A due notice as the ledger holds it: a digest member is one line, a formal notice a letter. */
export function wantedFrom(workbook: Workbook, due: DueNotice, today: Day): WantedNotice {
  const formal = due.rule.channel === '邮件';
  return {
    key: due.key, type: due.rule.type, itemId: due.facts.id, recipient: due.recipient, copy: due.copy, channel: due.rule.channel,
    subject: due.subject, body: formal ? letter(workbook, due.recipient, contentOf(workbook, due), today) : due.line, clause: due.rule.clause,
    needsSignature: due.rule.signedBy !== undefined,
  };
}

function contentOf(workbook: Workbook, due: DueNotice): string[] {
  const { cells } = due.facts;
  const details = cells.confidentiality === '保密' ? [] : [
    cells.requirement === '' ? '' : `内容及要求:${cells.requirement}`,
    cells.dispatchOpinion === '' ? '' : `分办意见:${cells.dispatchOpinion}`,
    due.rule.type === '立项下发' ? enclosures(workbook, cells) : '',
  ].filter((line) => line !== '');
  return [due.line, ...due.details, ...details];
}

/** What goes out with 立项下发: the regulation's own sheets and the item's material (tax 4.2). */
function enclosures(workbook: Workbook, cells: CellsOf<'items'>): string {
  const parts = [documentsAtIssue(workbook.policy, cells).map((name) => `《${name}》`).join(''), cells.attachments].filter((part) => part !== '');
  return parts.length === 0 ? '' : `附:${parts.join('、')}`;
}
