import { formatDay, formatLimit, formatMoment, type Day, type Moment } from '../calendar/plain-date.ts';
import { titleFor } from '../notices/recipients.ts';
import { sorted } from '../queries/item-views.ts';
import type { ItemAt, ItemsAt } from '../queries/items-at.ts';
import { maySee } from '../queries/may-see.ts';
import { matchesCondition } from '../policy/match-item.ts';
import { columnsOf, SHEETS, type SheetKey } from '../workbook/columns.ts';
import { compareText } from '../workbook/directory.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { DocumentDefinition, DocumentFact, DocumentField, DocumentSubject, FilledDocument, FilledRegister } from './document.ts';

type Cells = Readonly<Record<string, string | number | null>>;

/**
 * A named document filled from an item and, where it is about a request, an inspection or the like, the latest of these.
 * Null where the policy has no such document for the item. What is wanted and blank is listed, never invented.
 */
export function documentOf(at: ItemsAt, definitions: readonly DocumentDefinition[], name: string, itemId: string): FilledDocument | null {
  const item = at.items.get(itemId);
  const definition = definitions.find((candidate) => candidate.name === name && item !== undefined && matchesCondition(candidate.when, item.facts.cells));
  if (item === undefined || definition === undefined) return null;
  const subject = definition.about === undefined ? null : latestSubject(at.workbook, definition.about, itemId);
  const fields = definition.fields.map((field): [string, string] => [field.label, valueOf(at, item, field, subject)]);
  const missing = definition.fields.filter((field, index) => field.required === true && fields[index]![1] === '').map((field) => field.label);
  const idColumn = definition.about === undefined ? null : SHEETS[definition.about.sheet].id;
  const own = idColumn === null ? '' : String(subject?.[idColumn] ?? '');
  return {
    title: name, number: own === '' || definition.about?.sheet === 'notices' ? itemId : own, clause: definition.clause, fields,
    missing: definition.about !== undefined && subject === null ? [`${SHEETS[definition.about.sheet].name}中没有对应记录`, ...missing] : missing,
  };
}

/** A register: one line for each item of the definition that the viewer may see, confidential ones by number alone (expo-10.5). */
export function registerOf(at: ItemsAt, definitions: readonly DocumentDefinition[], name: string, viewer: string): FilledRegister | null {
  const mine = definitions.filter((definition) => definition.name === name && definition.register === true);
  if (mine.length === 0) return null;
  const rows = sorted([...at.items.values()]).flatMap((item) => {
    const definition = mine.find((candidate) => matchesCondition(candidate.when, item.facts.cells));
    if (definition === undefined || !maySee(at.workbook, item.facts, viewer)) return [];
    const hidden = item.facts.cells.confidentiality === '保密';
    return [[item.facts.id, ...definition.fields.map((field) => (hidden ? hiddenValue(item, field) : valueOf(at, item, field, null)))]];
  });
  return { title: name, columns: ['编号', ...mine[0]!.fields.map((field) => field.label)], rows };
}

function hiddenValue(item: ItemAt, { from }: DocumentField): string {
  return 'item' in from && from.item === 'title' ? titleFor(item.facts) : '';
}

function valueOf(at: ItemsAt, item: ItemAt, { from }: DocumentField, subject: Cells | null): string {
  if ('item' in from) return shownCell('items', from.item, item.facts.cells);
  if ('fact' in from) return factOf(at, item, from.fact);
  if ('request' in from) return shownCell('requests', from.request, subject);
  if ('feedback' in from) return shownCell('feedback', from.feedback, subject);
  if ('inspection' in from) return shownCell('inspections', from.inspection, subject);
  if ('archive' in from) return shownCell('archives', from.archive, subject);
  if ('sanction' in from) return shownCell('sanctions', from.sanction, subject);
  if ('notice' in from) return shownCell('notices', from.notice, subject);
  return '';
}

function factOf({ workbook }: ItemsAt, { facts }: ItemAt, fact: DocumentFact): string {
  const { cells } = facts;
  const unit = workbook.directory.unit(facts.unit);
  const limit = (value: Moment | null): string => (value === null ? '' : formatLimit(value));
  switch (fact) {
    case 'limit': return limit(facts.current);
    case 'limitSet': return limit(facts.original);
    case 'chaseLimit': return limit(facts.chase);
    case 'unit': return facts.unit;
    case 'unitHead': return unit?.head ?? '';
    case 'dutyPerson': return cells.dutyPerson || unit?.dutyPerson || '';
    case 'leaderInCharge': return cells.leaderInCharge || unit?.leaderInCharge || '';
    case 'supervisingUnit': return workbook.policy.supervisingUnit;
    case 'status': return facts.status;
    case 'closedOn': return facts.closedAt === null ? '' : formatMoment(facts.closedAt).slice(0, 10);
    case 'nodes': return (workbook.index.childrenOf.get(facts.id) ?? [])
      .map(({ cells: node }) => [node.title, node.handler, limit(node.deadlineSet)].filter((part) => part !== '').join(' ')).join('；');
  }
}

/** The last record about the item by its number, which grows with time. */
function latestSubject(workbook: Workbook, about: DocumentSubject, itemId: string): Cells | null {
  const rows: readonly { readonly cells: object }[] = workbook.sheets[about.sheet].rows;
  const mine = rows.map((row) => row.cells as Cells)
    .filter((cells) => cells['itemId'] === itemId && (!('type' in about) || cells['type'] === about.type));
  const order = ({ appliedAt, at, date, plannedOn }: Cells): number => Number(appliedAt ?? at ?? date ?? plannedOn ?? 0);
  const idColumn = SHEETS[about.sheet].id ?? '';
  return mine.sort((a, b) => order(a) - order(b) || compareText(String(a[idColumn] ?? ''), String(b[idColumn] ?? ''))).at(-1) ?? null;
}

function shownCell(sheet: SheetKey, column: string, cells: Cells | null): string {
  const value = cells?.[column] ?? null;
  if (value === null || typeof value === 'string') return value ?? '';
  switch (columnsOf(sheet).find((candidate) => candidate.key === column)?.type) {
    case 'day': return formatDay(value as Day);
    case 'limit': return formatLimit(value as Moment);
    case 'moment': return formatMoment(value as Moment);
    case 'percent': return `${Math.round(value * 100)}%`;
    default: return String(value);
  }
}
