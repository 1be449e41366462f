import type { SimOptions } from './fake/driver.ts';
import { Sim } from './fake/sim.ts';

/** A spreadsheet with one sheet 表: header and two rows. */
export function simWith(options: SimOptions = {}): Sim {
  const sim = new Sim(options);
  sim.spreadsheet.addSheet('表', [['编号', '事项', '时限'], ['A1', '甲', '2026-03-05'], ['A2', '乙', '2026-03-06']]);
  return sim;
}

/** Runs JavaScript as the body of a menu function; `sheet` is 表. */
export function script(sim: Sim, body: string): unknown {
  sim.loadSource(`function main() { const book = SpreadsheetApp.getActive(); const sheet = book.getSheetByName('表'); ${body} }`);
  return sim.call('main');
}
