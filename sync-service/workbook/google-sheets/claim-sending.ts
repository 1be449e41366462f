import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { claimRequests, SENDER_MARK } from '#google';
import { TIME_ZONE } from '../cloud.ts';
import { readIfThere, replaceFile } from '../memory/durable-file.ts';
import { StoreError } from '../store.ts';
import { OutcomeUnknownError, type SheetsApi } from './client.ts';

/** Longer than a run sends; a machine that was given up is waited for as long. */
const CLAIM_MS = 30 * 60_000;

/**
 * Takes for this machine the right to send a spreadsheet's mails, as of what its mark said when it was read (`seen`; null: none). Two
 * machines that know nothing of each other would send everything twice: of two that read the same, one alone gets it, since a
 * mark with a fixed id is made once only. Throws a StoreError: `sent-elsewhere` where another machine has it, and
 * `changed-meanwhile` where one was faster, so that what was read is old. `now`: milliseconds since the epoch.
 */
export async function claimSending(api: SheetsApi, spreadsheetId: string, folder: string, seen: string | null, now: number): Promise<void> {
  const own = machineOf(folder);
  const { machine, until } = readMark(seen);
  if (machine !== own && until > now) {
    throw new StoreError('sent-elsewhere', `另一台电脑上的督办正在为这份谷歌表格发信(到 ${wallClock(until)} 为止),这里没有发信、没有写入:一份表格只在一处运行督办,请停掉另一处;换了电脑的,过了这个时间再运行;几台机器合用的,见 docs/cluster.md`);
  }
  const mark = `${own} ${new Date(now + CLAIM_MS).toISOString()} ${randomUUID()}`;
  try {
    await api.batchUpdate(spreadsheetId, { requests: claimRequests(seen, mark) }, 'spreadsheetId');
  } catch (error) {
    const isRefused = error instanceof StoreError && error.code === 'refused';
    if (!isRefused && !(error instanceof OutcomeUnknownError)) throw error;
    const { developerMetadata = [] } = await api.get(spreadsheetId, [], 'developerMetadata(metadataKey,metadataValue)');
    const stands = developerMetadata.find(({ metadataKey }) => metadataKey === SENDER_MARK)?.metadataValue ?? null;
    if (stands === mark) return;
    if (isRefused && stands === seen) throw error;
    throw new StoreError('changed-meanwhile', '另一台电脑上的督办刚为这份谷歌表格发过信:程序会重新读取并计划', { cause: error });
  }
}

/** What stands for this machine, kept with what it remembers of the spreadsheet: machines that share that folder are one. */
function machineOf(folder: string): string {
  const file = join(folder, 'machine');
  const known = readIfThere(file).trim();
  if (known !== '') return known;
  const made = randomUUID();
  replaceFile(file, `${made}\n`);
  return made;
}

function readMark(mark: string | null): { readonly machine: string; readonly until: number } {
  const [machine = '', until = ''] = (mark ?? '').split(' ');
  const moment = Date.parse(until);
  return { machine, until: Number.isNaN(moment) ? 0 : moment };
}

function wallClock(epoch: number): string {
  return new Date(epoch).toLocaleTimeString('zh-CN', { timeZone: TIME_ZONE, hour: '2-digit', minute: '2-digit' });
}
