import { ENUMS } from './enums.ts';
import { ScriptException } from './exception.ts';
import type { Execution } from './execution.ts';
import type { GHtmlOutput } from './google.ts';
import { assign, Fake, face } from './strict-proxy.ts';

type GService = GoogleAppsScript.HTML.HtmlService;
type GTemplate = GoogleAppsScript.HTML.HtmlTemplate;

export class FakeHtmlService extends Fake implements Pick<GService, 'XFrameOptionsMode' | 'createHtmlOutput' | 'createHtmlOutputFromFile' | 'createTemplate' | 'createTemplateFromFile'> {
  constructor(run: Execution) {
    super('HtmlService', run);
  }
  get XFrameOptionsMode() { return ENUMS.XFrameOptionsMode; }
  createHtmlOutput(html: unknown = ''): GHtmlOutput { return face(new FakeHtmlOutput(this.run, String(html))); }
  createHtmlOutputFromFile(filename: string): GHtmlOutput { return this.createHtmlOutput(this.#file(filename)); }
  createTemplate(html: unknown): GTemplate { return face(new FakeHtmlTemplate(this.run, String(html))); }
  createTemplateFromFile(filename: string): GTemplate { return this.createTemplate(this.#file(filename)); }

  /** Project files go by their name without extension. */
  #file(filename: string): string {
    const html = this.run.world.htmlFiles.get(filename.replace(/\.html$/, ''));
    if (html === undefined) throw new ScriptException(`No HTML file named ${filename} was found.`);
    return html;
  }
}

type Members = 'append' | 'setContent' | 'getContent' | 'setTitle' | 'getTitle' | 'setWidth' | 'getWidth' | 'setHeight' | 'getHeight' | 'addMetaTag' | 'setXFrameOptionsMode';

export class FakeHtmlOutput extends Fake implements Pick<GHtmlOutput, Members> {
  #content: string;
  #title = '';
  #width = 0;
  #height = 0;
  readonly metaTags: { name: string; content: string }[] = [];
  constructor(run: Execution, content: string) {
    super('HtmlOutput', run);
    this.#content = content;
  }
  append(addedContent: string): GHtmlOutput { return this.setContent(this.#content + addedContent); }
  setContent(content: string): GHtmlOutput {
    this.#content = content;
    return face(this);
  }
  getContent(): string { return this.#content; }
  setTitle(title: string): GHtmlOutput {
    this.#title = title;
    return face(this);
  }
  getTitle(): string { return this.#title; }
  setWidth(width: number): GHtmlOutput {
    this.#width = width;
    return face(this);
  }
  getWidth(): number { return this.#width; }
  setHeight(height: number): GHtmlOutput {
    this.#height = height;
    return face(this);
  }
  getHeight(): number { return this.#height; }
  addMetaTag(name: string, content: string): GHtmlOutput {
    if (!['apple-mobile-web-app-capable', 'google-site-verification', 'mobile-web-app-capable', 'viewport'].includes(name)) throw new ScriptException('The meta tag you specified is not allowed in this context.');
    this.metaTags.push({ name, content });
    return face(this);
  }
  setXFrameOptionsMode(): GHtmlOutput { return face(this); }
}

/** `<? code ?>`, `<?= escaped ?>`, `<?!= raw ?>`; properties set on the template are the code's variables. */
class FakeHtmlTemplate extends Fake implements Pick<GTemplate, 'evaluate' | 'getRawContent'> {
  readonly source: string;
  readonly variables = new Map<string, unknown>();
  constructor(run: Execution, source: string) {
    super('HtmlTemplate', run);
    this.source = source;
  }
  [assign](name: string, value: unknown): void { this.variables.set(name, value); }
  getRawContent(): string { return this.source; }
  evaluate(): GHtmlOutput {
    const render = this.run.realm.evaluate(`(function (${[...this.variables.keys()].join(', ')}) {\n${templateCode(this.source)}\n})`) as (...values: unknown[]) => unknown;
    return face(new FakeHtmlOutput(this.run, String(render(...this.variables.values()))));
  }
}

function templateCode(source: string): string {
  const parts = source.split(/(<\?[\s\S]*?\?>)/).map((part) => {
    const scriptlet = /^<\?(!=|=)?([\s\S]*)\?>$/.exec(part);
    if (scriptlet === null) return `$out += ${JSON.stringify(part)};`;
    const code = scriptlet[2]!;
    if (scriptlet[1] === '!=') return `$out += String(${code});`;
    return scriptlet[1] === '=' ? `$out += $escape(${code});` : code;
  });
  const escape = 'const $escape = (value) => String(value).replace(/[&<>"\']/g, (c) => "&#" + c.charCodeAt(0) + ";");';
  return `let $out = "";\n${escape}\n${parts.join('\n')}\nreturn $out;`;
}
