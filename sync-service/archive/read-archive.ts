import type { Policy } from '#core';
import { ArchiveError } from './archive-error.ts';
import { decrypt, identitiesFrom, isEncrypted, outsideDamage } from './encryption.ts';
import { locateArchive, type Environment } from './places/place.ts';
import { verifyArchive, type Verification } from './verify-archive.ts';

/** `locked`: encrypted, and without its private key; then only its outside was looked at. */
export type ReadArchive = { readonly kind: 'opened'; readonly verification: Verification } | { readonly kind: 'locked'; readonly bytes: number; readonly damage: readonly string[] };

/**
 * Fetches an archive from a folder or an S3 store, decrypts it where it is encrypted, and proves it. Null where there is no such
 * file. Throws an ArchiveError where the place can't be reached or the private key at hand doesn't fit.
 */
export async function readArchive(archive: string, env: Environment, policies: Readonly<Record<string, Policy>>): Promise<ReadArchive | null> {
  const { place, file } = locateArchive(archive, env);
  const bytes = await place.read(file);
  if (bytes === null) return null;
  // A broken first line hides that it is encrypted; its name still tells.
  if (!isEncrypted(bytes) && !file.endsWith('.age')) return { kind: 'opened', verification: verifyArchive(bytes, policies) };
  const identities = identitiesFrom(env);
  if (identities.length === 0) return { kind: 'locked', bytes: bytes.length, damage: outsideDamage(bytes) };
  try {
    return { kind: 'opened', verification: verifyArchive(await decrypt(bytes, identities), policies) };
  } catch (error) {
    if (!(error instanceof ArchiveError && error.code === 'damaged')) throw error;
    return { kind: 'opened', verification: { manifest: null, damage: [error.message], breaks: [], contents: new Map() } };
  }
}
