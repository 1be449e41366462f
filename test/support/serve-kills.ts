import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { duban } from './built-cli.ts';
import { flakyMailServer, type Failure, type FlakyMailServer } from './flaky-mail-server.ts';
import { serve, until, writeConfig, type Service } from './served-office.ts';
import { countMails, newMatter, nextOfficeMoment, sendRefusedAgain, type MailCount } from './soak-mails.ts';
import { SHIFTED_CLOCK } from './working-clock.ts';

export interface ServeKillReport extends MailCount {
  /** How many kills fell before a process had sent anything, between its mails, and after its first run. */
  readonly stages: Readonly<Record<'nothing sent yet' | 'while sending' | 'after a whole run', number>>;
  readonly failures: Readonly<Record<Failure, number>>;
}

const CONFIG = 'duban.yaml';
const FIRST_DAY = '2026-03-16';
const START = Date.parse(`${FIRST_DAY}T09:00+08:00`);
const HOUR_MS = 3_600_000;
/** Longer than the wait after a failed attempt, so that each process tries again what the one before could not send. */
const STEP_MS = 20 * 60_000;

/**
 * `kill -9` on `duban serve`, `kills` times over one life of an office in which new matters come in, while the mail server
 * fails at random; then all is well again, people send the refused notices once more, and everything is counted. `isEnough` ends the killing early.
 */
export async function killServe(kills: number, random: () => number, progress: (line: string) => void, isEnough: () => boolean = () => false): Promise<ServeKillReport> {
  const root = mkdtempSync(join(tmpdir(), 'duban-serve-kill-'));
  const server = await flakyMailServer(random);
  try {
    return await new Soak(join(root, '办公室'), server, random).whole(kills, progress, isEnough);
  } finally {
    server.close();
    rmSync(root, { recursive: true, force: true });
  }
}

class Soak {
  private readonly folder: string;
  private readonly file: string;
  private readonly server: FlakyMailServer;
  private readonly random: () => number;
  /** How many mails had been taken over at the kills of processes that sent some. */
  private readonly kills: number[] = [];
  private clock = START;

  constructor(folder: string, server: FlakyMailServer, random: () => number) {
    this.folder = folder;
    this.file = join(folder, '台账.xlsx');
    this.server = server;
    this.random = random;
  }

  async whole(kills: number, progress: (line: string) => void, isEnough: () => boolean): Promise<ServeKillReport> {
    mkdirSync(this.folder);
    const { status, stderr } = await duban(['init', this.file, '--policy', 'tax', '--sample', '--now', `${FIRST_DAY}T08:30+08:00`]);
    if (status !== 0) throw new Error(stderr);
    await writeConfig(join(this.folder, CONFIG), { schedule: '*/2 * * * * *' });
    const stages = { 'nothing sent yet': 0, 'while sending': 0, 'after a whole run': 0 };
    for (let round = 1; round <= kills && !isEnough(); round += 1) {
      const stage = await this.kill();
      stages[stage] += 1;
      await newMatter(this.file, this.clock, round);
      if (round % 10 === 0 || kills < 10) progress(`kill ${round}/${kills}: ${stage}; ${this.server.accepted.length} mails taken over so far`);
    }
    this.server.mend();
    // The next working day, so that the digests of what came in last go out too.
    this.clock = nextOfficeMoment(this.clock + 10 * HOUR_MS);
    await this.settle();
    if (await sendRefusedAgain(this.file)) await this.settle();
    return { stages, failures: this.server.failures, ...await countMails([this.file], this.server.accepted, this.kills) };
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
    if (this.random() < 0.7) await Promise.race([until('a mail or a run', () => accepted.length > before || service.log().some(({ reason }) => reason !== undefined)), service.ended, wait(60_000)]);
    await wait(this.random() * 1200);
    await service.end('SIGKILL');
    if (accepted.length > before) this.kills.push(accepted.length);
    if (service.log().some(({ msg }) => msg === '巡检完成')) return 'after a whole run';
    return accepted.length > before ? 'while sending' : 'nothing sent yet';
  }

  /** Runs until there is nothing more to do. */
  private async settle(): Promise<void> {
    const service = this.start();
    await until('a run with nothing left to do', () => service.log().some(({ msg, state }) => msg === '巡检完成' && state === 'unchanged'));
    await service.end('SIGTERM');
  }
}
