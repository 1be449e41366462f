import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { placeFile } from '../place-file.ts';
import type { ArchivePlace } from './place.ts';

/** A folder, absolute; it is made with the first file. */
export function openFolder(folder: string): ArchivePlace {
  return {
    name: folder,
    list: (beginning) => Promise.resolve((ifThere(() => readdirSync(folder)) ?? []).filter((file) => file.startsWith(beginning))),
    read: (file) => Promise.resolve(ifThere(() => readFileSync(join(folder, file)))),
    // It holds the text of mails: for its owner alone.
    put: (file, bytes) => Promise.resolve(placeFile(join(folder, file), bytes, { mode: 0o600 })),
    remove(file) {
      rmSync(join(folder, file));
      return Promise.resolve();
    },
    pathOf: (file) => join(folder, file),
  };
}

function ifThere<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
