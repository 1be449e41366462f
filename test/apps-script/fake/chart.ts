import { ENUMS, nameOf } from './enums.ts';
import type { Execution } from './execution.ts';
import type { GChart, GRange } from './google.ts';
import { cellsOf } from './range-base.ts';
import type { Place } from './sheet-model.ts';
import { Fake, face } from './strict-proxy.ts';

type GBuilder = GoogleAppsScript.Spreadsheet.EmbeddedChartBuilder;
type GColumnBuilder = GoogleAppsScript.Spreadsheet.EmbeddedColumnChartBuilder;
type GPieBuilder = GoogleAppsScript.Spreadsheet.EmbeddedPieChartBuilder;

type AnyBuilder = GBuilder & GColumnBuilder & GPieBuilder;

export interface ChartState {
  readonly id: number;
  readonly type: string;
  readonly places: readonly Place[];
  readonly position: readonly [row: number, column: number, offsetX: number, offsetY: number] | null;
  readonly options: Readonly<Record<string, unknown>>;
  readonly headers: number;
}

export class FakeChart extends Fake implements Pick<GChart, 'getChartId' | 'getRanges' | 'getOptions' | 'modify'> {
  readonly state: ChartState;
  constructor(run: Execution, state: ChartState) {
    super('EmbeddedChart', run);
    this.state = state;
  }
  getChartId(): number { return this.state.id; }
  getRanges(): GRange[] { return this.state.places.flatMap(({ sheet, area }) => (area === null ? [] : [this.run.fakes.range(sheet, area)])); }
  getOptions(): GoogleAppsScript.Charts.ChartOptions { return face(new FakeChartOptions(this.run, this.state.options)); }
  modify(): GBuilder { return face(new FakeChartBuilder(this.run, this.state)); }
}

class FakeChartOptions extends Fake implements Pick<GoogleAppsScript.Charts.ChartOptions, 'get'> {
  readonly options: Readonly<Record<string, unknown>>;
  constructor(run: Execution, options: Readonly<Record<string, unknown>>) {
    super('ChartOptions', run);
    this.options = options;
  }
  get(option: string): unknown { return this.options[option] ?? null; }
}

type Common = 'addRange' | 'clearRanges' | 'getRanges' | 'setNumHeaders' | 'setOption' | 'setPosition' | 'build';

/** Typed builders (asColumnChart …) are this one builder under another name: what they set lands in options. */
export class FakeChartBuilder extends Fake implements Pick<GBuilder, Common | 'setChartType' | 'asColumnChart' | 'asPieChart'>, Pick<GColumnBuilder, 'setStacked' | 'setTitle'>, Pick<GPieBuilder, 'setTitle'> {
  #state: ChartState;
  constructor(run: Execution, from: ChartState | null) {
    super('EmbeddedChartBuilder', run);
    this.#state = from ?? { id: run.world.book.nextId(), type: 'COLUMN', places: [], position: null, options: {}, headers: 0 };
  }
  asColumnChart(): AnyBuilder { return this.#set({ type: 'COLUMN' }); }
  asPieChart(): AnyBuilder { return this.#set({ type: 'PIE' }); }
  setChartType(type: GoogleAppsScript.Charts.ChartType): AnyBuilder { return this.#set({ type: nameOf(type) }); }
  addRange(range: GRange): AnyBuilder {
    const { sheet, area } = cellsOf(range);
    return this.#set({ places: [...this.#state.places, sheet.follow(area)] });
  }
  clearRanges(): AnyBuilder { return this.#set({ places: [] }); }
  getRanges(): GRange[] { return new FakeChart(this.run, this.#state).getRanges(); }
  setNumHeaders(headers: number): AnyBuilder { return this.#set({ headers }); }
  setOption(option: string, value: unknown): AnyBuilder { return this.#set({ options: { ...this.#state.options, [option]: value } }); }
  setTitle(title: string): AnyBuilder { return this.setOption('title', title); }
  setStacked(): AnyBuilder { return this.setOption('isStacked', true); }
  setPosition(row: number, column: number, offsetX: number, offsetY: number): AnyBuilder { return this.#set({ position: [row, column, offsetX, offsetY] }); }
  build(): GChart { return face(new FakeChart(this.run, this.#state)); }

  #set(change: Partial<ChartState>): AnyBuilder {
    this.#state = { ...this.#state, ...change };
    return face(this);
  }
}

/** The global `Charts`, for its enum only. */
export class FakeCharts extends Fake implements Pick<GoogleAppsScript.Charts.Charts, 'ChartType'> {
  constructor(run: Execution) {
    super('Charts', run);
  }
  get ChartType() { return ENUMS.ChartType; }
}
