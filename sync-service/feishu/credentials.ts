import { StoreError } from '../workbook/store.ts';

/** An app of the office's own (自建应用), as the open platform's page 凭证与基础信息 names it. */
export interface FeishuCredentials { readonly appId: string; readonly appSecret: string }

/** The app from `DUBAN_FEISHU_APP_ID` and `DUBAN_FEISHU_APP_SECRET`. Throws a StoreError (`credentials`) that never repeats the secret. */
export function readFeishuCredentials(env: Readonly<Record<string, string | undefined>>): FeishuCredentials {
  const appId = (env['DUBAN_FEISHU_APP_ID'] ?? '').trim();
  const appSecret = (env['DUBAN_FEISHU_APP_SECRET'] ?? '').trim();
  if (appId === '' || appSecret === '') {
    throw new StoreError('credentials', `环境变量 ${appId === '' ? 'DUBAN_FEISHU_APP_ID' : 'DUBAN_FEISHU_APP_SECRET'} 没有设置:请填飞书自建应用的${appId === '' ? ' App ID' : ' App Secret'},做法见 docs/feishu.md`);
  }
  if (!/^cli_[0-9a-zA-Z]+$/.test(appId)) throw new StoreError('credentials', 'DUBAN_FEISHU_APP_ID 不是应用的 App ID:应以 cli_ 开头,在开放平台「凭证与基础信息」里');
  return { appId, appSecret };
}
