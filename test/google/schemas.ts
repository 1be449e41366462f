import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../support/built-cli.ts';

/** What a field of the API may hold. */
type Kind =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'any' }
  | { readonly kind: 'list'; readonly of: Kind }
  | { readonly kind: 'object'; readonly schema: string };

let known: ReadonlyMap<string, ReadonlyMap<string, Kind>> | null = null;

/** The fields of each message of the Sheets API, from the official client's own types: `Schema$CellData` without its prefix. */
function schemas(): ReadonlyMap<string, ReadonlyMap<string, Kind>> {
  if (known !== null) return known;
  const file = join(ROOT, 'node_modules', '@googleapis', 'sheets', 'build', 'v4.d.ts');
  const found = new Map<string, ReadonlyMap<string, Kind>>();
  const look = (node: ts.Node): void => {
    if (ts.isInterfaceDeclaration(node) && node.name.text.startsWith('Schema$')) {
      found.set(node.name.text.slice('Schema$'.length), new Map(node.members.filter(ts.isPropertySignature).map((member) => [(member.name as ts.Identifier).text, kindOf(member.type!)])));
    } else ts.forEachChild(node, look);
  };
  look(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022));
  return known = found;
}

function kindOf(type: ts.TypeNode): Kind {
  if (ts.isUnionTypeNode(type)) return kindOf(type.types.find((part) => !ts.isLiteralTypeNode(part))!);
  if (ts.isArrayTypeNode(type)) return { kind: 'list', of: kindOf(type.elementType) };
  if (ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) && type.typeName.text.startsWith('Schema$')) return { kind: 'object', schema: type.typeName.text.slice('Schema$'.length) };
  switch (type.kind) {
    case ts.SyntaxKind.StringKeyword: return { kind: 'string' };
    case ts.SyntaxKind.NumberKeyword: return { kind: 'number' };
    case ts.SyntaxKind.BooleanKeyword: return { kind: 'boolean' };
    default: return { kind: 'any' };
  }
}

/** What Google would say of a body that is no message of this schema; null for one that is. */
export function bodyProblem(value: unknown, schema: string): string | null {
  return problem(value, { kind: 'object', schema }, '');
}

function problem(value: unknown, kind: Kind, at: string): string | null {
  const refused = `Invalid JSON payload received. Invalid value at '${at}' (${kind.kind}), ${JSON.stringify(value)}`;
  switch (kind.kind) {
    case 'any': return null;
    case 'list':
      if (!Array.isArray(value)) return refused;
      return value.map((item, index) => problem(item, kind.of, `${at}[${index}]`)).find((found) => found !== null) ?? null;
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return refused;
      const fields = schemas().get(kind.schema)!;
      for (const [name, content] of Object.entries(value)) {
        const field = fields.get(name);
        if (field === undefined) return `Invalid JSON payload received. Unknown name "${name}"${at === '' ? '' : ` at '${at}'`}: Cannot find field.`;
        const found = problem(content, field, at === '' ? name : `${at}.${name}`);
        if (found !== null) return found;
      }
      return null;
    }
    default: return typeof value === kind.kind ? null : refused;
  }
}

/** A field mask: names, each with the mask of what lies under it; a name without one takes all. */
export type Mask = ReadonlyMap<string, Mask | null>;

/** `a(b,c.d),e` as names, checked against a schema; throws a RangeError at a field that the message doesn't have. */
export function parseMask(text: string, schema: string): Mask {
  const mask = new Map<string, Map<string, unknown> | null>();
  let at = 0;
  const list = (into: Map<string, Map<string, unknown> | null>, of: string): void => {
    for (;;) {
      const name = /^[A-Za-z]+/.exec(text.slice(at))?.[0];
      const kind = name === undefined ? undefined : schemas().get(of)?.get(name);
      if (name === undefined || kind === undefined) throw new RangeError(`Error expanding 'fields' parameter. Cannot find matching fields for path '${name ?? text.slice(at)}'.`);
      at += name.length;
      const inner = kind.kind === 'list' ? kind.of : kind;
      const own = new Map<string, Map<string, unknown> | null>();
      if (text[at] === '(' || text[at] === '.') {
        if (inner.kind !== 'object') throw new RangeError(`Invalid field selection ${name}`);
        const isGroup = text[at] === '(';
        at += 1;
        if (isGroup) {
          list(own, inner.schema);
          at += 1;
        } else single(own, inner.schema);
        const before = into.get(name);
        into.set(name, before === null ? null : new Map([...before ?? [], ...own]));
      } else into.set(name, null);
      if (text[at] !== ',') return;
      at += 1;
    }
  };
  const single = (into: Map<string, Map<string, unknown> | null>, of: string): void => {
    const end = text.slice(at).search(/[,()]/);
    const path = end < 0 ? text.slice(at) : text.slice(at, at + end);
    for (const [name, inner] of parseMask(path, of)) into.set(name, inner as Map<string, unknown> | null);
    at += path.length;
  };
  list(mask, schema);
  return mask as unknown as Mask;
}

/** What of a message a mask names. */
export function masked(value: unknown, mask: Mask | null): unknown {
  if (mask === null || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => masked(item, mask));
  return Object.fromEntries(Object.entries(value).flatMap(([name, content]) => (mask.has(name) ? [[name, masked(content, mask.get(name)!)]] : [])));
}
