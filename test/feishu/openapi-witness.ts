import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { larkMcpWitness } from './lark-mcp-witness.ts';

/** The open platform's own description of its API, where it lies beside the repository. */
const PLACES = ['../shared/openapi-feishu', '../../shared/openapi-feishu'];
const PARTS = { bitable: '/open-apis/bitable/', im: '/open-apis/im/', contact: '/open-apis/contact/', drive: '/open-apis/drive/' } as const;

type Json = { [key: string]: Json } | Json[] | string | number | boolean | null;

export interface Witness {
  /** What differed from the description, one line each. */
  readonly problems: string[];
  readonly see: (method: string, path: string, request: unknown, answer: unknown) => void;
  /** Requests judged so far; none where the description is not there. */
  readonly seen: number;
}

/** Judges every request and answer by Feishu's own description, with three known defects of it mended, and requests by lark-mcp's where that is. */
export function openApiWitness(): Witness {
  const requests = larkMcpWitness();
  const folder = PLACES.map((place) => resolve(place)).find((path) => existsSync(path));
  const problems: string[] = [];
  const specs = new Map<string, Spec>();
  const specOf = (path: string): Spec | undefined => {
    const part = Object.entries(PARTS).find(([, prefix]) => path.startsWith(prefix))?.[0];
    if (part !== undefined && !specs.has(part)) specs.set(part, mended(parse(readFileSync(resolve(folder!, `${part}.yaml`), 'utf8')) as Json) as unknown as Spec);
    return part === undefined ? undefined : specs.get(part);
  };
  const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false, logger: false });
  const validators = new Map<object, ReturnType<Ajv['compile']>>();
  const judge = (what: string, { components }: Spec, schema: object | undefined, value: unknown): void => {
    if (schema === undefined) return;
    let validate = validators.get(schema);
    if (validate === undefined) validators.set(schema, validate = ajv.compile({ ...schema, components }));
    if (validate(value) !== true) problems.push(`${what}: ${ajv.errorsText(validate.errors).slice(0, 300)}`);
  };
  let seen = 0;
  return {
    get problems() { return [...problems, ...requests.problems]; },
    see(method, path, request, answer) {
      requests.see(method, path, request);
      if (folder === undefined) return;
      const template = path.replace('{table}', '{table_id}').replace('{field}', '{field_id}').replace('{view}', '{view_id}');
      const spec = specOf(template);
      const operation = spec?.paths[template]?.[method.toLowerCase()];
      if (spec === undefined || operation === undefined) {
        problems.push(`${method} ${template} is not in the description`);
        return;
      }
      seen += 1;
      if (method !== 'GET') judge(`${method} ${template} request`, spec, operation.requestBody?.content['application/json']?.schema, request);
      judge(`${method} ${template} answer`, spec, operation.responses['200']?.content['application/json']?.schema, answer);
    },
    get seen() { return seen; },
  };
}

interface Spec { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>; readonly components: Json }
interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object } | undefined>> };
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, { readonly schema: object } | undefined>> } | undefined>>;
}

/**
 * Maps are described as strings; a field's settings may be null; objects may hold no other keys than those named. Field type
 * 19 and 24 are missing from the list.
 */
function mended(node: Json): Json {
  if (Array.isArray(node)) return node.map(mended);
  if (typeof node !== 'object' || node === null) return node;
  if (node['x-lark-original-type'] === 'map') return { type: 'object' };
  const own: { [key: string]: Json } = {};
  for (const [key, value] of Object.entries(node)) own[key] = mended(value);
  if (own['type'] === 'object' && typeof own['properties'] === 'object' && own['additionalProperties'] === undefined) own['additionalProperties'] = false;
  const properties = own['properties'];
  if (typeof properties === 'object' && properties !== null && !Array.isArray(properties) && properties['property'] !== undefined) properties['property'] = { anyOf: [properties['property'], { type: 'null' }] };
  return own;
}
