import type { Caller } from './execution.ts';

/** Which scope a service member needs; what is not listed needs none, or only the spreadsheet itself. */
const SCOPES: readonly (readonly [pattern: RegExp, scope: string])[] = [
  [/^MailApp\./, 'script.send_mail'],
  [/^ScriptApp\.(getProjectTriggers|deleteTrigger)$|^(ClockTriggerBuilder|SpreadsheetTriggerBuilder)\.create$/, 'script.scriptapp'],
  [/^Sheets\./, 'spreadsheets'],
  [/^Ui\.(showModalDialog|showSidebar)$/, 'script.container.ui'],
  [/^(SpreadsheetApp|Spreadsheet|Sheet|Range|Protection|NamedRange|DeveloperMetadata)\./, 'spreadsheets.currentonly'],
];
/** What a simple trigger may use without authorisation: the bound spreadsheet, and nothing beyond (notes 3.2). */
const FREE_IN_SIMPLE = new Set(['spreadsheets.currentonly']);

/** Google's refusal of a call, or null. */
export function permissionProblem(name: string, caller: Caller, withheld: ReadonlySet<string>): string | null {
  const scope = scopeOf(name);
  if (scope === undefined) return null;
  const required = `Required permissions: https://www.googleapis.com/auth/${scope}`;
  if (caller.entry === 'simple') return FREE_IN_SIMPLE.has(scope) ? null : `You do not have permission to call ${name}. ${required}`;
  return withheld.has(scope) ? `Specified permissions are not sufficient to call ${name}. ${required}` : null;
}

export function scopeOf(name: string): string | undefined {
  return SCOPES.find(([pattern]) => pattern.test(name))?.[1];
}
