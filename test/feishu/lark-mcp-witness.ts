import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';

/**
 * The package @larksuiteoapi/lark-mcp, where DUBAN_LARK_MCP names its folder: its zod schemas are a third description of requests. It is no
 * dependency, since it brings 200 packages, one of them (keytar) compiled at its installation; nothing of it but these files is run.
 */
const FOLDER = process.env['DUBAN_LARK_MCP'];
const PARTS = ['bitable_v1', 'contact_v3', 'im_v1'];

const TOOL = z.looseObject({ path: z.string(), httpMethod: z.string(), schema: z.looseObject({ data: z.custom<{ safeParse: (value: unknown) => { success: boolean; data?: unknown; error?: { message: string } } }>().optional() }) });
type Tool = z.infer<typeof TOOL>;

export interface RequestWitness {
  readonly problems: string[];
  /** Requests judged so far; none where the package is not there. */
  readonly seen: number;
  readonly see: (method: string, template: string, request: unknown) => void;
}

/** Judges the bodies of requests; calls that the package doesn't have are left out. */
export function larkMcpWitness(): RequestWitness {
  const tools = FOLDER === undefined ? new Map<string, Tool>() : toolsIn(resolve(FOLDER));
  const problems: string[] = [];
  let seen = 0;
  return {
    problems,
    get seen() { return seen; },
    see(method, template, request) {
      const tool = tools.get(keyOf(method, template));
      if (tool?.schema.data === undefined) return;
      seen += 1;
      const judged = tool.schema.data.safeParse(request);
      if (!judged.success) problems.push(`${method} ${template}: ${judged.error?.message ?? ''}`);
      // An unknown key is dropped without a word.
      else if (!isDeepStrictEqual(withoutMaps(judged.data), withoutMaps(request))) problems.push(`${method} ${template}: ${JSON.stringify(request).slice(0, 300)} came back as ${JSON.stringify(judged.data).slice(0, 300)}`);
    },
  };
}

/** The maps of field names in roles are described as objects without any key. */
function withoutMaps(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, part: unknown) => (key === 'field_perm' ? undefined : part)));
}

function toolsIn(folder: string): Map<string, Tool> {
  const load = createRequire(resolve(folder, 'package.json'));
  const exported = PARTS.flatMap((part) => Object.values(load(`./dist/mcp-tool/tools/en/gen-tools/zod/${part}.js`) as Record<string, unknown>));
  return new Map(exported.flatMap((tool) => {
    const parsed = TOOL.safeParse(tool);
    return parsed.success ? [[keyOf(parsed.data.httpMethod, parsed.data.path), parsed.data] as const] : [];
  }));
}

function keyOf(method: string, path: string): string {
  return `${method} ${path.replaceAll(/:\w+|\{\w+\}/g, '*')}`;
}
