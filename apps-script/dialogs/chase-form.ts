import { dayOf, formatDay, groupOf, isDigestMember, isKnownStatus, matchesCondition, type Change, type Day, type ParsedRow, type Workbook } from '#core';
import { contractFields } from './contract-fields.ts';
import { field, refuse, type Answer, type Filled, type Form } from './form.ts';
import { readFilled, rowOf } from './read-filled.ts';
import type { Wanted } from './special-forms.ts';

/**
 * How an item can be chased under its policy: the chasers that wait are signed; else the chase is registered in 督查记录,
 * where the policy answers that with a notice (platform 2g); else the chasers that went out go out again.
 */
type Way =
  | { readonly kind: 'sign' | 'again'; readonly rows: readonly ParsedRow<'notices'>[] }
  | { readonly kind: 'register' }
  | { readonly kind: 'none'; readonly why: string };

const NOBODY_MARKED = '没有选中台账里的行,列出全部可催办的逾期事项。要催办指定的事项,请先在「督办台账」选中(可按住 Ctrl 多选)再打开。';
const MOST_TOLD = 5;

/** The rows that people marked, or every overdue item, each with what chasing it does. */
export function chaseForm(workbook: Workbook, marked: ReadonlySet<string>, today: Day): Form {
  const rows = workbook.sheets.items.rows.filter(({ cells }) => (marked.size === 0 ? cells.light === '红' : marked.has(cells.itemId)));
  const ways = rows.map((row) => ({ row, way: wayOf(workbook, row, today) }));
  const open = ways.filter(({ way }) => way.kind !== 'none');
  const barred = marked.size === 0 ? [] : ways.flatMap(({ row, way }) => (way.kind === 'none' ? [`${row.cells.itemId} ${way.why}`] : []));
  const told = [
    ...(marked.size === 0 ? [NOBODY_MARKED] : []), ...(open.length === 0 ? ['目前没有可催办的事项。'] : []),
    ...(barred.length === 0 ? [] : [`不能催办:${barred.slice(0, MOST_TOLD).join(';')}${barred.length > MOST_TOLD ? `;等 ${barred.length} 件` : ''}。`]),
  ];
  return {
    id: 'chase', title: '批量催办', submit: '催办', intro: told.join(''),
    fields: [
      field('items', '催办事项', 'ticks', {
        required: true, value: marked.size === 0 ? '' : open.map(({ row }) => row.cells.itemId).join('\n'),
        options: open.map(({ row, way }) => [row.cells.itemId, `${row.cells.itemId} ${row.cells.confidentiality === '保密' ? '' : row.cells.title}(${row.cells.leadUnit}):${wordsOf(way)}`]),
      }),
      ...contractFields(workbook, 'notices', ['signer*']),
    ],
  };
}

/** Chases what was ticked, each item in the way that is open to it by now; the next run sends. */
export function chase(workbook: Workbook, filled: Filled, today: Day): Wanted | Answer {
  const { cells, errors } = readFilled(workbook, 'notices', contractFields(workbook, 'notices', ['signer*']), filled);
  const ticked = new Set((filled['items'] ?? '').split('\n').filter((id) => id !== ''));
  const chosen = workbook.sheets.items.rows.filter((row) => ticked.has(row.cells.itemId)).map((row) => ({ row, way: wayOf(workbook, row, today) }));
  const closed = chosen.flatMap(({ row, way }) => (way.kind === 'none' ? [`${row.cells.itemId} ${way.why}`] : []));
  const problem = chosen.length === 0 ? '请至少勾选一件' : closed.length > 0 ? `不能催办:${closed.slice(0, MOST_TOLD).join(';')}` : null;
  const problems = { ...errors, ...(problem === null ? {} : { items: problem }) };
  if (Object.keys(problems).length > 0) return refuse(problems);
  const signer = cells.signer!;
  const changes = chosen.flatMap(({ row, way }) => changesOf(row, way, signer, today));
  const count = (kind: Way['kind']): number => chosen.filter(({ way }) => way.kind === kind).length;
  const done = ([['sign', '签发'], ['register', '登记'], ['again', '再发']] as const).filter(([kind]) => count(kind) > 0).map(([kind, word]) => `${word} ${count(kind)} 件`);
  return { changes, done: `已催办 ${chosen.length} 件(${done.join('、')}),下次巡检发出` };
}

function wayOf(workbook: Workbook, row: ParsedRow<'items'>, today: Day): Way {
  const { itemId } = row.cells;
  const status = row.cells.status === '' ? '拟立项' : row.cells.status;
  const group = isKnownStatus(status) ? groupOf(status) : 'before';
  if (group !== 'running' && group !== 'returned') return { kind: 'none', why: `状态是「${status}」,不在办理中` };
  const chasers = workbook.index.chasesOf.get(itemId) ?? [];
  const waiting = chasers.filter(({ cells }) => cells.status === '待签');
  if (waiting.length > 0) return { kind: 'sign', rows: waiting };
  if (chasers.some(({ cells }) => cells.status === '待发' || cells.status === '发送中')) return { kind: 'none', why: '已有催办待发' };
  if (workbook.policy.notices.some((rule) => rule.moment.at === 'ordered' && matchesCondition(rule.when, row.cells))) {
    const isRegistered = (workbook.index.inspectionsOf.get(itemId) ?? []).some(({ cells }) => cells.method === '催办' && cells.date === today);
    return isRegistered ? { kind: 'none', why: '今天已登记催办' } : { kind: 'register' };
  }
  const sent = chasers.filter(({ cells }) => !isDigestMember(cells.channel) && (cells.status === '已发' || cells.status === '失败'));
  if (sent.length === 0) return { kind: 'none', why: '没有催办通知:逾期后由巡检拟好' };
  const latest = Math.max(...sent.map(({ cells }) => cells.plannedOn ?? 0));
  const rows = sent.filter(({ cells }) => (cells.plannedOn ?? 0) === latest);
  return rows.some(({ cells }) => cells.sentAt !== null && dayOf(cells.sentAt) === today) ? { kind: 'none', why: '今天已发过催办' } : { kind: 'again', rows };
}

function wordsOf(way: Way): string {
  switch (way.kind) {
    case 'sign': return `签发催办通知 → ${way.rows.map(({ cells }) => cells.recipient).join('、')}`;
    case 'register': return '登记催办,下次巡检通知';
    case 'again': {
      const at = way.rows[0]!.cells.sentAt;
      return `再发催办通知 → ${way.rows.map(({ cells }) => cells.recipient).join('、')}${at === null ? '' : `(上次 ${formatDay(dayOf(at))})`}`;
    }
    case 'none': return way.why;
  }
}

function changesOf(row: ParsedRow<'items'>, way: Way, signer: string, today: Day): Change[] {
  switch (way.kind) {
    case 'sign':
    case 'again': return way.rows.flatMap(({ ref, cells }): Change[] => {
      const shared = { kind: 'cell', sheet: 'notices', row: { id: cells.noticeId, ref }, because: '表单' } as const;
      return [
        { ...shared, column: 'signer', before: cells.signer === '' ? null : cells.signer, after: signer },
        { ...shared, column: 'status', before: cells.status, after: '待发' },
      ];
    });
    case 'register': return [rowOf('inspections', { date: today, itemId: row.cells.itemId, unit: row.cells.leadUnit, method: '催办', inspector: signer, facts: '批量催办' })];
    case 'none': return [];
  }
}
