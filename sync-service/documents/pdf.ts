import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const LONGEST_MS = 90_000;
const NAMES = process.platform === 'win32' ? ['soffice.exe'] : ['soffice', 'libreoffice'];
/** The part of LibreOffice that reads texts: an installation may lack it. */
const WRITER = ['libswlo.so', 'swlo.dll', 'libswlo.dylib', '../Frameworks/libswlo.dylib'];

/** The path of a LibreOffice with Writer on this machine; null where there is none. */
export function libreOffice(path = process.env['PATH'] ?? ''): string | null {
  const found = path.split(delimiter).filter((folder) => folder !== '').flatMap((folder) => NAMES.map((name) => join(folder, name))).filter((file) => existsSync(file));
  return found.find((file) => WRITER.some((part) => existsSync(join(dirname(realpathSync(file)), part)))) ?? null;
}

let line: Promise<unknown> = Promise.resolve();

/** A .docx as PDF, one after the other: LibreOffice is large. Rejects where it takes too long or makes none. */
export function toPdf(program: string, docx: Uint8Array): Promise<Uint8Array> {
  const mine = line.then(() => convert(program, docx));
  line = mine.catch(() => undefined);
  return mine;
}

async function convert(program: string, docx: Uint8Array): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'duban-pdf-'));
  try {
    await writeFile(join(folder, 'paper.docx'), docx);
    // A profile of its own: beside somebody's open LibreOffice the default one would refuse.
    await promisify(execFile)(program, [`-env:UserInstallation=file://${join(folder, 'profile')}`, '--headless', '--convert-to', 'pdf', '--outdir', folder, join(folder, 'paper.docx')], { timeout: LONGEST_MS });
    return new Uint8Array(await readFile(join(folder, 'paper.pdf')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
