import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { RunOutcome } from '../../sync-service/jobs/run-workbook.ts';
import type { CliResult } from './built-cli.ts';
import { dubanHere } from './cli-here.ts';
import { python } from './python.ts';
import { runHere } from './run-here.ts';

export type Row = Readonly<Record<string, unknown>>;
/** What people see: the texts of 首页, the rows and headers of every other sheet. */
export interface Shown { readonly home: readonly string[]; readonly sheets: Readonly<Record<string, readonly Row[]>>; readonly heads: Readonly<Record<string, readonly unknown[]>> }

export const FIRST = '2026-03-16T09:00+08:00';
export const NEXT = '2026-03-17T09:00+08:00';

/** One office at one place (a workbook elsewhere is a copy), as it was after its first run, for accidents to happen to. */
export class AccidentOffice {
  readonly root = mkdtempSync(join(tmpdir(), 'duban-accidents-'));
  readonly folder = join(this.root, '办公室');
  readonly file = join(this.folder, '台账.xlsx');
  readonly template = join(this.root, 'template');

  /** Runs the office for the first time. */
  async open(): Promise<void> {
    for (const args of [['init', this.file, '--policy', 'tax', '--sample', '--now', FIRST], ['run', this.file, '--now', FIRST]]) {
      const { status, stderr } = await dubanHere(args);
      if (status !== 0) throw new Error(stderr);
    }
    cpSync(this.folder, this.template, { recursive: true });
  }

  /** The office as it was after its first run. */
  restore(): void {
    rmSync(this.folder, { recursive: true, force: true });
    cpSync(this.template, this.folder, { recursive: true });
  }

  close(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** What the next day's run does where nothing happened; restores the office afterwards. */
  async undisturbed(): Promise<{ readonly office: Shown; readonly mails: readonly string[] }> {
    await this.runHere(NEXT);
    const seen = { office: this.shown(), mails: this.mails() };
    this.restore();
    return seen;
  }

  /** Accidents with openpyxl (test/support/accidents.py); its output. */
  hand(...accidents: string[]): string {
    return python('accidents.py', this.file, ...accidents);
  }

  /** What people see, after these accidents. */
  shown(...accidents: string[]): Shown {
    return JSON.parse(this.hand(...accidents, 'show')) as Shown;
  }

  /** The same without a process of its own, which takes several times as long. */
  runHere(at: string): Promise<RunOutcome> {
    return runHere(this.file, at);
  }

  run(at: string, ...options: string[]): Promise<CliResult> {
    return dubanHere(['run', this.file, '--now', at, ...options]);
  }

  /** Names of the mails in the outbox: one for each key. */
  mails(place = this.folder): string[] {
    return existsSync(join(place, 'outbox')) ? readdirSync(join(place, 'outbox')).sort() : [];
  }
}

/** What the next day's run leaves where nothing happened. */
export type Undisturbed = Awaited<ReturnType<AccidentOffice['undisturbed']>>;

/** An office for the tests of one file: as it was after its first run before each of them, gone after the last. */
export function officeOfTests(): { readonly office: AccidentOffice; readonly undisturbed: () => Undisturbed } {
  const office = new AccidentOffice();
  let undisturbed: Undisturbed;
  beforeAll(async () => {
    await office.open();
    undisturbed = await office.undisturbed();
  });
  beforeEach(() => office.restore());
  afterAll(() => office.close());
  return { office, undisturbed: () => undisturbed };
}

/** A row without some of its columns. */
export function without(row: Row, headers: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([header]) => !headers.includes(header)));
}

/** 督办台账 by title. */
export function byTitle(office: Shown): Map<unknown, Row> {
  return new Map(ledgerOf(office).map((row) => [row['督办事项'], row]));
}

/** 督办台账, whatever people call its tab and its title column. */
export function ledgerOf(office: Shown): readonly Row[] {
  const rows = office.sheets['督办台账'] ?? office.sheets['2026督办'] ?? [];
  return rows.map(({ 督办的事: renamed, ...row }) => (renamed === undefined ? row : { ...row, 督办事项: renamed }));
}
