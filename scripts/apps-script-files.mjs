// Cuts the one flat text that esbuild makes into script files that a person can read in Google's editor.
//
// A file is one function of a private name (`Rules_`), which hands out what the others ask of it, so that nothing is run by
// loading, the order of the files in the project doesn't matter, and the editor, the pages and the cells see the entry
// points only. The body isn't indented: two blanks before each of 12 000 lines tell a reader nothing.
import ts from 'typescript';

/** What the web app alone needs lies here, so that the other files are those of the runs. */
export const SCREENS = 'Screens';

/** From the foundation up; a module that a lower file needs is put there. The last one holds all the rest. */
const FILES = [
  { name: 'Table', about: '表:日历、合同各表各列、读格子、制度参数', rooms: ['core/calendar/', 'core/workbook/', 'core/policy/', 'node_modules/'] },
  { name: 'Rules', about: '规则:状态与权限、时限、申请、计分、排名、督查、归档', rooms: ['core/lifecycle/', 'core/appraisal/', 'core/inspections/', 'core/archive/'] },
  { name: 'Plan', about: '一次巡检的计划:通知、通报、首页,应有减已有', rooms: ['core/'] },
  { name: 'Policies', about: '各单位的制度,作为数据', rooms: ['templates/'] },
  { name: SCREENS, about: '网页应用的各页:总览、台账、事项、我的……按人所见', rooms: ['screens/'] },
  { name: 'Code', about: '谷歌表格里的程序:菜单、触发器、读写、发信、表单', rooms: [''] },
];

/** What esbuild puts before the first module for syntax that is newer than the target. */
const HELPERS = 'node_modules/esbuild';
const HOST = 'apps-script/';

/**
 * The files of a bundle: `[{ name, text }]`, the last of which offers `exported` as top-level functions. `text` is esbuild's
 * esm output with its comments of paths, `metafile` the one that belongs to it; `runs`: the
 * modules that there are without the web app.
 */
export function filesOf(text, metafile, exported, version, runs) {
  const modules = modulesOf(text, metafile);
  const placeOf = placesOf(modules.map(({ path }) => path), metafile, runs);
  const files = FILES.map((file, place) => {
    const body = modules.filter(({ path }) => placeOf.get(path) === place).map((module) => module.text).join('');
    return { ...file, body, ...namesOf(body) };
  });
  return files.map((file, place) => {
    const takes = files.slice(0, place).map((other) => [other.name, [...other.declared].filter((name) => file.used.has(name)).sort()]).filter(([, names]) => names.length > 0);
    const isLast = place === files.length - 1;
    const gives = isLast ? exported : [...file.declared].filter((name) => files.slice(place + 1).some(({ used }) => used.has(name))).sort();
    return { name: file.name, text: wrapped(file, version, takes, gives) + (isLast ? stubsOf(file.name, exported) : '') };
  });
}

function wrapped({ name, about, body }, version, takes, gives) {
  return [
    `// 督办 ${version} · ${about}。由 npm run build:apps-script 生成,请勿手改。`,
    `function ${name}_() {`, `'use strict';`, `if (${name}_.parts !== undefined) return ${name}_.parts;`,
    ...takes.map(([other, names]) => `const { ${names.join(', ')} } = ${other}_();`), '',
    body.trim(), '', `${name}_.parts = { ${gives.join(', ')} };`, `return ${name}_.parts;`, '}', '',
  ].join('\n');
}

/** Menus, triggers and pages call functions by name. */
function stubsOf(name, exported) {
  return ['', '// 菜单、触发器和表单按名称调用的函数', ...exported.map((entry) => `function ${entry}(...args) { return ${name}_().${entry}(...args); }`), ''].join('\n');
}

/** The text module by module in its order. */
function modulesOf(text, metafile) {
  const withoutExport = text.replace(/\nexport \{[^}]*\};\s*$/, '\n');
  let module = { path: HELPERS, text: '' };
  const modules = [module];
  for (const line of withoutExport.split('\n')) {
    if (line.startsWith('// ') && line.slice(3) in metafile.inputs) modules.push(module = { path: line.slice(3), text: '' });
    module.text += `${line}\n`;
  }
  return modules;
}

function placesOf(paths, metafile, runs) {
  const places = new Map(paths.map((path) => [path, runs.has(path) || path === HELPERS || path.startsWith(HOST) ? FILES.findIndex(({ rooms }) => rooms.some((room) => path.startsWith(room))) : FILES.findIndex(({ name }) => name === SCREENS)]));
  for (let moved = true; moved;) {
    moved = false;
    for (const [path, place] of places) {
      for (const { path: needed } of metafile.inputs[path]?.imports ?? []) {
        if (!places.has(needed) || places.get(needed) <= place) continue;
        places.set(needed, place);
        moved = true;
      }
    }
  }
  return places;
}

/** Names that a text declares at its top, and all that it uses. */
function namesOf(text) {
  const source = ts.createSourceFile('file.js', text, ts.ScriptTarget.ES2022, true);
  const declared = new Set();
  const used = new Set();
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement)) for (const { name } of statement.declarationList.declarations) declared.add(name.getText());
    else if (statement.name !== undefined) declared.add(statement.name.text);
  }
  const look = (node) => {
    const { parent } = node;
    const isMember = parent !== undefined && parent.name === node && (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent));
    if (ts.isIdentifier(node) && !isMember) used.add(node.text);
    ts.forEachChild(node, look);
  };
  look(source);
  return { declared, used };
}
