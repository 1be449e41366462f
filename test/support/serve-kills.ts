import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { momentFromEpoch, parseWorkbook, splitNames, type Change, type Workbook } from '#core';
import { POLICIES } from '#templates';
import { messageId } from '../../sync-service/notify/mail.ts';
import { openDeliveryJournal } from '../../sync-service/workbook/xlsx/delivery-journal.ts';
import { openXlsxStore } from '../../sync-service/workbook/xlsx/store.ts';
import { duban } from './built-cli.ts';
import { flakyMailServer, type Failure, type FlakyMailServer } from './flaky-mail-server.ts';
import { serve, until, writeConfig, type Service } from './served-office.ts';
import { SHIFTED_CLOCK } from './working-clock.ts';

export interface ServeKillReport {
  /** How many kills fell before a process had sent anything, between its mails, and after its first run. */
  readonly stages: Readonly<Record<'nothing sent yet' | 'while sending' | 'after a whole run', number>>;
  readonly failures: Readonly<Record<Failure, number>>;
  readonly mails: number;
  /** Mails that a mailbox got more than once, each time because the answer was lost, with the same Message-ID. */
  readonly duplicates: number;
  /** One sentence each; empty where nothing was lost and nothing doubled without need. */
  readonly faults: readonly string[];
}

const CONFIG = 'duban.yaml';
const FIRST_DAY = '2026-03-16';
const START = Date.parse(`${FIRST_DAY}T09:00+08:00`);
const HOUR_MS = 3_600_000;
/** Longer than the wait after a failed attempt, so that each process tries again what the one before could not send. */
const STEP_MS = 20 * 60_000;

/**
 * `kill -9` on `duban serve`, `kills` times over one life of an office in which new matters come in, while the mail server
 * fails at random; then all is well again, people send the refused notices once more, and everything is counted.
 */
export async function killServe(kills: number, random: () => number, progress: (line: string) => void): Promise<ServeKillReport> {
  const root = mkdtempSync(join(tmpdir(), 'duban-serve-kill-'));
  const server = await flakyMailServer(random);
  try {
    return await new Soak(join(root, '办公室'), server, random).whole(kills, progress);
  } finally {
    server.close();
    rmSync(root, { recursive: true, force: true });
  }
}

/** The moment itself between 9 and 19 o'clock from Monday to Friday, else 9 o'clock of the next such day: at other times few mails would go out. */
function nextOfficeMoment(epoch: number): number {
  const inShanghai = new Date(epoch + 8 * HOUR_MS);
  const hour = inShanghai.getUTCHours();
  const isWeekend = [0, 6].includes(inShanghai.getUTCDay());
  if (!isWeekend && hour >= 9 && hour < 19) return epoch;
  const midnight = Math.floor((epoch + 8 * HOUR_MS) / (24 * HOUR_MS)) * 24 * HOUR_MS - 8 * HOUR_MS;
  return nextOfficeMoment(midnight + (!isWeekend && hour < 9 ? 9 : 33) * HOUR_MS);
}

class Soak {
  private readonly folder: string;
  private readonly file: string;
  private readonly server: FlakyMailServer;
  private readonly random: () => number;
  /** Acceptances of which the process may not have heard: the last one before a kill. */
  private readonly inFlight = new Set<number>();
  private clock = START;

  constructor(folder: string, server: FlakyMailServer, random: () => number) {
    this.folder = folder;
    this.file = join(folder, '台账.xlsx');
    this.server = server;
    this.random = random;
  }

  async whole(kills: number, progress: (line: string) => void): Promise<ServeKillReport> {
    mkdirSync(this.folder);
    const { status, stderr } = await duban(['init', this.file, '--policy', 'tax', '--sample', '--now', `${FIRST_DAY}T08:30+08:00`]);
    if (status !== 0) throw new Error(stderr);
    await writeConfig(join(this.folder, CONFIG), { schedule: '*/2 * * * * *' });
    const stages = { 'nothing sent yet': 0, 'while sending': 0, 'after a whole run': 0 };
    for (let round = 1; round <= kills; round += 1) {
      const stage = await this.kill();
      stages[stage] += 1;
      await this.newMatter(round);
      if (round % 10 === 0 || kills < 10) progress(`kill ${round}/${kills}: ${stage}; ${this.server.accepted.length} mails taken over so far`);
    }
    this.server.mend();
    // The next working day, so that the digests of what came in last go out too.
    this.clock = nextOfficeMoment(this.clock + 10 * HOUR_MS);
    await this.settle();
    if (await this.sendRefusedAgain()) await this.settle();
    return { stages, failures: this.server.failures, ...await this.count() };
  }

