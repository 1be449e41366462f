import { TRIGGERS } from '../entry-names.ts';
import { TIME_ZONE } from '../workbook/cell-from-google.ts';

const REPORT_HOUR = 7;

/** Installs what runs by itself, once each whatever stood before. Returns how many triggers were missing or doubled. */
export function installTriggers(): number {
  const standing = ScriptApp.getProjectTriggers();
  let mended = 0;
  for (const { handler, kind } of TRIGGERS) {
    const own = standing.filter((trigger) => trigger.getHandlerFunction() === handler);
    for (const surplus of own.slice(1)) ScriptApp.deleteTrigger(surplus);
    mended += Math.max(0, own.length - 1);
    if (own.length > 0) continue;
    const clock = ScriptApp.newTrigger(handler).timeBased();
    if (kind === 'hourly') clock.everyHours(1).create();
    else if (kind === 'tenMinutes') clock.everyMinutes(10).create();
    else clock.atHour(REPORT_HOUR).everyDays(1).inTimezone(TIME_ZONE).create();
    mended += 1;
  }
  return mended;
}
