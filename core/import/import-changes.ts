import type { RunClock } from '../plan/moment-of-run.ts';
import { ChangeList } from '../plan/change-list.ts';
import { assignIds } from '../plan/ids.ts';
import type { Change } from '../plan/plan.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import type { ImportProposal } from './propose-import.ts';

const BECAUSE = '导入';

/** The rows that carry a proposal into a workbook: units and people first, so that items find theirs. */
export function importChanges(proposal: ImportProposal, into: Workbook, clock: Pick<RunClock, 'today'>): Change[] {
  const list = new ChangeList();
  for (const name of proposal.units) list.append('units', { name, active: '是' }, BECAUSE);
  for (const { name, unit } of proposal.people) list.append('people', { name, unit, roles: '承办人', active: '是' }, BECAUSE);
  const unnumbered = proposal.items.map((item, index) => ({ item, index })).filter(({ item }) => (item.values.itemId ?? '') === '').map(({ index }) => index);
  const used = [...into.sheets.items.rows.map((row) => row.cells.itemId), ...into.index.baseline.keys(), ...proposal.items.map(({ values }) => values.itemId ?? '')];
  const numbers = assignIds('DB', used, unnumbered, clock.today);
  for (const [index, { values }] of proposal.items.entries()) {
    list.append('items', { ...values, itemId: numbers.get(index) ?? values.itemId ?? '' }, BECAUSE);
  }
  return list.all();
}
