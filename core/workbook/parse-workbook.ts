import { createCalendar, type CalendarEntry, type WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Moment } from '../calendar/plain-date.ts';
import { parameterDefinitions } from '../policy/parameters.ts';
import { resolveParameters, type Parameters } from '../policy/resolve-parameters.ts';
import type { Policy } from '../policy/schema.ts';
import type { Cell } from './cell.ts';
import { headerOf, SHEETS, type SheetKey } from './columns.ts';
import { compareText, createDirectory, type Directory } from './directory.ts';
import { findSheet } from './bind-columns.ts';
import { indexRows, type RowIndex } from './index-rows.ts';
import { shown, type RowIssue } from './issue.ts';
import { parseSheet, type ChoiceLists, type ParsedSheet } from './parse-sheet.ts';
import { reclaimIds } from './reclaim-ids.ts';
import type { Mishap, WorkbookSnapshot } from './snapshot.ts';

export type ParsedSheets = { readonly [S in SheetKey]: ParsedSheet<S> };

/** The workbook with meaning: typed rows, the policy and its parameters, the calendar, who is who, and indexes. */
export interface Workbook {
  readonly policy: Policy;
  readonly parameters: Parameters;
  readonly calendar: WorkingCalendar;
  readonly directory: Directory;
  readonly sheets: ParsedSheets;
  readonly index: RowIndex;
  readonly home: Readonly<Record<string, Cell>> | null;
  readonly modifiedAt: Moment | null;
  readonly isCopy: boolean;
  readonly isDrill: boolean;
  /** Items whose 状态 strict mode does not put back yet. */
  readonly editedLately: ReadonlySet<string>;
  /** What the host remembers of earlier mishaps, for 首页; null where it keeps none. */
  readonly mishaps: readonly Mishap[] | null;
  /** What reading found; the plan turns those of a row into its 提示. */
  readonly issues: readonly RowIssue[];
}

const NOTHING_EDITED: ReadonlySet<string> = new Set();

export interface ParseResult {
  /** Null where the workbook can't be run at all (no or unknown policy, no item sheet); `issues` says why. */
  readonly workbook: Workbook | null;
  readonly issues: readonly RowIssue[];
}

/** Gives meaning to a snapshot. Never throws on content: what can't be read becomes an issue. */
export function parseWorkbook(snapshot: WorkbookSnapshot, policies: Readonly<Record<string, Policy>>): ParseResult {
  const issues: RowIssue[] = [];
  const read = <S extends SheetKey>(key: S, choices: ChoiceLists): ParsedSheet<S> =>
    parseSheet(findSheet(snapshot, key), key, choices, issues);

  const parameterSheet = read('parameters', {});
  const policy = choosePolicy(parameterSheet, policies, issues);
  if (policy === null) return { workbook: null, issues };

  const choices: ChoiceLists = {
    'items.category': policy.categories,
    'items.form': policy.forms,
    'items.sourceType': policy.sourceTypes,
    'items.status': policy.statuses,
  };
  const asWritten: ParsedSheets = {
    items: read('items', choices),
    requests: read('requests', choices),
    feedback: read('feedback', choices),
    inspections: read('inspections', choices),
    notices: read('notices', choices),
    scores: read('scores', choices),
    sanctions: read('sanctions', choices),
    rankings: read('rankings', choices),
    bulletins: read('bulletins', choices),
    bulletinEntries: read('bulletinEntries', choices),
    units: read('units', choices),
    people: read('people', choices),
    recusals: read('recusals', choices),
    calendar: read('calendar', choices),
    parameters: parameterSheet,
    archives: read('archives', choices),
    history: read('history', choices),
    runs: read('runs', choices),
    baseline: read('baseline', choices),
  };
  const sheets: ParsedSheets = { ...asWritten, items: reclaimIds(asWritten.items, asWritten.baseline, issues) };
  nameClauses(policy, sheets, issues);
  const { items, baseline, notices } = sheets;
  // Without ids every row would be taken for a new one, and everything be sent again.
  if (items.columns.itemId === undefined || baseline.columns.itemId === undefined || notices.columns.noticeId === undefined) return { workbook: null, issues };

  const resolved = resolveParameters(parameterDefinitions(policy), parameterSheet.rows.map(({ ref, cells }) => ({
    ref, key: cells.key, value: cells.value, effectiveFrom: cells.effectiveFrom,
  })));
  for (const issue of resolved.issues) {
    issues.push({
      code: issue.code, severity: 'hint', sheet: parameterSheet.name, row: issue.ref, column: '值',
      value: shown(issue.value), message: issue.message, because: issue.key,
    });
  }
  const entries: CalendarEntry[] = [];
  for (const { cells } of sheets.calendar.rows) {
    if (cells.date !== null && (cells.type === '休' || cells.type === '班')) entries.push({ day: cells.date, type: cells.type });
  }
  const directory = createDirectory(sheets.units, sheets.people);
  const workbook: Workbook = {
    policy, parameters: resolved.parameters, calendar: createCalendar(entries), directory, sheets,
    index: indexRows(sheets, issues), home: snapshot.home, modifiedAt: snapshot.modifiedAt, isCopy: snapshot.isCopy, isDrill: snapshot.isDrill === true, editedLately: snapshot.editedLately ?? NOTHING_EDITED, mishaps: snapshot.mishaps ?? null, issues,
  };
  return { workbook, issues };
}

