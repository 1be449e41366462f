import { join } from 'node:path';
import type { Change } from '#core';
import { appendJsonLine, readJsonLines, replaceFile } from '../memory/durable-file.ts';
import { dubanFolder, workbookFileName } from './identity.ts';

/** Changes that wait because an editor holds the workbook open. */
export interface ChangeJournal {
  /**
   * The changes to apply; empty where none wait. A run's set replaces those of earlier runs, since a plan is everything that
   * remains to be done; what an import or a report brings waits beside it. `fileSha256`: what the file holds now, to leave
   * out what was saved just before a crash.
   */
  pending(fileSha256: string): readonly Change[];
  isEmpty(): boolean;
  add(changes: readonly Change[]): void;
  /** Noted before the rename: once the file has this hash, all that waited is in it. */
  readonly noteSaving: (sha256: string) => void;
  /** Forgets what waited, `changes` having been saved: all of it where nothing is given, of runs where a run's set was saved. */
  clear(changes?: readonly Change[]): void;
}

/** The journal `.duban/<file name>.changes.jsonl` beside a workbook; torn lines are passed over. */
export function openChangeJournal(workbookPath: string): ChangeJournal {
  const file = join(dubanFolder(workbookPath), `${workbookFileName(workbookPath)}.changes.jsonl`);
  const waiting = (fileSha256: string | null): (readonly Change[])[] => {
    let sets: (readonly Change[])[] = [];
    for (const line of readJsonLines(file)) {
      if (typeof line !== 'object' || line === null) continue;
      if ('saving' in line && line.saving === fileSha256) sets = [];
      if (!('changes' in line) || !Array.isArray(line.changes)) continue;
      const changes = line.changes as Change[];
      sets = [...(isRun(changes) ? sets.filter((set) => !isRun(set)) : sets), changes];
    }
    return sets;
  };
  return {
    pending: (fileSha256) => waiting(fileSha256).flat(),
    isEmpty: () => readJsonLines(file).length === 0,
    add: (changes) => appendJsonLine(file, { changes }),
    noteSaving: (sha256) => appendJsonLine(file, { saving: sha256 }),
    clear(changes) {
      const kept = changes === undefined ? [] : waiting(null).filter((set) => !isRun(changes) || !isRun(set));
      replaceFile(file, kept.map((set) => `${JSON.stringify({ changes: set })}\n`).join(''));
    },
  };
}

/** A run's set holds its row of 运行记录. */
function isRun(changes: readonly Change[]): boolean {
  return changes.some((change) => change.kind === 'append' && change.sheet === 'runs');
}
