import { SaxesParser } from 'saxes';
import { StoreError } from '../store.ts';

/** An element of a small part: names without namespace prefix, its character offsets in the text that was parsed. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
  /** Namespace of a root element, as written in its `xmlns` attributes; empty elsewhere. */
  readonly namespace: string;
  readonly start: number;
  readonly end: number;
}

/** Parses one of the small parts of a workbook (never a sheet). Throws `truncated` where it is not well-formed. */
export function parseSmallXml(part: string, text: string): XmlElement {
  interface Open { name: string; attributes: Record<string, string>; children: Open[]; text: string; namespace: string; start: number; end: number }
  const parser = new SaxesParser();
  const stack: Open[] = [];
  const roots: Open[] = [];
  parser.on('opentag', (tag) => {
    const attributes: Record<string, string> = {};
    for (const [name, value] of Object.entries(tag.attributes)) attributes[local(name)] = value;
    const prefix = tag.name.includes(':') ? tag.name.slice(0, tag.name.indexOf(':')) : '';
    const namespace = stack.length === 0 ? tag.attributes[prefix === '' ? 'xmlns' : `xmlns:${prefix}`] ?? '' : '';
    const start = text.lastIndexOf('<', parser.position - 1);
    const element: Open = { name: local(tag.name), attributes, children: [], text: '', namespace, start, end: 0 };
    const parent = stack.at(-1);
    if (parent === undefined) roots.push(element);
    else parent.children.push(element);
    stack.push(element);
  });
  const addText = (data: string): void => {
    const open = stack.at(-1);
    if (open !== undefined) open.text += data;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = stack.pop();
    if (element !== undefined) element.end = parser.position;
  });
  try {
    parser.write(text).close();
  } catch (error) {
    throw new StoreError('truncated', `部件 ${part} 不是完整的 XML:请用 Excel 或 WPS 打开并另存,或从 .duban/versions 恢复`, { cause: error });
  }
  const root = roots[0];
  if (root === undefined) throw new StoreError('truncated', `部件 ${part} 是空的:请用 Excel 或 WPS 打开并另存,或从 .duban/versions 恢复`);
  return root;
}

export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element === undefined ? [] : element.children.filter((child) => child.name === name);
}

export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** The text of a part without a byte order mark; UTF-16 parts are read too. */
export function textOfPart(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  return bytes.toString('utf8', bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
