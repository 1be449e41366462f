import { resolve } from 'node:path';
import { momentFromEpoch } from '#core';
import { openInBrowser } from './browser.ts';
import { serveOffice } from './commands/serve.ts';
import { statusOfError } from './exit-status.ts';
import { freePort } from './free-port.ts';
import { SAMPLE_FILE, sampleOffice } from './sample-office.ts';
import { defaultConfig } from './serve-config.ts';
import { answerLinksFor } from './served-duties.ts';

/** `npm start`: a sample office under data/, one run at the present time, where everything is, and the console on it until Ctrl+C. */
const FOLDER = 'data';
const FIRST_PORT = 8420;

try {
  const port = await freePort(FIRST_PORT);
  const config = defaultConfig([resolve(FOLDER, SAMPLE_FILE)], port, `http://127.0.0.1:${port}`);
  const office = { config, folder: resolve(FOLDER) };
  process.stdout.write(`${await sampleOffice(FOLDER, momentFromEpoch(Date.now()), answerLinksFor(office)(config.workbooks[0]!))}\n`);
  process.exitCode = await serveOffice(office, (link) => {
    process.stdout.write(`\n打开督办  ${link}\n(链接在十五分钟内有效,只能用一次;按 Ctrl+C 停止)\n`);
    openInBrowser(link);
  });
} catch (error) {
  process.exitCode = statusOfError(error);
}
