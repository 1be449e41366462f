import { formatDay, type Day } from '../calendar/plain-date.ts';
import { goLiveOf } from '../lifecycle/go-live.ts';
import type { RunClock } from '../plan/moment-of-run.ts';
import { ChangeList } from '../plan/change-list.ts';
import { assignIds } from '../plan/ids.ts';
import type { Change } from '../plan/plan.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { ImportProposal } from './propose-import.ts';

const BECAUSE = '导入';

/**
 * The rows that carry a proposal into a workbook: units and people first, so that items find theirs. Where no 启用日 is set
 * yet it becomes the day of the import: what lapsed before is lit only, and nobody but the office is told before a release.
 */
export function importChanges(proposal: ImportProposal, into: Workbook, clock: Pick<RunClock, 'today'>): Change[] {
  const list = new ChangeList();
  if (goLiveOf(into) === null) setGoLive(into, list, clock.today);
  for (const name of proposal.units) list.append('units', { name, active: '是' }, BECAUSE);
  for (const { name, unit } of proposal.people) list.append('people', { name, unit, roles: '承办人', active: '是' }, BECAUSE);
  const unnumbered = proposal.items.map((item, index) => ({ item, index })).filter(({ item }) => (item.values.itemId ?? '') === '').map(({ index }) => index);
  const used = [...into.sheets.items.rows.map((row) => row.cells.itemId), ...into.sheets.baseline.rows.map((row) => row.cells.itemId), ...proposal.items.map(({ values }) => values.itemId ?? '')];
  const numbers = assignIds('DB', used, unnumbered, clock.today);
  for (const [index, { values }] of proposal.items.entries()) {
    list.append('items', { ...values, itemId: numbers.get(index) ?? values.itemId ?? '' }, BECAUSE);
  }
  return list.all();
}

function setGoLive(into: Workbook, list: ChangeList, today: Day): void {
  const sheet = into.sheets.parameters;
  const row = sheet.rows.find(({ cells }) => cells.key === 'goLive' && cells.value === '');
  if (row === undefined) list.append('parameters', { label: '启用日', key: 'goLive', value: formatDay(today) }, BECAUSE);
  else list.want(sheet, row, null, 'value', formatDay(today), BECAUSE);
}
