import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { archiveFiles, isOfPurge, movedOutLinks, type ChainHead, type Workbook } from '#core';
import { POLICIES } from '#templates';
import { describeWorkbook, type DescribedWorkbook } from './describe-workbook.ts';

/** How the chain of a workbook and of its yearly archives stands. */
export interface WorkbookVerification {
  readonly chain: ChainHead;
  /** The archives that are whole, as 归档案卷 names them. */
  readonly archives: readonly string[];
  /** What is not as it was written, in sentences; empty where all is proved. */
  readonly breaks: readonly string[];
  /** What people should know. */
  readonly notes: readonly string[];
}

/**
 * Proves 流转记录 of a workbook, and of each archive that 归档案卷 names: its bytes by the sha256 that stands there, its own
 * chain, and that this ends where a row of 流转记录 says that it moved out.
 */
export function verifyWorkbook(file: string): WorkbookVerification {
  const path = realpathSync(file);
  const main = describe(path);
  const named = archiveFiles(main.parsed);
  const found = new Map<string, DescribedWorkbook>();
  const breaks = [...main.breaks];
  const notes: string[] = [];
  for (const [name, { sha256, items }] of named) {
    const place = join(dirname(path), name);
    if (!existsSync(place)) {
      breaks.push(`没有找到年度归档「${name}」(${items.length} 件事项):请放回工作簿旁,或从它的备份恢复`);
      continue;
    }
    const own = describe(place);
    found.set(name, own);
    breaks.push(...own.breaks.map((sentence) => `${name}:${sentence}`));
    if (createHash('sha256').update(readFileSync(place)).digest('hex') === sha256) continue;
    if (own.parsed.sheets.history.rows.some(({ cells }) => isOfPurge(cells))) notes.push(`${name} 归档后清除过事项,字节与归档时不同;流转记录的链仍可核对`);
    else breaks.push(`${name} 归档后被改动过:与「归档案卷」的备份指纹不符,请从它的备份恢复`);
  }
  const links = new Set([main.parsed, ...[...found.values()].map(({ parsed }) => parsed)].flatMap(movedOutLinks));
  for (const [name, { parsed }] of found) {
    if (parsed.sheets.history.rows.length > 0 && !holdsAny(parsed, links)) breaks.push(`${name} 的流转记录接不上:没有哪一行说它移到这里`);
  }
  return { chain: main.chain, archives: [...found.keys()], breaks, notes };
}

function describe(path: string): DescribedWorkbook {
  return describeWorkbook(readFileSync(path), statSync(path).mtimeMs, path, POLICIES);
}

function holdsAny({ sheets }: Workbook, links: ReadonlySet<string>): boolean {
  return sheets.history.rows.some(({ cells }) => links.has(cells.chain));
}
