import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Asset { readonly body: Uint8Array<ArrayBuffer>; readonly type: string; readonly tag: string }

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', html: 'text/html; charset=utf-8', svg: 'image/svg+xml', webmanifest: 'application/manifest+json',
};

/** The page's files by name, read once: what isn't among them is not served, whatever a path says. */
export function readAssets(folder = builtPage()): ReadonlyMap<string, Asset> {
  return new Map(readdirSync(folder).flatMap((name): [string, Asset][] => {
    const type = TYPES[name.slice(name.lastIndexOf('.') + 1)];
    if (type === undefined) return [];
    const body = new Uint8Array(readFileSync(join(folder, name)));
    return [[name, { body, type, tag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }]];
  }));
}

/** dist/console, found from the source file as well as from the bundle. */
function builtPage(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const place = join(folder, 'dist', 'console');
    if (existsSync(join(place, 'index.html'))) return place;
    if (folder === dirname(folder)) throw new Error('安装不完整:缺少 dist/console,请先运行 npm run build');
  }
}
