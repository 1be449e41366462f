import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { liveEditorLocks } from './editor-locks.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'duban-locks-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("LibreOffice's lock", () => {
  it.each<[string, string, boolean, string[]]>([
    ['of this machine holds while LibreOffice runs', hostname(), true, ['demo']],
    ['of this machine was left behind where none runs', hostname(), false, []],
    ['of another machine holds whatever runs here', 'otherhost', false, ['demo']],
  ])('%s', (_, host, isRunning, users) => {
    writeFileSync(join(folder, '.~lock.台账.xlsx#'), `,demo,${host},01.01.2026 08:00,file:///x;`);
    expect(liveEditorLocks(join(folder, '台账.xlsx'), Date.now(), () => isRunning).map(({ user }) => user)).toEqual(users);
  });
});
