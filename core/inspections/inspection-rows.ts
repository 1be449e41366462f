import { withBasis } from '../workbook/basis.ts';
import type { Day } from '../calendar/plain-date.ts';
import type { ItemFacts } from '../lifecycle/item-facts.ts';
import type { ChangeList } from '../plan/change-list.ts';
import { assignIds } from '../plan/ids.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import type { Lookup } from '../workbook/by-item.ts';
import { headerOf, type CellsOf } from '../workbook/columns.ts';
import type { RowIssue } from '../workbook/issue.ts';
import { splitNames } from '../workbook/names.ts';
import type { ParsedRow } from '../workbook/parse-sheet.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { RowRef } from '../workbook/snapshot.ts';
import { isFromOtherUnit, isQualified, nextInspector, recusalReason, type Inspected } from './inspectors.ts';

/** A record that counts as an inspection of a unit on a day. */
export interface Inspection {
  readonly unit: string;
  readonly on: Day;
  readonly item: ItemFacts | undefined;
}

interface Finding { readonly message: string; readonly refuses: boolean }

/**
 * Completes 督查记录 and says in 提示 what a record lacks. Returns those that count: finished, by somebody who need not
 * stand aside, and not 自查, which is the unit's own (logistics 9).
 */
export function planInspections(
  workbook: Workbook, facts: Lookup<ItemFacts>, hintsOf: ReadonlyMap<RowRef, readonly string[]>, clock: RunClock, changes: ChangeList, issues: RowIssue[],
): Inspection[] {
  const sheet = workbook.sheets.inspections;
  const clause = workbook.policy.inspections?.clause ?? workbook.policy.clauses.handling;
  const blank = sheet.rows.filter((row) => row.cells.inspectionId === '').map((row) => row.ref);
  const fresh = blank.length === 0 ? new Map<RowRef, string>() : assignIds('DC', sheet.rows.map((row) => row.cells.inspectionId), blank, clock.today);
  const counted: Inspection[] = [];
  for (const row of sheet.rows) {
    const { cells } = row;
    const id = cells.inspectionId === '' ? null : cells.inspectionId;
    const item = facts.get(cells.itemId);
    const inspected = inspectedBy(workbook, cells, item, clock);
    const findings = findingsOf(workbook, row, item, inspected, clock);
    for (const { message } of findings) {
      issues.push({ code: 'inspection-incomplete', severity: 'hint', sheet: sheet.name, row: row.ref, column: null, value: '', message, because: clause });
    }
    if (id === null) changes.want(sheet, row, null, 'inspectionId', fresh.get(row.ref) ?? null, clause);
    changes.want(sheet, row, id, 'hint', [...(hintsOf.get(row.ref) ?? []), ...findings.map((finding) => withBasis(finding.message))].join('；'), clause);
    if (cells.form !== '自查' && cells.date !== null && cells.date <= clock.today && inspected.unit !== '' && !findings.some((finding) => finding.refuses)) {
      counted.push({ unit: inspected.unit, on: cells.date, item });
    }
  }
  reportMembers(workbook, issues);
  return counted;
}

function inspectedBy(workbook: Workbook, cells: CellsOf<'inspections'>, item: ItemFacts | undefined, clock: RunClock): Inspected {
  const unit = cells.unit === '' ? item?.unit ?? '' : cells.unit;
  const people = [item?.cells.handler ?? '', item?.cells.dutyPerson ?? '', workbook.directory.unit(unit)?.head ?? ''].filter((name) => name !== '');
  return { unit, people, on: cells.date ?? clock.today };
}

function findingsOf(workbook: Workbook, row: ParsedRow<'inspections'>, item: ItemFacts | undefined, inspected: Inspected, clock: RunClock): Finding[] {
  const { cells } = row;
  const rules = workbook.policy.inspections;
  const found: Finding[] = [];
  if (cells.itemId !== '' && item === undefined) found.push({ message: `没有事项「${cells.itemId}」:请核对「事项编号」`, refuses: false });
  if (cells.itemId === '' && cells.unit === '') found.push({ message: '请填「单位」或「事项编号」', refuses: true });
  if (cells.date === null) found.push({ message: '请填督查「日期」', refuses: true });
  if (rules === undefined) return found;
  const done = cells.date !== null && cells.date <= clock.today;
  if (rules.methods !== undefined && done && cells.method === '') {
    found.push({ message: `请选择督查「方式」:${rules.methods.values.join('、')}等(${rules.methods.clause})`, refuses: false });
  }
  if (cells.form === '自查') return found;
  if (rules.required !== undefined && done) {
    const missing = rules.required.columns.filter((column) => cells[column] === null || cells[column] === '').map((column) => `「${headerOf('inspections', column)}」`);
    if (missing.length > 0) found.push({ message: `督查记录不全,不能作为一次督查:请填${missing.join('、')}(${rules.required.clause})`, refuses: true });
  }
  for (const name of splitNames(cells.inspector)) {
    const reason = rules.recusal === undefined ? null : recusalReason(workbook, name, inspected);
    if (reason !== null) {
      const instead = nextInspector(workbook, name, inspected);
      found.push({
        message: `「${name}」应回避「${inspected.unit}」(${reason}),此次指派不生效:请改派${instead ?? '其他成员'}(${rules.recusal!})`, refuses: true,
      });
      continue;
    }
    const person = workbook.directory.person(name);
    if (rules.qualification !== undefined && person !== null && !isQualified(person)) {
      found.push({ message: `「${name}」的「资格确认」未勾选三项条件:只可由督查组组长指派,请组长确认(${rules.qualification})`, refuses: false });
    }
    if (person !== null && isFromOtherUnit(workbook, person)) {
      found.push({ message: `「${name}」不是督查组成员,此次督查不计:请改派督查组成员(${rules.memberUnits!.clause})`, refuses: true });
    }
  }
  return found;
}

/** logistics 5: a member from another unit is refused: a hint, and the person is not of the group. */
function reportMembers(workbook: Workbook, issues: RowIssue[]): void {
  const rule = workbook.policy.inspections?.memberUnits;
  if (rule === undefined) return;
  for (const row of workbook.sheets.people.rows) {
    if (row.cells.active === '否' || !isFromOtherUnit(workbook, row.cells)) continue;
    issues.push({
      code: 'value-out-of-range', severity: 'hint', sheet: workbook.sheets.people.name, row: row.ref, column: '角色', value: row.cells.roles,
      message: `「${row.cells.name}」来自${row.cells.unit === '' ? '未填单位' : row.cells.unit},督查组成员只由${rule.units.join('、')}人员兼任,不计入督查组:请改换人选(${rule.clause})`, because: rule.clause,
    });
  }
}
