import type { MailCount } from '../test/support/soak-mails.ts';

interface KillReport extends MailCount {
  /** What the killed processes were at, and how often. */
  readonly stages: Readonly<Record<string, number>>;
  /** What the mail server did. */
  readonly failures: Readonly<Record<string, number>>;
}
type Soak<R extends KillReport> = (kills: number, random: () => number, progress: (line: string) => void, isEnough: () => boolean) => Promise<R>;

/**
 * `npm run <command> [-- KILLS]`: 500 kills unless told otherwise; ends with 1 where a notice was lost or doubled without need. Ctrl+C ends the
 * killing and counts. `headline`: how many processes were killed, and what the stages are; `more`: a line after them.
 */
export async function soakKills<R extends KillReport>(command: string, soak: Soak<R>, headline: (kills: number) => string, more: (report: R) => string = () => ''): Promise<void> {
  const asked = Number(process.argv[2] ?? 500);
  if (!Number.isInteger(asked) || asked < 1) {
    process.stderr.write(`usage: npm run ${command} -- [KILLS]\n`);
    process.exit(2);
  }
  let isEnough = false;
  process.once('SIGINT', () => { isEnough = true; });
  const report = await soak(asked, Math.random, (line) => process.stderr.write(`${line}\n`), () => isEnough);
  const { stages, failures, mails, duplicates, faults } = report;
  const kills = Object.values(stages).reduce((sum, count) => sum + count, 0);
  process.stdout.write(`${headline(kills)}:\n${table(stages)}${more(report)}what the mail server did:\n${table(failures)}`
    + `${mails} mails wanted and delivered, ${duplicates} of them once more because the answer was lost, with the same Message-ID\n`);
  process.stdout.write(faults.length === 0 ? 'Nothing lost, nothing doubled without need.\n' : `${faults.length} faults:\n${faults.map((fault) => `  ${fault}`).join('\n')}\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

function table(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts).map(([what, count]) => `  ${String(count).padStart(5)}  ${what}\n`).join('');
}
