import { formatDay, formatLimit, formatMoment, type Day, type Moment } from '../calendar/plain-date.ts';
import { titleFor } from '../notices/recipients.ts';
import { sorted } from '../queries/item-views.ts';
import type { ItemAt, ItemsAt } from '../queries/items-at.ts';
import { maySee } from '../queries/may-see.ts';
import { approvalRule } from '../lifecycle/requests.ts';
import { matchesCondition } from '../policy/match-item.ts';
import { columnsOf, SHEETS, type SheetKey } from '../workbook/columns.ts';
import { compareText } from '../workbook/directory.ts';
import type { Role } from '../workbook/values.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { DocumentDefinition, DocumentFact, DocumentField, DocumentNode, DocumentSubject, FilledDocument, FilledRegister } from './document.ts';

/** Records whose number is a key of the program's, nothing to print. */
const NAMELESS: ReadonlySet<SheetKey> = new Set(['notices', 'sanctions']);

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
  const signatures = definition.fields.flatMap((field): [string, string][] => ('opinionBy' in field.from ? [[field.label, opinionOf(at, item, field.from.opinionBy, subject).signature]] : 'blank' in field.from ? [[field.label, '']] : []));
  return {
    signatures, nodes: nodesOf(at, item.facts.id),
    title: name, number: own === '' || NAMELESS.has(definition.about!.sheet) ? itemId : own, clause: definition.clause, fields,
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
  return { title: name, clause: mine[0]!.clause, columns: ['编号', ...mine[0]!.fields.map((field) => field.label)], rows };
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
  if ('notice' in from) return from.notice === 'body' ? bareBody(shownCell('notices', 'body', subject), at.workbook.policy.supervisingUnit) : shownCell('notices', from.notice, subject);
  if ('opinionBy' in from) return opinionOf(at, item, from.opinionBy, subject).opinion;
  return '';
}

function factOf(at: ItemsAt, { facts }: ItemAt, fact: DocumentFact): string {
  const { workbook } = at;
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
    case 'nodes': return nodesOf(at, facts.id).map((node) => [node.title, node.handler, node.limit].filter((part) => part !== '').join(' ')).join('；');
  }
}

function nodesOf({ workbook, items }: ItemsAt, itemId: string): DocumentNode[] {
  return (workbook.index.childrenOf.get(itemId) ?? []).map(({ cells }) => ({
    title: cells.title, handler: cells.handler, limit: cells.deadlineSet === null ? '' : formatLimit(cells.deadlineSet), status: items.get(cells.itemId)?.facts.status ?? cells.status,
  }));
}

interface Opinion { readonly opinion: string; readonly signature: string }
const UNSIGNED: Opinion = { opinion: '', signature: '' };

/** What a role decided of a request and who signed when, also where somebody entered it for him; blank where its chain doesn't ask the role. */
function opinionOf({ workbook }: ItemsAt, { facts }: ItemAt, role: Role, subject: Cells | null): Opinion {
  const rule = subject === null ? undefined : approvalRule(workbook, facts.cells, String(subject['type'] ?? ''), Number(subject['ordinal'] ?? 1));
  const own = rule?.levels.findIndex((roles) => roles.includes(role)) ?? -1;
  const level = own >= 0 ? own + 1 : rule?.forwardTo?.includes(role) === true ? rule.levels.length + 1 : 0;
  const cell = (column: string): string => shownCell('requests', `${column}${level}`, subject);
  if (level === 0 || cell('decision') === '') return UNSIGNED;
  const signer = cell('approver') === '' || subject?.['signingMode'] !== '代录' ? cell('approver') : `${cell('approver')}（代录）`;
  return { opinion: [cell('decision'), cell('opinion')].filter((part) => part !== '').join('。'), signature: [signer, cell('decidedAt').slice(0, 10)].filter((part) => part !== '').join(' ') };
}

/** The words of a mail without its greeting and signature, which a form has of its own. */
function bareBody(body: string, signature: string): string {
  const lines = body.trim().split('\n');
  if (/您好[:：]$/.test(lines[0]!)) lines.shift();
  if (lines.at(-1) === signature) lines.pop();
  return lines.join('\n').trim();
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
