import type { Day } from '../calendar/plain-date.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { DELIVERY_RESULT } from '../notices/delivery.ts';
import type { Change } from './plan.ts';

/** The hosts that can run a workbook. */
export type Host = 'apps-script' | 'sync-service';

/** What a host does in a workbook on a day: one host plans, one sends, by the parameters `plannerHost` and `senderHost`. */
export interface HostDuties { readonly plans: boolean; readonly sends: boolean }

export function dutiesOf({ parameters }: Workbook, today: Day, host: Host): HostDuties {
  return { plans: parameters.text('plannerHost', today) === host, sends: parameters.text('senderHost', today) === host };
}

/** Of a plan what a host may write: all of it where it plans; where it only sends, what became of the mails. */
export function changesOfHost(changes: readonly Change[], { plans, sends }: HostDuties): readonly Change[] {
  if (plans) return changes;
  return sends ? changes.filter((change) => change.kind === 'cell' && change.sheet === 'notices' && change.because === DELIVERY_RESULT) : [];
}
