import { isRecord, type Act, type CellEdit } from '#screens';

/** What a page sent as an act, field by field: anybody can call the function with anything. Attachments don't come this way. */
export function readAct(sent: unknown): Act | null {
  if (!isRecord(sent)) return null;
  const reader = new Reader(sent);
  const act = actOf(reader);
  return reader.isWhole ? act : null;
}

export function readCell(sent: unknown): CellEdit | null {
  if (!isRecord(sent)) return null;
  const reader = new Reader(sent);
  const cell = { itemId: reader.id('itemId'), column: reader.text('column'), seen: reader.text('seen'), text: reader.text('text') };
  return reader.isWhole ? cell : null;
}

function actOf(from: Reader): Act | null {
  switch (from.text('act')) {
    case 'feedback': return { act: 'feedback', itemId: from.id('itemId'), type: from.one('type', ['进展', '结果'], '进展'), progress: from.text('progress'), nextPlan: from.text('nextPlan', ''), attachments: [] };
    case 'submit': return { act: 'submit', feedbackId: from.id('feedbackId'), text: from.text('text') };
    case 'review-feedback': return { act: 'review-feedback', feedbackId: from.id('feedbackId') };
    case 'hand-in': return { act: 'hand-in', itemId: from.id('itemId'), result: from.text('result') };
    case 'request': return { act: 'request', itemId: from.id('itemId'), type: from.one('type', ['延期', '暂停', '恢复', '协调', '非职责退回']), reason: from.text('reason'), workDone: from.text('workDone', ''), limit: from.text('limit', '') };
    case 'decide': return { act: 'decide', requestId: from.id('requestId'), decision: from.one('decision', ['同意', '不同意', '转报']), opinion: from.text('opinion', ''), limit: from.text('limit', '') };
    case 'confirm-score': return { act: 'confirm-score', scoreId: from.id('scoreId'), points: from.text('points'), seen: from.text('seen', ''), note: from.text('note', '') };
    case 'appeal': return { act: 'appeal', scoreId: from.id('scoreId'), reason: from.text('reason') };
    case 'review-appeal': return { act: 'review-appeal', scoreId: from.id('scoreId'), result: from.one('result', ['维持', '调整', '撤销']), points: from.text('points', ''), note: from.text('note', '') };
    case 'sign-notice': return { act: 'sign-notice', noticeId: from.id('noticeId'), decision: from.one('decision', ['签发', '取消', '重发']) };
    case 'draft-bulletin': return { act: 'draft-bulletin', bulletinId: from.id('bulletinId'), seen: from.text('seen'), body: from.text('body'), handUp: from.yes('handUp') };
    case 'sign-bulletin': return { act: 'sign-bulletin', bulletinId: from.id('bulletinId'), seen: from.text('seen') };
    case 'read': return { act: 'read' };
    default: return null;
  }
}

const LONGEST = 20_000;
const LONGEST_ID = 300;

class Reader {
  isWhole = true;
  private readonly sent: Readonly<Record<string, unknown>>;

  constructor(sent: Readonly<Record<string, unknown>>) {
    this.sent = sent;
  }

  text(key: string, instead?: string): string {
    const value = this.sent[key] ?? instead;
    if (typeof value === 'string' && value.length <= LONGEST) return value;
    this.isWhole = false;
    return '';
  }

  id(key: string): string {
    const value = this.text(key);
    if (value === '' || value.length > LONGEST_ID) this.isWhole = false;
    return value;
  }

  one<T extends string>(key: string, choices: readonly T[], instead?: T): T {
    const found = choices.find((choice) => choice === this.text(key, instead));
    if (found === undefined) this.isWhole = false;
    return found ?? choices[0]!;
  }

  yes(key: string): boolean {
    const value = this.sent[key] ?? false;
    if (typeof value !== 'boolean') this.isWhole = false;
    return value === true;
  }
}
