import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moment, parseWorkbook, pendingDeliveries, planRun, SHEETS } from '#core';
import { POLICIES } from '#templates';
import { openDeliveryJournal } from '../../sync-service/workbook/xlsx/delivery-journal.ts';
import { openXlsxStore } from '../../sync-service/workbook/xlsx/store.ts';
import { duban } from './built-cli.ts';

/** When every run of the soak takes place: a working Monday of the tax sample, with mails of every kind due. */
const NOW = '2026-03-16T09:00+08:00';
const NOW_MOMENT = moment('2026-03-16 09:00');
/** A log of what happened in which run: a cut-off run is a run more. */
const LOGS: ReadonlySet<string> = new Set([SHEETS.history.name, SHEETS.runs.name]);

/** How far a killed run had come. */
export type KillStage = 'nothing sent' | 'some sent' | 'all sent, not saved' | 'saved' | 'ended before the kill';

export interface KillReport {
  readonly stages: Readonly<Record<KillStage, number>>;
  /** One sentence each; empty where every killed run was finished by the next as if nothing had happened. */
  readonly differences: readonly string[];
}

interface Office {
  /** Rows of every data sheet, as read. */
  readonly sheets: ReadonlyMap<string, string>;
  /** Bytes of the outbox, by file name. */
  readonly mails: ReadonlyMap<string, string>;
}

/**
 * `kill -9` on `duban run`, `kills` times, each on a fresh copy of one office at the same place and followed by one whole
 * run; compares what is there then with an undisturbed run. `random` gives numbers from 0 up to 1.
 */
export async function killRuns(kills: number, random: () => number, progress: (line: string) => void): Promise<KillReport> {
  const root = mkdtempSync(join(tmpdir(), 'duban-kill-'));
  try {
    const folder = join(root, '办公室');
    const template = join(root, 'template');
    const file = join(folder, '台账.xlsx');
    mkdirSync(folder);
    await mustEnd(['init', file, '--policy', 'tax', '--sample', '--now', NOW]);
    cpSync(folder, template, { recursive: true });

    let firstWord = 0;
    const started = performance.now();
    await mustEnd(['run', file, '--now', NOW], () => { firstWord = performance.now() - started; });
    const whole = performance.now() - started;
    const undisturbed = await officeAt(folder, file);
    const stages: Record<KillStage, number> = { 'nothing sent': 0, 'some sent': 0, 'all sent, not saved': 0, saved: 0, 'ended before the kill': 0 };
    const differences: string[] = [];
    if (undisturbed.mails.size === 0) differences.push('the undisturbed run sent no mail: nothing is tested');

    for (let round = 1; round <= kills; round += 1) {
      rmSync(folder, { recursive: true });
      cpSync(template, folder, { recursive: true });
      // One in eight anywhere in the life of the process, the others after reading, where something can be half done.
      const anywhere = round % 8 === 0;
      const delay = Math.round(random() * (anywhere ? whole : whole - firstWord));
      const killAfter = (kill: () => void): void => void setTimeout(kill, delay);
      const killed = await duban(['run', file, '--now', NOW], anywhere ? { onStart: killAfter } : { onFirstWord: killAfter });
      const stage = killed.status === null ? stageOf(folder, file, template, undisturbed.mails.size) : 'ended before the kill';
      stages[stage] += 1;
      await mustEnd(['run', file, '--now', NOW]);
      const found = [...compare(undisturbed, await officeAt(folder, file)), ...await leftOver(folder, file)];
      differences.push(...found.map((difference) => `kill ${round}, ${delay} ms after ${anywhere ? 'the start' : 'reading'} (${stage}): ${difference}`));
      progress(`kill ${round}/${kills}: ${stage}${found.length === 0 ? '' : `, ${found.length} differences`}`);
    }
    return { stages, differences };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function mustEnd(args: readonly string[], onFirstWord?: () => void): Promise<void> {
  const { status, stderr } = await duban(args, onFirstWord === undefined ? {} : { onFirstWord });
  if (status !== 0) throw new Error(`duban ${args.join(' ')} ended with ${status}: ${stderr}`);
}

function stageOf(folder: string, file: string, template: string, mails: number): KillStage {
  if (!readFileSync(file).equals(readFileSync(join(template, '台账.xlsx')))) return 'saved';
  const sent = mailsAt(folder).size;
  return sent === 0 ? 'nothing sent' : sent < mails ? 'some sent' : 'all sent, not saved';
}

async function officeAt(folder: string, file: string): Promise<Office> {
  const { sheets } = await openXlsxStore(file).read();
  return {
    sheets: new Map(sheets.filter(({ name }) => !LOGS.has(name)).map(({ name, rows }) => [name, rows.map(({ cells }) => JSON.stringify(cells)).join('\n')])),
    mails: mailsAt(folder),
  };
}

function mailsAt(folder: string): Map<string, string> {
  const outbox = join(folder, 'outbox');
  const names = readdirSync(folder).includes('outbox') ? readdirSync(outbox).filter((name) => name.endsWith('.eml')) : [];
  return new Map(names.map((name) => [name, readFileSync(join(outbox, name), 'utf8')]));
}

function compare(expected: Office, found: Office): string[] {
  return [...mapDifferences('sheet', expected.sheets, found.sheets), ...mapDifferences('mail', expected.mails, found.mails)];
}

function mapDifferences(kind: string, expected: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>): string[] {
  return [...new Set([...expected.keys(), ...found.keys()])].flatMap((name) => {
    const [before, after] = [expected.get(name), found.get(name)];
    if (before === after) return [];
    if (before === undefined || after === undefined) return [`${kind} ${name} ${before === undefined ? 'is one too many' : 'is missing'}`];
    const lines = after.split('\n');
    const index = before.split('\n').findIndex((line, at) => line !== lines[at]);
    return [`${kind} ${name}, line ${index + 1}: expected ${before.split('\n')[index] ?? 'its end'}, found ${lines[index] ?? 'its end'}`];
  });
}

/** What a further run at the same moment would still do, and half-written files. */
async function leftOver(folder: string, file: string): Promise<string[]> {
  const { workbook } = parseWorkbook(await openXlsxStore(file).read(), POLICIES);
  if (workbook === null) return ['the workbook can no longer be run'];
  const deliveries = openDeliveryJournal(file).entries();
  const plan = planRun(workbook, NOW_MOMENT, deliveries);
  const pending = pendingDeliveries(workbook, plan.notices, deliveries, plan.clock, 'sync-service');
  return [
    ...(plan.changes.length === 0 ? [] : [`${plan.changes.length} changes are still to be written`]),
    ...(pending.length === 0 ? [] : [`${pending.length} mails are still to be sent`]),
    ...[folder, join(folder, 'outbox')].flatMap((place) => readdirSync(place)).filter((name) => name.endsWith('.tmp')).map((name) => `${name} was left behind`),
  ];
}