/** A category or form that the regulation does not know is told with its article. */
function nameClauses(policy: Policy, { items }: ParsedSheets, issues: RowIssue[]): void {
  const clauses = policy.choiceClauses;
  if (clauses === undefined) return;
  const byHeader = new Map<string | null, string | undefined>([[headerOf('items', 'category'), clauses.category], [headerOf('items', 'form'), clauses.form]]);
  issues.forEach((issue, index) => {
    const clause = issue.code === 'value-unknown' && issue.sheet === items.name ? byHeader.get(issue.column) : undefined;
    if (clause !== undefined) issues[index] = { ...issue, message: `${issue.message}(${clause})`, because: clause };
  });
}

function choosePolicy(
  sheet: ParsedSheet<'parameters'>, policies: Readonly<Record<string, Policy>>, issues: RowIssue[],
): Policy | null {
  if (!sheet.present) return null;
  // Items of one regulation are never judged by another: a workbook keeps the one that it began with.
  const rows = sheet.rows.filter(({ cells }) => cells.key === 'policy')
    .sort((a, b) => (a.cells.effectiveFrom ?? -Infinity) - (b.cells.effectiveFrom ?? -Infinity) || compareText(a.cells.value, b.cells.value));
  const row = rows.find(({ cells }) => Object.hasOwn(policies, cells.value.trim())) ?? rows[0];
  const id = row === undefined ? '' : row.cells.value.trim();
  const policy = Object.hasOwn(policies, id) ? policies[id]! : null;
  if (policy === null) {
    const known = Object.values(policies).map((candidate) => `${candidate.id}(${candidate.name})`).join('、');
    issues.push({
      code: 'policy-unknown', severity: 'error', sheet: SHEETS.parameters.name, row: row?.ref ?? null, column: '值',
      value: shown(id),
      message: id === '' ? `没有指定适用制度:请在「${SHEETS.parameters.name}」中键为 policy 的一行填写 ${known} 之一`
        : `不认识的制度「${shown(id)}」:请改为 ${known} 之一`,
      because: 'policy',
    });
  }
  for (const other of policy === null ? [] : rows) {
    const value = other.cells.value.trim();
    if (value === id) continue;
    issues.push({
      code: 'parameter-invalid', severity: 'hint', sheet: SHEETS.parameters.name, row: other.ref, column: '值', value: shown(value),
      message: `一个工作簿只按一部制度办理,仍按「${id}」:换用「${shown(value)}」请先锁定并存档本簿,再用 duban init 新建`, because: 'policy',
    });
  }
  return policy;
}
