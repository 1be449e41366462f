import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { backupPlace, DEFAULT_PORT, DEFAULT_SCHEDULE, mailEnvironment, missingVariables, parseConfig, type ConfigProblem, type ServeConfig } from '../config/config.ts';
import { MailSettingsError, openMailTransport } from '../notify/open-transport.ts';
import { DEFAULT_FEISHU } from '../config/feishu-settings.ts';
import { isFile } from '../workbook/location.ts';
import { CommandError } from './command-error.ts';

const DEFAULT_FILE = 'duban.yaml';
const DEFAULT_FOLDER = 'data';

export interface LoadedConfig {
  readonly config: ServeConfig;
  /** Where the service keeps what it has told, and the mails of its failures without mail settings. */
  readonly folder: string;
}

/**
 * The configuration that was asked for, else duban.yaml here, else the workbooks under data/, yearly archives apart, by default settings. Throws a
 * CommandError (2) with every mistake of the file.
 */
export function loadConfig(asked: string | null): LoadedConfig {
  const file = resolve(asked ?? DEFAULT_FILE);
  if (existsSync(file)) {
    const folder = dirname(file);
    const result = parseConfig(readFileSync(file, 'utf8'), folder);
    if (!result.ok) throw new CommandError(2, problemList(file, result.problems));
    return { config: result.config, folder };
  }
  if (asked !== null) throw new CommandError(2, `没有这个配置文件:${file}。请核对路径;写法见 docs/operate.md`);
  const folder = resolve(DEFAULT_FOLDER);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^(?!~\$|\.|督办归档-\d{4}).*\.xlsx$/i.test(name)).sort() : [];
  if (names.length === 0) throw new CommandError(2, `没有可巡检的工作簿:这里没有 ${DEFAULT_FILE},${folder} 下也没有 .xlsx。请写一份 ${DEFAULT_FILE}(写法见 docs/operate.md),或先用 npm start 建样例`);
  return { config: defaultConfig(names.map((name) => join(folder, name)), DEFAULT_PORT), folder };
}

/** Workbooks by default settings, for a console on this machine alone; `url`: what links in mails begin with, null: mails bring none. */
export function defaultConfig(paths: readonly string[], port: number, url: string | null = null): ServeConfig {
  return { workbooks: paths.map((path) => ({ path, site: path, schedule: [DEFAULT_SCHEDULE], policy: null, reportFailuresTo: [], robots: [] })), mail: null, backups: null, feishu: DEFAULT_FEISHU, port, console: { bind: '127.0.0.1', url, trustProxy: [], oidc: null } };
}

/** The places where backups of the workbook at a location may lie: beside its site, and where the configuration that names it puts them. */
export function backupPlacesOf(location: string, site: string, asked: string | null): string[] {
  const own = [site, ...(isFile(location) ? [realpathSync(location)] : [])].map((path) => backupPlace(path, null));
  return [...new Set([...own, backupPlace(site, backupsOf(location, asked)?.to ?? null)])];
}

/** How the configuration that was asked for, else duban.yaml here, has a workbook backed up; null where it says nothing of it. */
export function backupsOf(location: string, asked: string | null): ServeConfig['backups'] {
  if (asked === null && !existsSync(resolve(DEFAULT_FILE))) return null;
  const { workbooks, backups } = loadConfig(asked).config;
  return workbooks.some(({ path }) => path === location || (isFile(location) && existsSync(path) && realpathSync(path) === realpathSync(location))) ? backups : null;
}

/** What in the environment doesn't fit the configuration; empty where mail can be opened. */
export function mailProblems(config: ServeConfig): ConfigProblem[] {
  const missing = missingVariables(config, process.env);
  if (missing.length > 0) return missing;
  try {
    void openMailTransport(mailEnvironment(config, process.env), '.').close();
    return [];
  } catch (error) {
    if (error instanceof MailSettingsError) return [{ path: 'mail', message: error.message }];
    throw error;
  }
}

export function problemList(file: string, problems: readonly ConfigProblem[]): string {
  return [`配置有 ${problems.length} 处要改:${file}`, ...problems.map(({ path, message }) => `  ${path}:${message}`)].join('\n');
}