  private start(): Service {
    this.clock = nextOfficeMoment(this.clock + STEP_MS);
    return serve(this.folder, CONFIG, { DUBAN_SMTP_URL: this.server.url, SHIFT_MS: String(this.clock - Date.now()) }, [SHIFTED_CLOCK]);
  }

  private async kill(): Promise<keyof ServeKillReport['stages']> {
    const { accepted } = this.server;
    const before = accepted.length;
    const service = this.start();
    // Most of them while mails go out, which begins at a moment that differs with the load of the machine.
    if (this.random() < 0.7) await Promise.race([until('a mail or a run', () => accepted.length > before || service.log().some(({ reason }) => reason !== undefined)), service.ended]);
    await wait(this.random() * 1200);
    await service.end('SIGKILL');
    if (accepted.length > before) this.inFlight.add(accepted.length - 1);
    if (service.log().some(({ msg }) => msg === '巡检完成')) return 'after a whole run';
    return accepted.length > before ? 'while sending' : 'nothing sent yet';
  }

  /** Runs until there is nothing more to do. */
  private async settle(): Promise<void> {
    const service = this.start();
    await until('a run with nothing left to do', () => service.log().some(({ msg, state }) => msg === '巡检完成' && state === 'unchanged'));
    await service.end('SIGTERM');
  }

  /** Somebody registers a matter; its handler and head are told by letters. */
  private async newMatter(round: number): Promise<void> {
    const issued = momentFromEpoch(this.clock);
    await this.edit(({ sheets }) => {
      const { leadUnit, handler } = sheets.items.rows[round % sheets.items.rows.length]!.cells;
      const values = { title: `第${round}件新事项`, leadUnit, handler, status: '办理中', deadlineSet: '2026-12-31', category: '局会议决定', form: '一般', issuedAt: { kind: 'moment' as const, moment: issued }, signedAt: { kind: 'moment' as const, moment: issued } };
      return [{ kind: 'append', sheet: 'items', id: null, values, because: '登记' }];
    });
  }

  /** False where none was refused. */
  private sendRefusedAgain(): Promise<boolean> {
    return this.edit(({ sheets }) => sheets.notices.rows.filter(({ cells }) => cells.status === '失败').map((row) => ({
      kind: 'cell', sheet: 'notices', row: { ref: row.ref, id: row.cells.noticeId }, column: 'status', before: '失败', after: '待发', because: '重发',
    })));
  }

  private async edit(changesTo: (workbook: Workbook) => readonly Change[]): Promise<boolean> {
    const store = openXlsxStore(this.file);
    const snapshot = await store.read();
    const changes = changesTo(parseWorkbook(snapshot, POLICIES).workbook!);
    if (changes.length > 0) await store.apply(snapshot, changes);
    return changes.length > 0;
  }

  private async count(): Promise<Pick<ServeKillReport, 'mails' | 'duplicates' | 'faults'>> {
    const { sheets, directory } = parseWorkbook(await openXlsxStore(this.file).read(), POLICIES).workbook!;
    const { workbookId } = openDeliveryJournal(this.file);
    const rows = sheets.notices.rows.map(({ cells }) => cells);
    const letters = rows.filter(({ channel, status }) => channel === '邮件' && status !== '待签');
    const wanted = new Map<string, string>(letters.flatMap(({ noticeId, recipient, copy }) => splitNames([recipient, copy].join('、'))
      .map((name) => [`${messageId({ key: noticeId, workbookId })} ${directory.person(directory.present(name) || name)!.email}`, noticeId] as const)));
    const places = new Map<string, number[]>();
    this.server.accepted.forEach(({ messageId: id, to }, index) => places.set(`${id} ${to}`, [...places.get(`${id} ${to}`) ?? [], index]));
    const isExcused = (index: number): boolean => !this.server.accepted[index]!.answered || this.inFlight.has(index);
    return {
      mails: places.size, duplicates: this.server.accepted.length - places.size,
      faults: [
        ...(wanted.size === 0 ? ['no mail at all: nothing is tested'] : []),
        ...(new Set(rows.map(({ noticeId }) => noticeId)).size === rows.length ? [] : ['a key stands twice in 通知']),
        ...letters.filter(({ status }) => status !== '已发').map(({ noticeId, status, error }) => `${noticeId} ended as ${status}: ${error}`),
        ...[...wanted].filter(([place]) => !places.has(place)).map(([place, key]) => `${key} never reached ${place}`),
        ...[...places.keys()].filter((place) => !wanted.has(place)).map((place) => `${place} was sent and is no notice of the table`),
        // All but the last time, the answer must have been lost.
        ...[...places].flatMap(([place, all]) => (all.slice(0, -1).every(isExcused) ? [] : [`${wanted.get(place) ?? place} was sent ${all.length} times without need`])),
      ],
    };
  }
}
