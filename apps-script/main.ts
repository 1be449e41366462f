/** What Google calls: the simple triggers, the menu's functions, the installed triggers, the pages' functions and the web app. */
import { openForm } from './dialogs/open-form.ts';
import { submit } from './dialogs/submit-form.ts';
import type { Answer } from './dialogs/form.ts';
import { judgeEdits } from './edits/on-edit.ts';
import { about, addMenu, runFromMenu, setUpFromMenu, tell } from './menu.ts';
import { runSelfTest } from './self-test.ts';
import { webPage } from './web/web-app.ts';

export { patrolHourly } from './jobs/patrol.ts';
export { restoreRefused } from './jobs/restore-refused.ts';
export { reportPeriods } from './jobs/report-periods.ts';
export { webRead, webSend } from './web/web-app.ts';

export function onOpen(): void {
  addMenu();
}

export function onEdit(event: unknown): void {
  judgeEdits(event);
}

/** Google calls it where the script is deployed as a web app. */
export function doGet(): GoogleAppsScript.HTML.HtmlOutput {
  return webPage();
}

export function runNow(): void {
  runFromMenu();
}

export function openNewItem(): void {
  openForm('newItem');
}

export function openRequest(): void {
  openForm('request');
}

export function openApproval(): void {
  openForm('approval');
}

export function openChase(): void {
  openForm('chase');
}

export function openInspection(): void {
  openForm('inspection');
}

export function openScore(): void {
  openForm('score');
}

export function openBulletin(): void {
  openForm('bulletin');
}

export function submitForm(id: string, values: unknown): Answer {
  return submit(id, values);
}

export function setUpOrRepair(): void {
  setUpFromMenu();
}

export function selfTest(): string {
  const report = runSelfTest();
  console.log(report);
  tell(report);
  return report;
}

export function showAbout(): void {
  about();
}
