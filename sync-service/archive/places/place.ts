import { dirname, basename, resolve } from 'node:path';
import { openFolder } from './folder.ts';
import { isS3Url, openS3, splitS3Url } from './s3.ts';

/** Where archives lie: a folder, or a bucket of an S3-compatible store. Every call throws an ArchiveError where the place refuses or can't be reached. */
export interface ArchivePlace {
  /** As people name it: an absolute folder or `s3://bucket/prefix`. */
  readonly name: string;
  /** The names of the files that begin with this text. */
  list(beginning: string): Promise<string[]>;
  /** Null where there is no such file. */
  read(file: string): Promise<Buffer | null>;
  /** Puts a new file in place, whole or not at all; false where one of that name exists, which stays. */
  put(file: string, bytes: Buffer): Promise<boolean>;
  remove(file: string): Promise<void>;
  /** What a person types to name the file. */
  pathOf(file: string): string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The place that `--to` or `backups.to` names. Throws an ArchiveError `place-settings` where the environment lacks what an S3 store needs. */
export function openPlace(name: string, env: Environment): ArchivePlace {
  return isS3Url(name) ? openS3(name, env) : openFolder(resolve(name));
}

/** The place and the name of one archive: a path or `s3://bucket/prefix/name`. */
export function locateArchive(archive: string, env: Environment): { place: ArchivePlace; file: string } {
  if (!isS3Url(archive)) return { place: openFolder(dirname(resolve(archive))), file: basename(archive) };
  const { folder, file } = splitS3Url(archive);
  return { place: openS3(folder, env), file };
}
