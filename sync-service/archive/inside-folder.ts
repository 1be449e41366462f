import { existsSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, posix, relative, sep } from 'node:path';

/**
 * A relative path as it stands in an archive (forward slashes, no `.` or `..` left); null for one that leads out of its
 * folder, is absolute on any system, or begins with a dot (`.duban` is the program's own).
 */
export function relativePath(text: string): string | null {
  const path = posix.normalize(text.replaceAll('\\', '/'));
  return path.startsWith('/') || path.startsWith('.') || /^[a-z]:/i.test(path) || path.includes('\0') ? null : path;
}

/** Whether a path, links followed as far as it exists, lies within a folder. */
export function isInside(folder: string, path: string): boolean {
  let existing = join(folder, path);
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  const way = relative(realpathSync(folder), realpathSync(existing));
  return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
}
