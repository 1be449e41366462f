import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const BYTES = 32;

/** The setting is too short to be a secret. */
export class LinkSecretError extends Error {}

/**
 * The secret behind signed links: DUBAN_LINK_KEY where it is set, else one made once and kept in `.duban/link.key`, readable by
 * its owner alone. Whoever changes it makes every link that is out invalid.
 */
export function linkSecret(folder: string, env: Readonly<Record<string, string | undefined>>): Buffer {
  const given = env['DUBAN_LINK_KEY'];
  if (given !== undefined && given !== '') {
    if (given.length < BYTES) throw new LinkSecretError(`环境变量 DUBAN_LINK_KEY 太短:至少 ${BYTES} 个字符的随机文字`);
    return Buffer.from(given, 'utf8');
  }
  const file = join(folder, '.duban', 'link.key');
  mkdirSync(dirname(file), { recursive: true });
  try {
    // Two processes that start at once: the one that comes second reads what the first wrote.
    writeFileSync(file, randomBytes(BYTES).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    chmodSync(file, 0o600);
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
}
