import { FakeConditionalRuleBuilder } from './conditional-format.ts';
import { ENUMS } from './enums.ts';
import { ScriptException } from './exception.ts';
import type { Execution } from './execution.ts';
import type { GRange, GSheet, GSpreadsheet, GSpreadsheetApp } from './google.ts';
import { Fake, face } from './strict-proxy.ts';
import { FakeUi } from './ui.ts';
import { FakeValidationBuilder } from './validation.ts';

type Enums = 'BooleanCriteria' | 'BorderStyle' | 'DataValidationCriteria' | 'DeveloperMetadataLocationType' | 'DeveloperMetadataVisibility' | 'Dimension' | 'ProtectionType' | 'WrapStrategy';
type Members = Enums | 'getActive' | 'getActiveSpreadsheet' | 'getActiveSheet' | 'getActiveRange' | 'setActiveSheet' | 'getUi' | 'flush' | 'newDataValidation' | 'newConditionalFormatRule';

export class FakeSpreadsheetApp extends Fake implements Pick<GSpreadsheetApp, Members> {
  constructor(run: Execution) {
    super('SpreadsheetApp', run);
  }
  get BooleanCriteria() { return ENUMS.BooleanCriteria; }
  get BorderStyle() { return ENUMS.BorderStyle; }
  get DataValidationCriteria() { return ENUMS.DataValidationCriteria; }
  get DeveloperMetadataLocationType() { return ENUMS.DeveloperMetadataLocationType; }
  get DeveloperMetadataVisibility() { return ENUMS.DeveloperMetadataVisibility; }
  get Dimension() { return ENUMS.Dimension; }
  get ProtectionType() { return ENUMS.ProtectionType; }
  get WrapStrategy() { return ENUMS.WrapStrategy; }

  getActive(): GSpreadsheet { return this.run.fakes.spreadsheet(); }
  getActiveSpreadsheet(): GSpreadsheet { return this.run.fakes.spreadsheet(); }
  getActiveSheet(): GSheet { return this.getActive().getActiveSheet(); }
  getActiveRange(): GRange { return this.getActive().getActiveRange()!; }
  setActiveSheet(sheet: GSheet): GSheet { return this.getActive().setActiveSheet(sheet); }

  /** Nobody sits in front of a time trigger. */
  getUi(): GoogleAppsScript.Base.Ui {
    if (this.run.caller.entry === 'clock') throw new ScriptException('Cannot call SpreadsheetApp.getUi() from this context.');
    return face(new FakeUi(this.run));
  }

  /** The write buffer needs no doing here: the gate lets a refused write surface at this call. */
  flush(): void { return; }
  newDataValidation(): GoogleAppsScript.Spreadsheet.DataValidationBuilder { return face(new FakeValidationBuilder(this.run, null)); }
  newConditionalFormatRule(): GoogleAppsScript.Spreadsheet.ConditionalFormatRuleBuilder { return face(new FakeConditionalRuleBuilder(this.run, null)); }
}
