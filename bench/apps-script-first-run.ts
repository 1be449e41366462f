import { addDays, at, dayOf, epochOf, SHEETS, serialOfDay, serialOfMoment, type Cell, type SheetKey } from '#core';
import { googleLatencies } from '../test/apps-script/fake/service-calls.ts';
import type { Sim } from '../test/apps-script/fake/sim.ts';
import { addRows, office, rowsOf } from '../test/apps-script/office.ts';
import { NOW, POLICY } from './ledger.ts';
import type { Measurement } from './table.ts';

const RUN_SECONDS = 270;
const MOST_RUNS = 40;
const UNITS = Array.from({ length: 24 }, (_, index) => `第${index + 1}科`);
/** How much slower than this machine Google's is taken to be. */
const SLOWER = 2;

/**
 * An office pastes its whole ledger, every row new to the program and none with an id: the most that a run ever has to write.
 * Counts the time of the services (assumed) and that of the computing (measured here, and doubled), and looks whether all runs
 * together left anything out or did anything twice. Throws where they did.
 */
export function measureFirstRun(items: number, found: (measurement: Measurement) => void): void {
  const sim = unsettled(items);
  sim.useLatencies(googleLatencies);
  countComputing(sim);
  let longest = 0;
  let all = 0;
  let runs = 0;
  for (let unfinished = true; unfinished; runs += 1) {
    if (runs === MOST_RUNS) throw new Error(`not finished after ${MOST_RUNS} runs: ${sim.ui.alerts.at(-1)?.text ?? ''}`);
    sim.call('runNow');
    const seconds = (sim.executions.at(-1)?.milliseconds ?? 0) / 1000;
    longest = Math.max(longest, seconds);
    all += seconds;
    const told = sim.ui.alerts.at(-1)!.text;
    unfinished = !told.startsWith('巡检完成') || told.includes('还有未完成') || told.includes('未发');
  }
  const faults = faultsOf(sim, items);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  found({ what: `Google, first run of ${items} new rows: the longest of ${runs} runs (${all.toFixed(0)} s in all)`, measured: `${longest.toFixed(1)} s`, bound: `${RUN_SECONDS} s`, ratio: longest / RUN_SECONDS, budget: 1 });
}

function unsettled(items: number): Sim {
  const sim = office(POLICY.id, { now: epochOf(NOW), workspace: true });
  addRows(sim, 'units', UNITS.map((name) => ({ name, type: '科室', head: `${name}科长`, active: '是' })));
  addRows(sim, 'people', [
    ...UNITS.flatMap((unit, index) => [
      { name: `${unit}科长`, unit, roles: '单位负责人', email: `head${index}@example.com`, active: '是' }, { name: `${unit}经办`, unit, roles: '承办人', email: `desk${index}@example.com`, active: '是' },
    ]),
    { name: '督办专员', roles: '督办专员、督办管理员', email: 'duban@example.com', active: '是' },
  ]);
  addRows(sim, 'items', Array.from({ length: items }, (_, index): Readonly<Record<string, Cell>> => ({
    title: `关于第${index + 1}号督办事项的办理与落实情况`, leadUnit: UNITS[index % UNITS.length]!, handler: `${UNITS[index % UNITS.length]!}经办`, category: '年初计划/专项',
    status: '办理中', issuedAt: serialOfMoment(at(addDays(dayOf(NOW), -20), 10)), deadlineSet: serialOfDay(addDays(dayOf(NOW), (index % 90) + 10)), progress: '正在办理',
  })));
  return sim;
}

/** Moves the fake's clock by what the process computes between two calls, the fake's own work among it. */
function countComputing(sim: Sim): void {
  let last = process.cpuUsage();
  sim.beforeCall(() => {
    const { user, system } = process.cpuUsage(last);
    sim.world.clock.advance(((user + system) / 1000) * SLOWER);
    last = process.cpuUsage();
  });
}

/** What was lost or done twice. */
function faultsOf(sim: Sim, items: number): string[] {
  const column = (key: SheetKey, name: string): string[] => rowsOf(sim, key).map((row) => (row[name] ?? '') as string);
  const faults: string[] = [];
  const expectEach = (what: string, values: readonly string[], count: number | null): void => {
    if (values.includes('')) faults.push(`${what}: ${values.filter((value) => value === '').length} blank`);
    if (new Set(values).size !== values.length) faults.push(`${what}: ${values.length - new Set(values).size} twice`);
    if (count !== null && values.length !== count) faults.push(`${what}: ${values.length} instead of ${count}`);
  };
  expectEach(SHEETS.items.name, column('items', 'itemId'), items);
  expectEach(SHEETS.baseline.name, column('baseline', 'itemId'), items);
  expectEach(SHEETS.notices.name, column('notices', 'noticeId'), null);
  expectEach(SHEETS.history.name, rowsOf(sim, 'history').map((row) => [row['sheet'], row['field'], row['itemId'], row['after']].join('|')), null);
  if (column('items', 'light').includes('')) faults.push('灯号: blank');
  const mails = sim.outbox.map(({ to, subject }) => `${to.join()} ${subject}`);
  expectEach('mails', mails, null);
  sim.resetCalls();
  sim.call('runNow');
  const writes = sim.calls.get('Sheets.Spreadsheets.batchUpdate') ?? 0;
  if (writes > 0) faults.push(`a run after the last writes (${writes} calls)`);
  return faults;
}
