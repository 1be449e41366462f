import { columnsOf, type CellsOf, type ColumnKey } from '../workbook/columns.ts';
import type { Person } from '../workbook/directory.ts';
import { splitNames } from '../workbook/names.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { hasRole, personOf } from './approvers.ts';
import { isMember, LEADERS } from './movers.ts';
import { groupOf, isKnownStatus } from './status-groups.ts';

type Item = CellsOf<'items'>;
type ItemColumn = ColumnKey<'items'>;

/** What the units of an item report on it. */
const BY_UNIT: readonly ItemColumn[] = ['status', 'handler', 'dutyPerson', 'progress', 'percent', 'result', 'attachments', 'remark', 'signedAt'];
/** What a leader who looks over the item decides. */
const BY_LEADER: readonly ItemColumn[] = ['status', 'dispatchOpinion', 'returnReason', 'returnDue', 'specialReason', 'evaluation', 'remark'];

/**
 * The cells of an item that a person fills where the host knows who acts (a spreadsheet doesn't, and lets everybody): the
 * supervising office every cell of people's, the unit its report, the initiator its draft, a leader his decision. Who has
 * no part in the item fills nothing. What is filled in is then judged by judgeEdit as anywhere else.
 */
export function columnsFilledBy(workbook: Workbook, cells: Item, actor: string): readonly ItemColumn[] {
  const person = personOf(workbook, actor);
  if (person === null) return [];
  const people = PEOPLES_COLUMNS.filter((column) => !workbook.policy.hiddenColumns.includes(column));
  if (hasRole(person, workbook.policy.officeRoles)) return people;
  const own = new Set<ItemColumn>();
  if (isOfItem(workbook, cells, person)) for (const column of BY_UNIT) own.add(column);
  if (hasRole(person, LEADERS)) for (const column of BY_LEADER) own.add(column);
  const isDraft = cells.status === '' || (isKnownStatus(cells.status) && groupOf(cells.status) === 'before');
  if (isDraft && person.unit !== '' && person.unit === cells.initiatorUnit) for (const column of DRAFT_COLUMNS) own.add(column);
  return people.filter((column) => own.has(column));
}

/** Numbers are the program's, whoever types them. */
const PEOPLES_COLUMNS: readonly ItemColumn[] = columnsOf('items').filter(({ editor, key }) => editor !== 'A' && key !== 'itemId').map(({ key }) => key as ItemColumn);
const DRAFT_COLUMNS: readonly ItemColumn[] = ['title', 'leadUnit', 'handler', 'deadlineSet', 'status', 'remark',
  ...columnsOf('items').filter(({ group }) => group === 'intake').map(({ key }) => key as ItemColumn)];

function isOfItem(workbook: Workbook, cells: Item, person: Person): boolean {
  if (cells.handler === person.name || cells.dutyPerson === person.name) return true;
  return [cells.leadUnit, ...splitNames(cells.coUnits)].some((unit) => isMember(workbook, unit, person));
}
