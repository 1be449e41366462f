import { ENUMS } from './enums.ts';
import { ScriptException } from './exception.ts';
import type { Execution } from './execution.ts';
import type { GDate, GRange, GValidation } from './google.ts';
import { cellsOf } from './range-base.ts';
import { Place } from './sheet-model.ts';
import { Fake, face } from './strict-proxy.ts';
import type { ValidationRule } from './validation-rule.ts';

type Criteria = GoogleAppsScript.Spreadsheet.DataValidationCriteria;
type Builder = GoogleAppsScript.Spreadsheet.DataValidationBuilder;
type Getters = 'getCriteriaType' | 'getCriteriaValues' | 'getAllowInvalid' | 'getHelpText';
const { DataValidationCriteria: CRITERIA } = ENUMS;

function criteriaValues(run: Execution, rule: Pick<ValidationRule, 'values'>): unknown[] {
  return rule.values.map((value) => {
    if (!(value instanceof Place)) return value;
    if (value.area === null) throw new ScriptException('#REF!');
    return run.fakes.range(value.sheet, value.area);
  });
}

export class FakeValidation extends Fake implements Pick<GValidation, Getters | 'copy'> {
  readonly rule: ValidationRule;
  constructor(run: Execution, rule: ValidationRule) {
    super('DataValidation', run);
    this.rule = rule;
  }
  getCriteriaType(): Criteria { return this.rule.criteria; }
  getCriteriaValues(): unknown[] { return criteriaValues(this.run, this.rule); }
  getAllowInvalid(): boolean { return this.rule.allowInvalid; }
  getHelpText(): string { return this.rule.helpText as string; }
  copy(): Builder { return face(new FakeValidationBuilder(this.run, this.rule)); }
}

type Requires = 'requireValueInList' | 'requireValueInRange' | 'requireDate' | 'requireDateAfter' | 'requireDateBefore' | 'requireDateBetween' | 'requireDateEqualTo' | 'requireDateNotBetween'
  | 'requireDateOnOrAfter' | 'requireDateOnOrBefore' | 'requireNumberBetween' | 'requireNumberGreaterThanOrEqualTo' | 'requireFormulaSatisfied' | 'requireCheckbox';

export class FakeValidationBuilder extends Fake implements Pick<Builder, Requires | Getters | 'setAllowInvalid' | 'setHelpText' | 'build'> {
  #criteria: Criteria | null;
  #values: readonly unknown[];
  #allowInvalid: boolean;
  #helpText: string | null;

  /** A new rule warns only; refusing is asked for with setAllowInvalid(false). */
  constructor(run: Execution, from: ValidationRule | null) {
    super('DataValidationBuilder', run);
    this.#criteria = from?.criteria ?? null;
    this.#values = from?.values ?? [];
    this.#allowInvalid = from?.allowInvalid ?? true;
    this.#helpText = from?.helpText ?? null;
  }

  requireValueInList(values: string[], showDropdown = true): Builder { return this.#require(CRITERIA.VALUE_IN_LIST, [[...values].map(String), showDropdown]); }
  requireValueInRange(range: GRange, showDropdown = true): Builder {
    const { sheet, area } = cellsOf(range);
    return this.#require(CRITERIA.VALUE_IN_RANGE, [sheet.follow(area), showDropdown]);
  }
  requireDate(): Builder { return this.#require(CRITERIA.DATE_IS_VALID_DATE, []); }
  requireDateAfter(date: GDate): Builder { return this.#require(CRITERIA.DATE_AFTER, [copyOf(date)]); }
  requireDateBefore(date: GDate): Builder { return this.#require(CRITERIA.DATE_BEFORE, [copyOf(date)]); }
  requireDateBetween(start: GDate, end: GDate): Builder { return this.#require(CRITERIA.DATE_BETWEEN, [copyOf(start), copyOf(end)]); }
  requireDateEqualTo(date: GDate): Builder { return this.#require(CRITERIA.DATE_EQUAL_TO, [copyOf(date)]); }
  requireDateNotBetween(start: GDate, end: GDate): Builder { return this.#require(CRITERIA.DATE_NOT_BETWEEN, [copyOf(start), copyOf(end)]); }
  requireDateOnOrAfter(date: GDate): Builder { return this.#require(CRITERIA.DATE_ON_OR_AFTER, [copyOf(date)]); }
  requireDateOnOrBefore(date: GDate): Builder { return this.#require(CRITERIA.DATE_ON_OR_BEFORE, [copyOf(date)]); }
  requireNumberBetween(start: number, end: number): Builder { return this.#require(CRITERIA.NUMBER_BETWEEN, [start, end]); }
  requireNumberGreaterThanOrEqualTo(number: number): Builder { return this.#require(CRITERIA.NUMBER_GREATER_THAN_OR_EQUAL_TO, [number]); }
  requireFormulaSatisfied(formula: string): Builder { return this.#require(CRITERIA.CUSTOM_FORMULA, [formula]); }
  requireCheckbox(): Builder { return this.#require(CRITERIA.CHECKBOX, []); }

  setAllowInvalid(allowInvalidData: boolean): Builder {
    this.#allowInvalid = allowInvalidData;
    return face(this);
  }
  setHelpText(helpText: string): Builder {
    this.#helpText = helpText;
    return face(this);
  }
  getCriteriaType(): Criteria { return this.#criteria as Criteria; }
  getCriteriaValues(): unknown[] { return criteriaValues(this.run, { values: this.#values }); }
  getAllowInvalid(): boolean { return this.#allowInvalid; }
  getHelpText(): string | null { return this.#helpText; }

  build(): GValidation {
    if (this.#criteria === null) throw new ScriptException('A criterion is required to build a data validation rule.');
    return face(new FakeValidation(this.run, { criteria: this.#criteria, values: this.#values, allowInvalid: this.#allowInvalid, helpText: this.#helpText }));
  }

  #require(criteria: Criteria, values: readonly unknown[]): Builder {
    this.#criteria = criteria;
    this.#values = values;
    return face(this);
  }
}

function copyOf(date: GDate): Date {
  return new Date(date.getTime());
}
