import { FakeSheets } from './advanced-sheets.ts';
import { FakeCacheService } from './cache.ts';
import { FakeCharts } from './chart.ts';
import type { Execution } from './execution.ts';
import type { Fakes } from './fakes.ts';
import { FakeHtmlService } from './html.ts';
import { FakeLockService } from './lock.ts';
import { FakeConsole, FakeLogger } from './logging.ts';
import { FakeMailApp } from './mail.ts';
import { FakePropertiesService } from './properties.ts';
import { FakeRange } from './range.ts';
import { FakeScriptApp } from './script-triggers.ts';
import { FakeSession } from './session.ts';
import { FakeSheet } from './sheet.ts';
import { FakeSpreadsheetApp } from './spreadsheet-app.ts';
import { FakeSpreadsheet } from './spreadsheet.ts';
import type { Fake } from './strict-proxy.ts';
import { expose, face } from './strict-proxy.ts';
import { FakeUser } from './user.ts';
import { FakeUtilities } from './utilities.ts';

/** Gives an execution's realm the globals of Apps Script. */
export function installServices(run: Execution): void {
  run.fakes = fakesFor(run);
  const globals: Record<string, Fake> = {
    SpreadsheetApp: new FakeSpreadsheetApp(run), Sheets: new FakeSheets(run), MailApp: new FakeMailApp(run), ScriptApp: new FakeScriptApp(run),
    LockService: new FakeLockService(run), PropertiesService: new FakePropertiesService(run), CacheService: new FakeCacheService(run), Utilities: new FakeUtilities(run),
    Session: new FakeSession(run), HtmlService: new FakeHtmlService(run), Charts: new FakeCharts(run), Logger: new FakeLogger(run), console: new FakeConsole(run),
  };
  for (const [name, service] of Object.entries(globals)) run.realm.define(name, expose(service));
}

function fakesFor(run: Execution): Fakes {
  return {
    spreadsheet: () => face(new FakeSpreadsheet(run)),
    sheet: (model) => face(new FakeSheet(run, model)),
    range: (model, area) => face(new FakeRange(run, model, area)),
    user: (email) => face(new FakeUser(run, email)),
  };
}
