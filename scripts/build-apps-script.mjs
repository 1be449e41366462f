// Builds apps-script/dist, which clasp pushes: the script files (core, the policies and the Google host, not minified), the
// pages, and the manifest. DUBAN_POLICY=tax leaves out every regulation but that one.
import { build } from 'esbuild';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf, SCREENS } from './apps-script-files.mjs';

const ROOM = 'apps-script';
const DIST = join(ROOM, 'dist');
/** Support staff read the files in Google's editor: above this in one of them the build fails. */
const FILE_KIB = 250;
/** So that nothing large slips in unseen: the five files of the runs together, without the web app's (docs/decisions/09-google-scripts-in-five-files.md). */
const TOTAL_KIB = 680;
/** Years of published holidays that a running office still needs. */
const FIRST_HOLIDAY_YEAR = '2024';

const POLICY_IDS = readdirSync('templates').filter((name) => existsSync(join('templates', name, 'policy.ts')));

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
    builder.onLoad({ filter: /templates[\\/]policies\.ts$/ }, () => {
      const policy = process.env.DUBAN_POLICY ?? '';
      if (policy === '') return undefined;
      if (!existsSync(join('templates', policy, 'policy.ts'))) throw new Error(`DUBAN_POLICY names no regulation of templates/: ${policy}`);
      return { contents: `import { ${policy}Policy } from './${policy}/policy.ts';\nexport const POLICIES = { ${policy}: ${policy}Policy };`, loader: 'ts', resolveDir: join(process.cwd(), 'templates') };
    });
    // No papers are printed here.
    builder.onLoad({ filter: /templates[\\/]document-register\.ts$/ }, () => ({ contents: `export const DOCUMENTS = { ${POLICY_IDS.map((id) => `${id}: []`).join(', ')} };`, loader: 'ts' }));
    builder.onLoad({ filter: /chinese-days\.json$/ }, ({ path }) => {
      const { holidays, workdays } = JSON.parse(readFileSync(path, 'utf8'));
      const recent = (days) => Object.fromEntries(Object.keys(days).filter((day) => day >= FIRST_HOLIDAY_YEAR).map((day) => [day, '']));
      return { contents: JSON.stringify({ holidays: recent(holidays), workdays: recent(workdays) }), loader: 'json' };
    });
  },
};

/** The modules that a bundle without the web app has. */
async function modulesOfRuns() {
  const noWebApp = { name: 'no-web-app', setup(builder) {
    builder.onLoad({ filter: /apps-script[\\/]web[\\/]web-app\.ts$/ }, () => ({ contents: 'export const webPage = null, webRead = null, webSend = null;', loader: 'ts' }));
  } };
  const { metafile: own } = await build({ ...options, format: 'esm', metafile: true, plugins: [noWebApp, slimming] });
  return new Set(Object.entries(Object.values(own.outputs)[0].inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])));
}

/** The console's page as one file of HTML for the web app: it talks by google.script.run, and its pictures are drawn without a library. */
async function consolePage() {
  const room = 'sync-service/console/page';
  const instead = { './line-http.ts': 'line-google.ts', './charts.ts': 'charts-plain.ts' };
  const { outputFiles } = await build({
    entryPoints: { app: join(room, 'main.tsx'), style: join(room, 'app.css') }, outdir: 'page', write: false, bundle: true, platform: 'browser', format: 'iife', target: ['chrome109', 'firefox115', 'safari16'],
    jsx: 'automatic', jsxImportSource: 'preact', minify: true, charset: 'utf8', legalComments: 'none', logLevel: 'warning', loader: { '.svg': 'dataurl' }, define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [{ name: 'served-by-google', setup(builder) { builder.onResolve({ filter: /^\.\/(?:line-http|charts)\.ts$/ }, ({ path }) => ({ path: join(process.cwd(), room, instead[path]) })); } }],
  });
  const text = (ending) => outputFiles.find(({ path }) => path.endsWith(ending)).text;
  // Of an element's text the first of these would be its end.
  const script = text('.js').replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');
  return `<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>督办</title><style>${text('.css')}</style></head>\n<body><div id="app"><p class="boot">正在打开…</p></div><script>${script}</script></body></html>\n`;
}

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const options = {
  entryPoints: [join(ROOM, 'main.ts')], bundle: true, write: false, charset: 'utf8', target: 'es2020', platform: 'neutral',
  mainFields: ['module', 'main'], logLevel: 'warning', plugins: [slimming],
  define: { DUBAN_VERSION: JSON.stringify(version) },
};

// The metafile lists the exports of an esm build only.
const { metafile, outputFiles: [bundle] } = await build({ ...options, format: 'esm', metafile: true });
const exported = Object.values(metafile.outputs)[0].exports;
const { outputFiles: [names] } = await build({ entryPoints: [join(ROOM, 'entry-names.ts')], bundle: true, write: false, format: 'esm' });
const { ENTRY_NAMES } = await import(`data:text/javascript;base64,${Buffer.from(names.text).toString('base64')}`);
const pages = readdirSync(join(ROOM, 'dialogs')).filter((name) => name.endsWith('.html'));
const called = pages.flatMap((name) => [...readFileSync(join(ROOM, 'dialogs', name), 'utf8').matchAll(/\.withFailureHandler\(\w+\)\s*\.(\w+)\(/g)].map((match) => match[1]));
const missing = [...ENTRY_NAMES, ...called].filter((name) => !exported.includes(name));
if (missing.length > 0) throw new Error(`menus, triggers or pages name functions that ${ROOM}/main.ts does not export: ${missing.join(', ')}`);

const files = filesOf(bundle.text, metafile, exported, version, await modulesOfRuns());
rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST, { recursive: true });
for (const { name, text } of files) writeFileSync(join(DIST, `${name}.js`), text);
copyFileSync(join(ROOM, 'appsscript.json'), join(DIST, 'appsscript.json'));
for (const name of pages) copyFileSync(join(ROOM, 'dialogs', name), join(DIST, name));

const page = await consolePage();
writeFileSync(join(DIST, 'console.html'), page);

const sizes = files.map(({ name, text }) => ({ name, kib: Buffer.byteLength(text) / 1024 }));
const total = sizes.filter(({ name }) => name !== SCREENS).reduce((sum, { kib }) => sum + kib, 0);
console.log(`${DIST}: ${sizes.map(({ name, kib }) => `${name}.js ${kib.toFixed(1)} KiB`).join(', ')} (limit ${FILE_KIB} KiB each); without ${SCREENS}.js together ${total.toFixed(1)} KiB (limit ${TOTAL_KIB} KiB); console.html ${(Buffer.byteLength(page) / 1024).toFixed(1)} KiB`);
if (process.env.DUBAN_ANY_SIZE !== '1' && (total > TOTAL_KIB || sizes.some(({ kib }) => kib > FILE_KIB))) {
  const parts = Object.entries(Object.values(metafile.outputs)[0].inputs).map(([file, { bytesInOutput }]) => [file, bytesInOutput]).sort((a, b) => b[1] - a[1]);
  console.error(`A file is over its limit (DUBAN_ANY_SIZE=1 builds all the same). Largest parts:\n${parts.slice(0, 12).map(([file, bytes]) => `  ${(bytes / 1024).toFixed(1)} KiB  ${file}`).join('\n')}`);
  process.exit(1);
}
