import { ENUMS } from './enums.ts';
import { ScriptException } from './exception.ts';
import type { Execution } from './execution.ts';
import type { GRange } from './google.ts';
import { cellsOf } from './range-base.ts';
import type { Place } from './sheet-model.ts';
import { Fake, face, fakeOf } from './strict-proxy.ts';

type GRule = GoogleAppsScript.Spreadsheet.ConditionalFormatRule;
type GBuilder = GoogleAppsScript.Spreadsheet.ConditionalFormatRuleBuilder;
type GCondition = GoogleAppsScript.Spreadsheet.BooleanCondition;
type Criteria = GoogleAppsScript.Spreadsheet.BooleanCriteria;

interface Look {
  readonly criteria: Criteria | null;
  readonly values: readonly unknown[];
  readonly background: string | null;
  readonly fontColor: string | null;
  readonly bold: boolean | null;
}
export interface ConditionalRule { readonly places: readonly Place[]; readonly look: Look }

const PLAIN: Look = { criteria: null, values: [], background: null, fontColor: null, bold: null };

function rangesOf(run: Execution, places: readonly Place[]): GRange[] {
  return places.flatMap(({ sheet, area }) => (area === null ? [] : [run.fakes.range(sheet, area)]));
}

class FakeCondition extends Fake implements Pick<GCondition, 'getCriteriaType' | 'getCriteriaValues' | 'getBackground' | 'getFontColor' | 'getBold'> {
  readonly look: Look;
  constructor(run: Execution, look: Look) {
    super('BooleanCondition', run);
    this.look = look;
  }
  getCriteriaType(): Criteria { return this.look.criteria!; }
  getCriteriaValues(): unknown[] { return [...this.look.values]; }
  getBackground(): string | null { return this.look.background; }
  getFontColor(): string | null { return this.look.fontColor; }
  getBold(): boolean | null { return this.look.bold; }
}

export class FakeConditionalRule extends Fake implements Pick<GRule, 'getRanges' | 'getBooleanCondition' | 'getGradientCondition' | 'copy'> {
  readonly rule: ConditionalRule;
  constructor(run: Execution, rule: ConditionalRule) {
    super('ConditionalFormatRule', run);
    this.rule = rule;
  }
  getRanges(): GRange[] { return rangesOf(this.run, this.rule.places); }
  getBooleanCondition(): GCondition | null { return face(new FakeCondition(this.run, this.rule.look)); }
  getGradientCondition(): null { return null; }
  copy(): GBuilder { return face(new FakeConditionalRuleBuilder(this.run, this.rule)); }
}

type Members = 'whenFormulaSatisfied' | 'whenTextEqualTo' | 'whenTextContains' | 'whenCellNotEmpty' | 'whenCellEmpty' | 'setBackground' | 'setFontColor' | 'setBold' | 'setRanges' | 'getRanges' | 'getBooleanCondition' | 'build';

export class FakeConditionalRuleBuilder extends Fake implements Pick<GBuilder, Members> {
  #places: readonly Place[];
  #look: Look;
  constructor(run: Execution, from: ConditionalRule | null) {
    super('ConditionalFormatRuleBuilder', run);
    this.#places = from?.places ?? [];
    this.#look = from?.look ?? PLAIN;
  }
  whenFormulaSatisfied(formula: string): GBuilder { return this.#set({ criteria: ENUMS.BooleanCriteria.CUSTOM_FORMULA, values: [formula] }); }
  whenTextEqualTo(text: string): GBuilder { return this.#set({ criteria: ENUMS.BooleanCriteria.TEXT_EQUAL_TO, values: [text] }); }
  whenTextContains(text: string): GBuilder { return this.#set({ criteria: ENUMS.BooleanCriteria.TEXT_CONTAINS, values: [text] }); }
  whenCellNotEmpty(): GBuilder { return this.#set({ criteria: ENUMS.BooleanCriteria.CELL_NOT_EMPTY, values: [] }); }
  whenCellEmpty(): GBuilder { return this.#set({ criteria: ENUMS.BooleanCriteria.CELL_EMPTY, values: [] }); }
  setBackground(color: string | null): GBuilder { return this.#set({ background: color?.toLowerCase() ?? null }); }
  setFontColor(color: string | null): GBuilder { return this.#set({ fontColor: color?.toLowerCase() ?? null }); }
  setBold(bold: boolean | null): GBuilder { return this.#set({ bold }); }
  setRanges(ranges: GRange[]): GBuilder {
    this.#places = ranges.map((range) => {
      const { sheet, area } = cellsOf(range);
      return sheet.follow(area);
    });
    return face(this);
  }
  getRanges(): GRange[] { return rangesOf(this.run, this.#places); }
  getBooleanCondition(): GCondition | null { return this.#look.criteria === null ? null : face(new FakeCondition(this.run, this.#look)); }
  build(): GRule {
    if (this.#look.criteria === null) throw new ScriptException('Conditional format rules require a condition.');
    if (this.#places.length === 0) throw new ScriptException('Conditional format rule must have at least one range.');
    return face(new FakeConditionalRule(this.run, { places: this.#places, look: this.#look }));
  }
  #set(change: Partial<Look>): GBuilder {
    this.#look = { ...this.#look, ...change };
    return face(this);
  }
}

export function ruleBehind(rule: GRule): ConditionalRule {
  const fake = fakeOf(FakeConditionalRule, rule);
  if (fake === undefined) throw new ScriptException('The parameters don\'t match the method signature for Sheet.setConditionalFormatRules.');
  return fake.rule;
}
