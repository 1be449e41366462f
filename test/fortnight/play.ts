import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { duban, ROOT } from '../support/built-cli.ts';
import { readBook, type Book, type Cells } from './book.ts';
import type { Day } from './days.ts';
import { DEEDS, type Desk, type Move } from './deeds.ts';
import { diceFrom, headOf, OFFICE, UNITS, type Matter } from './office.ts';
import { readStory, type Deed } from './story.ts';

const POLICY = 'tax';
const PYTHON = '/usr/bin/python3';

/** What the next run has to tell of a matter ('' for the whole workbook), or to tell no more once it is mended. */
export interface Owed { readonly deed: string; readonly words: string; readonly title: string; readonly mended: boolean }

/** One run as the diary keeps it: the matters as people know them at that moment, and the workbook before and after. */
export interface RunEntry {
  readonly day: Day;
  readonly matters: readonly Readonly<Matter>[];
  readonly owed: readonly Owed[];
  readonly before: Book;
  readonly after: Book;
  /** What `duban run --json` says it delivered. */
  readonly delivered: number;
}

export interface Fortnight { readonly folder: string; readonly file: string; readonly runs: readonly RunEntry[] }

/** Plays `fortnight.yaml` in `folder` with so many matters; the same seed plays the same fortnight. */
export async function playFortnight(folder: string, total: number, seed: number, progress: (line: string) => void): Promise<Fortnight> {
  const file = join(folder, '台账.xlsx');
  await mustEnd(['init', file, '--policy', POLICY, '--now', '2026-09-18T15:00+08:00']);
  hands(file, openingMoves());
  const play = new Play(file, total, seed);
  for (const { 日: day, 停机: outage, 上午: morning, 下午: afternoon } of readStory()) {
    for (const [deeds, time, clock] of [[morning, '08:30', '09:00'], [afternoon, '15:00', '16:00']] as const) {
      if (clock === '16:00' && deeds.length === 0) continue;
      for (const deed of deeds) play.sit(deed, day, time);
      play.leave();
      if (outage === undefined) await play.run(day, clock);
      progress(`${day} ${clock} ${deeds.map((deed) => `${deed.谁}${deed.做}`).join(';')}${outage === undefined ? '' : `(停机:${outage})`}`);
    }
  }
  return { folder, file, runs: play.runs };
}

class Play {
  readonly runs: RunEntry[] = [];
  private readonly file: string;
  private readonly total: number;
  private readonly dice;
  private readonly matters: Matter[] = [];
  private readonly befallen = new Map<string, Matter[]>();
  private readonly known = new Map<string, Cells>();
  private readonly ids = new Map<string, string>();
  private readonly successors = new Map<string, string>();
  private owed: Owed[] = [];
  private moves: Move[] = [];
  /** The workbook as the last run left it; null once somebody saved since. */
  private untouched: Book | null = null;
  private opened: Buffer | undefined;

  constructor(file: string, total: number, seed: number) {
    this.file = file;
    this.total = total;
    this.dice = diceFrom(seed);
  }

  /** One deed; what hands do is kept until the sitting ends, for they open the file once. */
  sit(deed: Deed, today: Day, time: string): void {
    if (deed.做 === '打开文件一直不关' || deed.做 === '把早上打开的旧文件存回来') {
      this.leave();
      if (deed.做 === '打开文件一直不关') this.opened = readFileSync(this.file);
      else writeFileSync(this.file, this.opened!);
      this.untouched = null;
      this.owe(deed, ['']);
      return;
    }
    const doing = DEEDS[deed.做];
    if (doing === undefined) throw new Error(`nobody knows how to ${deed.做}`);
    const desk: Desk = { matters: this.matters, total: this.total, today, time, dice: this.dice, ids: this.ids, befallen: this.befallen, successors: this.successors, row: (title) => this.known.get(title)! };
    const { moves, about } = doing(desk, deed);
    this.moves.push(...moves);
    this.owe(deed, about.length === 0 ? [''] : about.map((matter) => matter.title));
  }

  /** Everybody saves and goes. */
  leave(): void {
    if (this.moves.length === 0) return;
    hands(this.file, this.moves);
    this.moves = [];
    this.untouched = null;
  }

  async run(day: Day, clock: string): Promise<void> {
    const before = this.untouched ?? readBook(this.file);
    const said = JSON.parse(await mustEnd(['run', this.file, '--json', '--now', `${day}T${clock}+08:00`])) as { delivered: number };
    const after = readBook(this.file);
    this.untouched = after;
    for (const { cells } of after.rows('督办台账')) {
      const title = String(cells['督办事项']);
      this.known.set(title, cells);
      if (cells['事项编号'] !== undefined) this.ids.set(title, String(cells['事项编号']));
    }
    for (const matter of this.matters) matter.firstSeen ??= day;
    this.runs.push({ day, matters: this.matters.map((matter) => ({ ...matter })), owed: this.owed, before, after, delivered: said.delivered });
    this.owed = [];
  }

  private owe(deed: Deed, titles: readonly string[]): void {
    for (const [words, mended] of [[deed.告, false], [deed.不再告, true]] as const) {
      if (words !== undefined) this.owed.push(...titles.map((title) => ({ deed: `${deed.谁}${deed.做}`, words, title, mended })));
    }
  }
}

function hands(file: string, moves: readonly Move[]): void {
  execFileSync(PYTHON, ['-W', 'ignore', join(ROOT, 'test', 'fortnight', 'hands.py'), file], { input: JSON.stringify(moves) });
}

/** The office before its first day: four sections with head and handler, the supervising office, the leader. */
function openingMoves(): Move[] {
  const person = (name: string, unit: string, roles: string, mailbox: string): Record<string, string> => ({ 姓名: name, 单位: unit, 角色: roles, 邮箱: `${mailbox}@example.com`, 启用: '是' });
  return [
    { move: 'add', sheet: '单位', rows: UNITS.map((unit) => ({ 单位: unit, 单位类型: '科室', 负责人: headOf(unit), 启用: '是' })) },
    {
      move: 'add', sheet: '人员', rows: [
        person(OFFICE, '办公室', '督办专员、督办管理员', 'duban'), person('分管局领导', '', '局领导', 'leader'),
        ...UNITS.flatMap((unit, index) => [person(headOf(unit), unit, '单位负责人', `head${String(index)}`), person(`${unit}经办`, unit, '承办人', `desk${String(index)}`)]),
      ],
    },
  ];
}

async function mustEnd(args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await duban(args);
  if (status !== 0) throw new Error(`duban ${args.join(' ')} ended with ${String(status)}: ${stderr}`);
  return stdout;
}
