import { CommandError } from './command-error.ts';

const VARIABLE = 'DUBAN_DATABASE_URL';

/** The address of the cluster's database. Throws a CommandError (2) where the environment has none. */
export function databaseUrl(): string {
  const url = (process.env[VARIABLE] ?? '').trim();
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) return url;
  throw new CommandError(2, url === '' ? `环境变量 ${VARIABLE} 没有设置:请设为 postgres://账号:密码@主机:5432/数据库(见 docs/cluster.md);只有一台电脑的,请用 duban serve`
    : `环境变量 ${VARIABLE} 应写作 postgres://账号:密码@主机:5432/数据库;账号、密码中的 @ : / % 等符号要写成 %40 这样的形式`);
}
