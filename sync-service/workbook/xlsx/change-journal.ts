import { join } from 'node:path';
import type { Change } from '#core';
import { appendJsonLine, readJsonLines, replaceFile } from './durable-file.ts';
import { dubanFolder, workbookFileName } from './identity.ts';

/** Changes that wait because an editor holds the workbook open. */
export interface ChangeJournal {
  /**
   * The change set to apply; empty where none waits. A later set replaces an earlier one: a plan is everything that
   * remains to be done, so the last is complete. `fileSha256`: what the file holds now, to leave out a set that was
   * saved just before a crash.
   */
  pending(fileSha256: string): readonly Change[];
  isEmpty(): boolean;
  add(changes: readonly Change[]): void;
  /** Noted before the rename: once the file has this hash, the set is in it. */
  readonly noteSaving: (sha256: string) => void;
  clear(): void;
}

/** The journal `.duban/<file name>.changes.jsonl` beside a workbook; torn lines are passed over. */
export function openChangeJournal(workbookPath: string): ChangeJournal {
  const file = join(dubanFolder(workbookPath), `${workbookFileName(workbookPath)}.changes.jsonl`);
  return {
    pending(fileSha256) {
      let changes: readonly Change[] = [];
      for (const line of readJsonLines(file)) {
        if (typeof line !== 'object' || line === null) continue;
        if ('changes' in line && Array.isArray(line.changes)) changes = line.changes as Change[];
        if ('saving' in line && line.saving === fileSha256) changes = [];
      }
      return changes;
    },
    isEmpty: () => readJsonLines(file).length === 0,
    add: (changes) => appendJsonLine(file, { changes }),
    noteSaving: (sha256) => appendJsonLine(file, { saving: sha256 }),
    clear: () => replaceFile(file, ''),
  };
}
