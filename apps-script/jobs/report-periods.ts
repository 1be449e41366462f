import { dayOf, monthId, periodBefore, periodOf, planReport, type Day, type PeriodKind, type Workbook } from '#core';
import { HostError } from '../host-error.ts';
import { applyChanges } from '../workbook/apply-changes.ts';
import { momentNow } from '../workbook/cell-from-google.ts';
import { openWorkbook } from '../workbook/open-workbook.ts';
import { requireHome } from './patrol.ts';
import { reportFailure } from './report-failure.ts';
import { HOST, withDocumentLock } from './run-workbook.ts';
import { readSchedule } from './schedule.ts';
import { TimeBudget } from './time-budget.ts';

const REPORTED = 'duban.reported';

/** The daily trigger: on the first working day of a month, rankings and draft bulletins of the periods that have ended. */
export function reportPeriods(): void {
  const spreadsheet = SpreadsheetApp.getActive();
  const now = momentNow();
  const today = dayOf(now);
  const store = PropertiesService.getDocumentProperties();
  try {
    // A failed or missed day is made up on the next one.
    if (store.getProperty(REPORTED) === monthId(today) || !readSchedule(spreadsheet, now).isWorkingDay(today)) return;
    requireHome(spreadsheet);
    const finished = withDocumentLock(() => {
      const { workbook, book } = openWorkbook(spreadsheet);
      if (workbook.isCopy || workbook.parameters.text('plannerHost', today) !== HOST) return true;
      const changes = endedPeriods(workbook, today).flatMap((kind) => planReport(workbook, periodBefore(periodOf(kind, today)), now).changes);
      return applyChanges(book, changes, new TimeBudget()).finished;
    });
    if (finished) store.setProperty(REPORTED, monthId(today));
  } catch (error) {
    if (error instanceof HostError && error.code === 'busy') return;
    reportFailure(spreadsheet, '定期通报', error, now);
  }
}

/** Kinds of periods that ended with last month, as far as the office wants them. */
function endedPeriods(workbook: Workbook, today: Day): PeriodKind[] {
  const cadences = ['bulletinCadence', 'rankingCadence'].map((key) => workbook.parameters.text(key, today));
  const month = Number(monthId(today).slice(5));
  const kinds: PeriodKind[] = [];
  if (cadences.includes('每月')) kinds.push('month');
  if (cadences.includes('每季度') && month % 3 === 1) kinds.push('quarter');
  if (cadences.some((cadence) => cadence !== '无' && cadence !== '不定期') && month === 1) kinds.push('year');
  return kinds;
}
