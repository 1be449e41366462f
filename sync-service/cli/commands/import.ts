import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import * as z from 'zod';
import { dayOf, importChanges, parseWorkbook, proposeImport, type HeaderMap, type ImportProposal, type Moment } from '#core';
import { POLICIES } from '#templates';
import { importPreviewXlsx } from '../../documents/import-preview-xlsx.ts';
import { goLiveWords, headerOfItem, MATCHES, placeWords } from '../../documents/import-words.ts';
import { UnrunnableWorkbookError } from '../../jobs/run-workbook.ts';
import { holdWorkbook } from '../../workbook/held-workbook.ts';
import { homeOfCommands, siteOf } from '../../workbook/location.ts';
import type { WorkbookStore } from '../../workbook/store.ts';
import { openXlsxStore } from '../../workbook/xlsx/store.ts';
import { CommandError } from '../command-error.ts';
import { requireFile, requireLive } from '../workbook-files.ts';

export interface ImportOptions {
  readonly into: string;
  /** A JSON file: the ledger's header to the contract's, or null to leave a column out. */
  readonly map: string | null;
  readonly yes: boolean;
  readonly now: Moment;
}

const MAP = z.record(z.string(), z.string().nullable());
const SHOWN_DOUBTS = 40;
const LOCK_PATIENCE_MS = 60_000;

/** `duban import`: reads an office's ledger, shows what it would bring in, and brings it in only with --yes. */
export async function importCommand(ledgerFile: string, options: ImportOptions): Promise<number> {
  requireFile(ledgerFile);
  requireLive(options.into);
  const held = await holdWorkbook(options.into, siteOf(options.into, homeOfCommands()), process.env);
  const work = (): Promise<number> => bringIn(ledgerFile, held.store, options);
  return options.yes ? held.alone(LOCK_PATIENCE_MS, work) : work();
}

async function bringIn(ledgerFile: string, store: WorkbookStore, options: ImportOptions): Promise<number> {
  const ledger = await openXlsxStore(ledgerFile).read();
  const snapshot = await store.read(options.yes ? { settleAt: options.now } : undefined);
  const { workbook, issues } = parseWorkbook(snapshot, POLICIES);
  if (workbook === null) throw new UnrunnableWorkbookError(options.into, issues);
  const today = dayOf(options.now);
  const proposal = proposeImport(ledger, workbook, readMap(options.map), today);
  process.stdout.write(`${describe(proposal)}\n`);
  process.stdout.write(`${goLiveWords(workbook, today)}:此前的逾期只亮灯,不催办、不扣分;导入后第一次巡检只给督办办公室发信,放行后才通知各单位\n`);
  if (proposal.items.length === 0) throw new CommandError(1, '没有可导入的事项:请核对表头,或用 --map 指明列的对应');
  if (!options.yes) {
    const preview = previewPath(ledgerFile);
    writeFileSync(preview, await importPreviewXlsx(proposal));
    process.stdout.write(`没有写入。预览:${preview}\n核对无误后加 --yes 导入;列对应不对的,用 --map 对应.json 指明,如 {"任务名目":"督办事项","投资额":null}\n`);
    return 0;
  }
  const result = await store.apply(snapshot, importChanges(proposal, workbook, { today }));
  for (const { change, found } of result.conflicts) process.stderr.write(`未写入:${change.kind === 'append' ? change.id ?? '' : ''} ${found}\n`);
  if (result.state === 'journaled') process.stdout.write('工作簿正被打开:已记入 .duban,关闭后下次运行写入\n');
  else process.stdout.write(`已导入 ${proposal.items.length} 件事项,登记 ${proposal.units.length} 个单位、${proposal.people.length} 人。待核的记在「备注」,以“导入待核”开头\n`);
  return result.conflicts.length > 0 || result.state === 'journaled' ? 3 : 0;
}

function readMap(file: string | null): HeaderMap {
  if (file === null) return {};
  if (!existsSync(file)) throw new CommandError(2, `没有这个对应文件:${resolve(file)}`);
  try {
    return MAP.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof z.ZodError)) throw error;
    throw new CommandError(2, `对应文件 ${resolve(file)} 应是 JSON,形如 {"原列名":"督办事项","不要的列":null}`);
  }
}

function previewPath(ledgerFile: string): string {
  return join(dirname(resolve(ledgerFile)), `${basename(ledgerFile, extname(ledgerFile))}-导入预览.xlsx`);
}

/** The proposal as text: the headers, what is new, what is left out, and the doubts. */
function describe(proposal: ImportProposal): string {
  const doubtful = proposal.items.filter((item) => item.doubts.length > 0);
  const lines = [`可导入 ${proposal.items.length} 件,其中 ${doubtful.length} 件有待核之处;新单位 ${proposal.units.length} 个,新人员 ${proposal.people.length} 人`];
  for (const table of proposal.tables) {
    lines.push(`「${table.sheet}」列的对应:`);
    for (const { header, key, match } of table.columns) lines.push(`  ${header} → ${key === null ? '(不导入)' : headerOfItem(key)}  [${MATCHES[match]}]`);
  }
  for (const left of proposal.leftOut) lines.push(`  未导入 ${placeWords(left)}:${left.reason}`);
  const doubts = doubtful.flatMap((item) => item.doubts.map(({ header, value, message }) => `  待核 ${item.sheet} 第${item.ref}行「${header}」${value === '' ? '' : `「${value}」`}${message}`));
  lines.push(...doubts.slice(0, SHOWN_DOUBTS));
  if (doubts.length > SHOWN_DOUBTS) lines.push(`  ……另有 ${doubts.length - SHOWN_DOUBTS} 处,见预览`);
  return lines.join('\n');
}
