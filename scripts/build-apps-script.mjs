// Builds apps-script/dist, which clasp pushes: Code.js (core, the policies and the Google host in one readable file, with a
// top-level function for every entry point, since menus, triggers and pages name functions), the pages, and the manifest.
import { build } from 'esbuild';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOM = 'apps-script';
const DIST = join(ROOM, 'dist');
/** What the project aims at: support staff read the bundle in Google's editor. The six regulations have outgrown it. */
const TARGET_KIB = 250;
/** Above this the build fails, so that nothing large slips in unseen; DUBAN_BUNDLE_KIB sets another limit. */
const LIMIT_KIB = Number(process.env.DUBAN_BUNDLE_KIB ?? 700);
/** Years of published holidays that a running office still needs. */
const FIRST_HOLIDAY_YEAR = '2024';

const slimming = {
  name: 'slimming',
  setup(builder) {
    builder.onResolve({ filter: /^js-sha256$/ }, () => ({ path: join(process.cwd(), ROOM, 'sha256.ts') }));
    // Modules here do nothing by being loaded: what this host doesn't call (search by pinyin, documents, import) is left out.
    builder.onResolve({ filter: /^[.#]|^pinyin-match$/ }, async (args) => {
      if (args.pluginData === 'own' || args.kind === 'entry-point') return undefined;
      const found = await builder.resolve(args.path, { importer: args.importer, resolveDir: args.resolveDir, kind: args.kind, pluginData: 'own' });
      return { ...found, sideEffects: false };
    });
    builder.onLoad({ filter: /chinese-days\.json$/ }, ({ path }) => {
      const { holidays, workdays } = JSON.parse(readFileSync(path, 'utf8'));
      const recent = (days) => Object.fromEntries(Object.keys(days).filter((day) => day >= FIRST_HOLIDAY_YEAR).map((day) => [day, '']));
      return { contents: JSON.stringify({ holidays: recent(holidays), workdays: recent(workdays) }), loader: 'json' };
    });
  },
};

const options = {
  entryPoints: [join(ROOM, 'main.ts')], bundle: true, write: false, charset: 'utf8', target: 'es2020', platform: 'neutral',
  mainFields: ['module', 'main'], logLevel: 'warning', plugins: [slimming],
  define: { DUBAN_VERSION: JSON.stringify(JSON.parse(readFileSync('package.json', 'utf8')).version) },
};

// The metafile lists the exports of an esm build only.
const { metafile } = await build({ ...options, format: 'esm', metafile: true });
const exported = Object.values(metafile.outputs)[0].exports;
const { outputFiles: [names] } = await build({ entryPoints: [join(ROOM, 'entry-names.ts')], bundle: true, write: false, format: 'esm' });
const { ENTRY_NAMES } = await import(`data:text/javascript;base64,${Buffer.from(names.text).toString('base64')}`);
const pages = readdirSync(join(ROOM, 'dialogs')).filter((name) => name.endsWith('.html'));
const called = pages.flatMap((name) => [...readFileSync(join(ROOM, 'dialogs', name), 'utf8').matchAll(/\.withFailureHandler\(\w+\)\s*\.(\w+)\(/g)].map((match) => match[1]));
const missing = [...ENTRY_NAMES, ...called].filter((name) => !exported.includes(name));
if (missing.length > 0) throw new Error(`menus, triggers or pages name functions that ${ROOM}/main.ts does not export: ${missing.join(', ')}`);

const { outputFiles: [bundle] } = await build({ ...options, format: 'iife', globalName: 'App' });
const stubs = exported.map((name) => `function ${name}(...args) { return App.${name}(...args); }\n`).join('');
const code = `${bundle.text}\n${stubs}`;
rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST, { recursive: true });
writeFileSync(join(DIST, 'Code.js'), code);
copyFileSync(join(ROOM, 'appsscript.json'), join(DIST, 'appsscript.json'));
for (const name of pages) copyFileSync(join(ROOM, 'dialogs', name), join(DIST, name));

const kib = Buffer.byteLength(code) / 1024;
console.log(`${DIST}/Code.js: ${kib.toFixed(1)} KiB (target ${TARGET_KIB} KiB, limit ${LIMIT_KIB} KiB)`);
if (kib > LIMIT_KIB) {
  const sizes = Object.entries(Object.values(metafile.outputs)[0].inputs).map(([file, { bytesInOutput }]) => [file, bytesInOutput]).sort((a, b) => b[1] - a[1]);
  console.error(`The bundle is over its limit (set DUBAN_BUNDLE_KIB to build it all the same). Largest parts:\n${sizes.slice(0, 12).map(([file, bytes]) => `  ${(bytes / 1024).toFixed(1)} KiB  ${file}`).join('\n')}`);
  process.exit(1);
}
