import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { momentFromEpoch, type Moment } from '#core';
import { openInBrowser } from './browser.ts';
import { runCommand } from './commands/run.ts';
import { serveOffice } from './commands/serve.ts';
import { testMailCommand } from './commands/test-mail.ts';
import { CommandError } from './command-error.ts';
import { statusOfError } from './exit-status.ts';
import { freePort } from './free-port.ts';
import { SAMPLE_FILE, sampleOffice } from './sample-office.ts';
import { defaultConfig } from './serve-config.ts';

/**
 * What the .bat files of the Windows package start (scripts/windows). Their own text is plain ASCII, since cmd reads a file
 * in the machine's code page: every Chinese word is printed from here.
 */
const ROOT = resolve(import.meta.dirname, '..', '..');
/** One path a line, for people to read and to mend. */
const CHOSEN = join(ROOT, '工作簿.txt');
const SAMPLE_FOLDER = join(ROOT, '样例');
const FIRST_PORT = 8420;

const [mode = '', dropped = ''] = process.argv.slice(2);
const now = momentFromEpoch(Date.now());
try {
  process.exitCode = await act();
} catch (error) {
  process.exitCode = statusOfError(error);
}

function act(): Promise<number> {
  switch (mode) {
    case 'start': return start();
    case 'console': return openConsole();
    case 'daily': return runAll(chosenWorkbooks(), now);
    case 'test-mail': return testMail();
    default: throw new CommandError(2, `不认识的动作「${mode}」:请双击 启动.bat、每日巡检.bat 或 测试邮件.bat`);
  }
}

/** A workbook dropped on 启动.bat is remembered and run; without one the remembered are, or the sample. */
async function start(): Promise<number> {
  if (dropped !== '') {
    if (!/\.xlsx$/i.test(dropped)) throw new CommandError(2, `「${basename(dropped)}」不是 .xlsx 工作簿:请把 .xlsx 文件拖到 启动.bat 上`);
    remember(resolve(dropped));
    return runAll([resolve(dropped)], now);
  }
  if (existsSync(CHOSEN)) return runAll(chosenWorkbooks(), now);
  process.stdout.write(`${await sampleOffice(SAMPLE_FOLDER, now)}\n\n这是样例。要用自己的工作簿,请把它(.xlsx)拖到 启动.bat 上;以后双击 启动.bat 就巡检它。\n`);
  return 0;
}

/** The console on the remembered workbooks, or the sample, in the browser until the window is closed. */
async function openConsole(): Promise<number> {
  const port = await freePort(FIRST_PORT);
  const files = existsSync(CHOSEN) ? chosenWorkbooks() : [join(SAMPLE_FOLDER, SAMPLE_FILE)];
  return serveOffice({ config: defaultConfig(files, port), folder: ROOT }, (link) => {
    process.stdout.write(`\n打开督办  ${link}\n(链接在十五分钟内有效,只能用一次;这个窗口开着,网页就能用;关上窗口即停止)\n`);
    openInBrowser(link);
  });
}

/** One after the other: what stops one workbook doesn't stop the next. */
async function runAll(files: readonly string[], at: Moment): Promise<number> {
  let worst = 0;
  for (const file of files) {
    process.stdout.write(`■ ${file}\n`);
    try {
      worst = Math.max(worst, await runCommand(file, { now: at, dryRun: false, json: false, deliver: true, copy: null }));
    } catch (error) {
      worst = Math.max(worst, statusOfError(error));
    }
  }
  return worst;
}

async function testMail(): Promise<number> {
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await testMailCommand((await asking.question('测试邮件发到哪个邮箱?(输入地址后按回车)')).trim(), now);
  } finally {
    asking.close();
  }
}

function chosenWorkbooks(): string[] {
  const files = existsSync(CHOSEN) ? readFileSync(CHOSEN, 'utf8').replace(/^\uFEFF/, '').split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '') : [];
  if (files.length === 0) throw new CommandError(2, '还没有选定工作簿:请把 .xlsx 文件拖到 启动.bat 上一次');
  return files;
}

function remember(file: string): void {
  const files = existsSync(CHOSEN) ? chosenWorkbooks() : [];
  if (!files.includes(file)) writeFileSync(CHOSEN, `\uFEFF${[...files, file].join('\r\n')}\r\n`);
}
