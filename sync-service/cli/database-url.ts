import { CommandError } from './command-error.ts';

const VARIABLE = 'DUBAN_DATABASE_URL';

/** The address of the cluster's database; null where the environment names none. Throws a CommandError (2) on what is no address. */
export function askedDatabase(): string | null {
  const url = (process.env[VARIABLE] ?? '').trim();
  if (url === '') return null;
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) return url;
  throw new CommandError(2, `环境变量 ${VARIABLE} 应写作 postgres://账号:密码@主机:5432/数据库;账号、密码中的 @ : / % 等符号要写成 %40 这样的形式`);
}

/** The same for what can't do without one. */
export function requireDatabase(): string {
  const url = askedDatabase();
  if (url === null) throw new CommandError(2, `环境变量 ${VARIABLE} 没有设置:请设为 postgres://账号:密码@主机:5432/数据库(见 docs/cluster.md);只有一台电脑的,请用 duban serve`);
  return url;
}
