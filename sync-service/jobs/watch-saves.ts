import { statSync, unwatchFile, watchFile } from 'node:fs';

export interface SaveWatch {
  /** What stands there now is known: read by a run that begins, or written by one that ended. */
  acknowledge(): void;
  close(): void;
}

export interface SaveWatchOptions {
  readonly onSave: () => void;
  /** True while a run is under way: what it writes is acknowledged at its end. */
  readonly busy: () => boolean;
  /** Milliseconds between looks at the file. */
  readonly everyMs?: number;
  /** Milliseconds without a further change after which a save is taken for finished. */
  readonly quietMs?: number;
}

/**
 * Tells when people have saved a file. It looks at size and times instead of listening to the file system: on a share no
 * event arrives, and editors replace the file instead of writing into it.
 */
export function watchSaves(path: string, { onSave, busy, everyMs = 2000, quietMs = 3000 }: SaveWatchOptions): SaveWatch {
  let known = signatureOf(path);
  let timer: NodeJS.Timeout | null = null;
  const settle = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      if (busy()) {
        settle();
        return;
      }
      const now = signatureOf(path);
      // Gone for the moment: an editor between taking the old file away and putting the new one there.
      if (now === null || now === known) return;
      known = now;
      onSave();
    }, quietMs);
  };
  watchFile(path, { interval: everyMs }, settle);
  return {
    acknowledge() {
      known = signatureOf(path);
    },
    close() {
      unwatchFile(path, settle);
      if (timer !== null) clearTimeout(timer);
    },
  };
}

/** Null where the file can't be seen: gone, or its share is; the next run tells why. */
function signatureOf(path: string): string | null {
  try {
    const { ino, size, mtimeMs } = statSync(path);
    return `${ino}/${size}/${mtimeMs}`;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
