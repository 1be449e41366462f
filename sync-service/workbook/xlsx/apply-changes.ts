import { hostname } from 'node:os';
import { columnsOf, isLetter, locateChanges, type Change, type RenderedValue } from '#core';
import type { ApplyResult } from '../store.ts';
import { replaceFile } from '../memory/durable-file.ts';
import { groundOf, sheetsBySnapshot } from './ground.ts';
import { homeRegistryPath, readHomeRegistry } from './identity.ts';
import { patchSheet } from './patch-sheet.ts';
import { patchWorkbookXml } from './patch-workbook-xml.ts';
import type { LoadedSheet, LoadedWorkbook } from './read-snapshot.ts';
import { saveWorkbook, type SaveHooks } from './save.ts';
import { stretchTable, type Growth } from './stretch.ts';
import { readRelations } from './workbook-parts.ts';
import { writeZip, type PartContent } from './zip-write.ts';

/**
 * Checks the changes against a workbook just read, and saves what can be written. The caller holds the locks; where the
 * result is `journaled` the file could not be replaced, and the caller keeps the changes for later.
 */
export async function applyChanges(workbook: LoadedWorkbook, changes: readonly Change[], hooks: SaveHooks): Promise<ApplyResult> {
  const { sheets, written, conflicts } = locateChanges(groundOf(workbook), changes);
  if (sheets.length === 0) return { written: 0, conflicts, state: 'unchanged' };
  const parts = new Map<string, PartContent>();
  const growths = new Map<number, Growth>();
  const loaded = sheetsBySnapshot(workbook);
  for (const { sheet: snapshot, key, headerRow, cells, appended, columns } of sheets) {
    const sheet = loaded.get(snapshot)!;
    const { pieces, growth } = patchSheet(sheet.xml, sheet.scanned, workbook.styles, {
      // The row references of a file are its row numbers.
      cells: cells as ReadonlyMap<number, ReadonlyMap<number, RenderedValue>>,
      appended, headerRow: Number(snapshot.rows[headerRow]?.ref ?? 0), date1904: workbook.parts.date1904,
      letters: new Set(key === null ? [] : columnsOf(key).filter(isLetter).flatMap((column) => columns[column.key] ?? [])),
    });
    parts.set(sheet.part, pieces());
    if (growth === null) continue;
    growths.set(sheet.index, growth);
    for (const [part, xml] of grownTables(workbook, sheet, growth)) parts.set(part, xml);
  }
  const { zip } = workbook;
  const styles = workbook.styles.changed();
  if (styles !== null && workbook.parts.stylesPart !== null) parts.set(workbook.parts.stylesPart, styles);
  parts.set(workbook.parts.workbookPart, patchWorkbookXml(zip.read(workbook.parts.workbookPart)!, growths));
  const saved = await saveWorkbook(workbook.path, zip, await writeZip(zip, parts), new Set(parts.keys()), hooks);
  if (!saved) return { written: 0, conflicts: [], state: 'journaled' };
  registerHome(workbook);
  return { written, conflicts, state: 'saved' };
}

function grownTables(workbook: LoadedWorkbook, sheet: LoadedSheet, growth: Growth): [string, Buffer][] {
  const grown: [string, Buffer][] = [];
  for (const relation of readRelations(workbook.zip, sheet.part)) {
    if (!relation.type.endsWith('/table')) continue;
    const part = workbook.zip.find(relation.target);
    const xml = part === null ? null : stretchTable(workbook.zip.read(part)!.toString('latin1'), growth);
    if (part !== null && xml !== null) grown.push([part, Buffer.from(xml, 'latin1')]);
  }
  return grown;
}

/** Lets a later move of the workbook with its `.duban` folder be told from a copy (see isCopyOf). */
function registerHome({ identity, path, role }: LoadedWorkbook): void {
  if (identity.id === null || identity.home === null || role !== 'home') return;
  const known = readHomeRegistry(path);
  const entry = { home: path, host: hostname() };
  if (JSON.stringify(known[identity.id]) === JSON.stringify(entry)) return;
  replaceFile(homeRegistryPath(path), `${JSON.stringify({ ...known, [identity.id]: entry }, null, 1)}\n`);
}
