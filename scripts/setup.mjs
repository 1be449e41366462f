// Makes a fresh machine ready. Without arguments: the npm packages. With --test: also what the tests look through
// (LibreOffice, openpyxl, Chromium, PostgreSQL and a Chinese font from Debian, when apt is at hand). Does nothing when everything is there.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';

const run = (command, args) => {
  const result = spawnSync(command, args, { stdio: 'inherit' });
  return result.status === 0;
};
const answers = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

const installed = existsSync('node_modules/.package-lock.json');
const stale = installed && statSync('package-lock.json').mtimeMs > statSync('node_modules/.package-lock.json').mtimeMs
  && !sameLock();
if (!installed || stale) {
  console.error('正在安装依赖(npm ci)…');
  if (!run('npm', ['ci', '--no-audit', '--no-fund'])) process.exit(1);
}

if (process.argv.includes('--test')) {
  const missing = [
    [['soffice', ['--version']], 'libreoffice-calc'],
    [['sh', ['-c', 'ls /usr/lib/libreoffice/program/libswlo.so']], 'libreoffice-writer-nogui'],
    [['/usr/bin/python3', ['-c', 'import openpyxl']], 'python3-openpyxl'],
    [['/usr/bin/chromium', ['--version']], 'chromium'],
    [['sh', ['-c', 'fc-list | grep -qi cjk']], 'fonts-noto-cjk'],
    [['sh', ['-c', 'ls /usr/lib/postgresql/*/bin/initdb']], 'postgresql'],
  ].filter(([probe]) => !answers(...probe)).map(([, name]) => name);
  if (missing.length > 0) {
    console.error(`正在安装测试用的程序:${missing.join(' ')}`);
    const ok = answers('apt-get', ['--version'])
      && run('apt-get', ['update', '-qq'])
      && run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing]);
    if (!ok) {
      console.error('装不上 LibreOffice、openpyxl、Chromium 或 PostgreSQL。请用系统的包管理器安装后再运行 npm test。');
      process.exit(1);
    }
  }
}

function sameLock() {
  const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const hidden = read('node_modules/.package-lock.json');
  return Object.entries(read('package-lock.json'))
    .every(([path, entry]) => path === '' || entry.optional || hidden[path]?.version === entry.version);
}
