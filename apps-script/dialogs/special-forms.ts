import { DECISIONS, headerOf, parsePeriod, periodBefore, periodName, periodOf, planReport, SIGNING_MODES, type Change, type Day, type Moment, type Workbook } from '#core';
import { POLICIES } from '#policies';
import { contractFields } from './contract-fields.ts';
import { field, optionsOf, refuse, type Answer, type Filled, type Form } from './form.ts';
import { readFilled } from './read-filled.ts';

/** What a form that changes standing rows wants: changes to check and write, and what to tell then. */
export interface Wanted { readonly changes: readonly Change[]; readonly done: string }

const LEVELS = [1, 2, 3] as const;

export function policyForm(): Form {
  return {
    id: 'policy', title: '选择适用制度', intro: '工作簿按所选制度计算时限、提醒和计分。选定后会建好全部工作表,约需一分钟。', submit: '开始初始化',
    fields: [field('policy', '适用制度', 'choice', { required: true, options: Object.values(POLICIES).map(({ id, name }) => [id, `${name}(${id})`]) })],
  };
}

export function approvalForm(workbook: Workbook, values: Filled): Form {
  const open = workbook.sheets.requests.rows.filter(({ cells }) => cells.requestId !== '' && (cells.outcome === '审批中' || cells.outcome === ''));
  return {
    id: 'approval', title: '审批申请', intro: open.length === 0 ? '目前没有待批的申请。' : '', submit: '签批',
    fields: [
      field('requestId', '申请', 'choice', {
        required: true, value: values['requestId'] ?? '',
        options: open.map(({ cells }) => [cells.requestId, `${cells.requestId} ${cells.type} ${cells.itemId}(${cells.approverNow === '' ? '待确定应批人' : cells.approverNow})`]),
      }),
      ...contractFields(workbook, 'requests', ['approver1*']).map((own) => ({ ...own, key: 'approver', label: '审批人' })),
      field('decision', '结论', 'choice', { required: true, options: optionsOf(DECISIONS) }),
      field('opinion', '意见', 'long'),
      ...contractFields(workbook, 'requests', ['grantedLimit', 'overrideReason']),
      field('signingMode', '签批方式', 'choice', { options: optionsOf(SIGNING_MODES), help: '代领导录入的选“代录”' }),
    ],
  };
}

/** An approver's decision goes into the first level that has none. */
export function approve(workbook: Workbook, filled: Filled): Wanted | Answer {
  const form = approvalForm(workbook, {});
  const row = workbook.sheets.requests.rows.find(({ cells }) => cells.requestId === filled['requestId']);
  if (row === undefined) return refuse({ requestId: '请选择一件申请' });
  const level = LEVELS.find((candidate) => row.cells[`decision${candidate}`] === '');
  if (level === undefined) return refuse({ requestId: '这件申请各级都已有结论' });
  const own = { [`approver${level}`]: filled['approver'] ?? '', [`decision${level}`]: filled['decision'] ?? '', [`opinion${level}`]: filled['opinion'] ?? '' };
  const fields = contractFields(workbook, 'requests', [`approver${level}*`, `decision${level}*`, `opinion${level}`, 'grantedLimit', 'overrideReason', 'signingMode']);
  const { cells, errors } = readFilled(workbook, 'requests', fields, { ...filled, ...own });
  const problems = Object.fromEntries(Object.entries(errors).map(([key, message]) => [key.replace(String(level), ''), message]));
  if (Object.keys(problems).length > 0) return refuse(problems);
  const changes = Object.entries(cells as Record<string, string | number | null>).map(([column, value]): Change => ({
    kind: 'cell', sheet: 'requests', row: { id: row.cells.requestId, ref: row.ref }, column, because: '表单',
    before: null, after: column === 'grantedLimit' ? { kind: 'moment', moment: value as Moment } : value,
  }));
  return { changes, done: `已签批「${form.fields[0]!.options.find(([id]) => id === row.cells.requestId)?.[1] ?? row.cells.requestId}」` };
}

export function bulletinForm(today: Day): Form {
  const kinds = ['month', 'quarter', 'year'] as const;
  const periods = kinds.flatMap((kind) => {
    const current = periodOf(kind, today);
    return [periodBefore(current), current];
  });
  return {
    id: 'bulletin', title: '生成通报', submit: '生成', intro: '写入「排名」和「通报」草稿;已锁定的期间不改写。',
    fields: [field('period', headerOf('bulletins', 'period'), 'choice', { required: true, value: periods[0]!.id, options: periods.map((period) => [period.id, periodName(period)]) })],
  };
}

export function bulletin(workbook: Workbook, filled: Filled, now: Moment): Wanted | Answer {
  const period = parsePeriod(filled['period'] ?? '');
  if (period === null) return refuse({ period: '请选择期间' });
  const { changes, title } = planReport(workbook, period, now);
  return { changes, done: changes.length === 0 ? `${title}:已有草稿或期间已锁定,没有改动` : `${title}:排名和草稿已写入` };
}
