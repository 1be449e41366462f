import { ENUMS } from './enums.ts';
import { ScriptException } from './exception.ts';
import type { Execution } from './execution.ts';
import type { GHtmlOutput } from './google.ts';
import { FakeHtmlOutput } from './html.ts';
import { Fake, face, fakeOf } from './strict-proxy.ts';
import type { Answer, MenuItem } from './ui-state.ts';

type GUi = GoogleAppsScript.Base.Ui;
type GMenu = GoogleAppsScript.Base.Menu;
type GButton = GoogleAppsScript.Base.Button;
type GButtonSet = GoogleAppsScript.Base.ButtonSet;
type GResponse = GoogleAppsScript.Base.PromptResponse;

export class FakeUi extends Fake implements Pick<GUi, 'Button' | 'ButtonSet' | 'alert' | 'prompt' | 'createMenu' | 'showModalDialog' | 'showSidebar'> {
  constructor(run: Execution) {
    super('Ui', run);
  }
  get Button() { return ENUMS.Button; }
  get ButtonSet() { return ENUMS.ButtonSet; }

  /** (prompt), (prompt, buttons) or (title, prompt, buttons). A bare alert is answered OK. */
  alert(...args: [string, ...unknown[]]): GButton {
    const { title, text, buttons } = boxArgs(args);
    this.run.world.ui.alerts.push({ title, text });
    const answer = buttons === ENUMS.ButtonSet.OK ? (this.#scripted() ?? { button: 'OK' }) : this.#answer(text);
    return ENUMS.Button[answer.button];
  }

  prompt(...args: [string, ...unknown[]]): GResponse {
    const { title, text } = boxArgs(args);
    this.run.world.ui.alerts.push({ title, text });
    return face(new FakePromptResponse(this.run, this.#answer(text)));
  }

  createMenu(caption: string): GMenu { return face(new FakeMenu(this.run, caption)); }
  showModalDialog(userInterface: GHtmlOutput, title: string): void { this.#show('dialog', userInterface, title); }
  showSidebar(userInterface: GHtmlOutput): void { this.#show('sidebar', userInterface, fakeOf(FakeHtmlOutput, userInterface)?.getTitle() ?? ''); }

  #show(kind: 'dialog' | 'sidebar', page: GHtmlOutput, title: string): void {
    const output = fakeOf(FakeHtmlOutput, page);
    if (output === undefined) throw new ScriptException(`The parameters don't match the method signature for Ui.${kind === 'dialog' ? 'showModalDialog' : 'showSidebar'}.`);
    this.run.world.ui.pages.push({ kind, title, html: output.getContent(), width: output.getWidth(), height: output.getHeight() });
  }

  #scripted(): Answer | undefined {
    const next = this.run.world.ui.answers.shift();
    return typeof next === 'function' ? next() : next;
  }

  #answer(text: string): Answer {
    const answer = this.#scripted();
    if (answer === undefined) throw new Error(`no scripted answer to: ${text}`);
    return answer;
  }
}

function boxArgs(args: readonly unknown[]): { title: string; text: string; buttons: GButtonSet } {
  const texts = args.filter((argument) => typeof argument === 'string');
  const buttons = (args.find((argument) => typeof argument === 'object') ?? ENUMS.ButtonSet.OK) as GButtonSet;
  return { title: texts.length > 1 ? texts[0]! : '', text: texts.at(-1) ?? '', buttons };
}

class FakePromptResponse extends Fake implements GResponse {
  readonly answer: Answer;
  constructor(run: Execution, answer: Answer) {
    super('PromptResponse', run);
    this.answer = answer;
  }
  getResponseText(): string { return this.answer.text ?? ''; }
  getSelectedButton(): GButton { return ENUMS.Button[this.answer.button]; }
}

class FakeMenu extends Fake implements GMenu {
  readonly caption: string;
  readonly items: MenuItem[] = [];
  constructor(run: Execution, caption: string) {
    super('Menu', run);
    this.caption = caption;
  }
  addItem(caption: string, functionName: string): GMenu { return this.#add({ caption, handler: functionName, items: [] }); }
  addSeparator(): GMenu { return this.#add({ caption: '-', handler: null, items: [] }); }
  addSubMenu(menu: GMenu): GMenu {
    const sub = fakeOf(FakeMenu, menu)!;
    return this.#add({ caption: sub.caption, handler: null, items: sub.items });
  }
  /** A menu of the same caption is replaced. */
  addToUi(): void {
    const { menus } = this.run.world.ui;
    const index = menus.findIndex(({ caption }) => caption === this.caption);
    menus.splice(index < 0 ? menus.length : index, index < 0 ? 0 : 1, { caption: this.caption, handler: null, items: [...this.items] });
  }
  #add(item: MenuItem): GMenu {
    this.items.push(item);
    return face(this);
  }
}
