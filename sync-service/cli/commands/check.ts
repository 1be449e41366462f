import type { Moment } from '#core';
import { POLICIES } from '#templates';
import { planWorkbook } from '../../jobs/run-workbook.ts';
import { holdWorkbook } from '../../workbook/held-workbook.ts';
import { homeOfCommands, siteOf } from '../../workbook/location.ts';
import { issueLine } from '../show-plan.ts';
import { requireFile } from '../workbook-files.ts';

/** `duban check`: validates and lists every hint; writes nothing. */
export async function checkCommand(file: string, options: { readonly now: Moment; readonly json: boolean }): Promise<number> {
  requireFile(file);
  const { store, openJournal } = await holdWorkbook(file, siteOf(file, homeOfCommands()), process.env);
  const { plan } = await planWorkbook(store, POLICIES, options.now, openJournal().entries());
  if (options.json) process.stdout.write(`${JSON.stringify({ policy: plan.summary.policy, items: plan.summary.items, hints: plan.issues.length, issues: plan.issues })}\n`);
  else {
    process.stdout.write(`${[`制度 ${plan.summary.policy},事项 ${plan.summary.items} 件,提示 ${plan.issues.length} 条`, ...plan.issues.map(issueLine)].join('\n')}\n`);
  }
  return 0;
}
