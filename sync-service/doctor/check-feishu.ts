import type { ServeConfig } from '../config/config.ts';
import { feishuProblems } from '../config/feishu-settings.ts';
import { StoreError } from '../workbook/store.ts';
import { bad, ok, type Finding } from './finding.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether the app may look people up and its keys are set. No message is sent: that it may send shows with the first card. */
export async function checkFeishu(config: ServeConfig, env: Environment): Promise<Finding[]> {
  const findings: Finding[] = feishuProblems(config.feishu, env).map(({ path, message }) => bad('飞书', `${path}:${message}`, '值在开放平台「事件与回调 → 加密策略」,做法见 docs/feishu.md'));
  if (!config.feishu.messages) return findings;
  // The client takes long to load: not for those who have none.
  const [{ feishuClientFrom }, { FeishuFailure }, { openMessages }] = await Promise.all([import('../feishu/access.ts'), import('../feishu/failure.ts'), import('../feishu/messages.ts')]);
  try {
    await openMessages(feishuClientFrom(env)).find([NOBODY], []);
    return [...findings, ok('飞书消息', '应用凭据有效,可以按手机和邮箱查找人员')];
  } catch (error) {
    if (error instanceof StoreError) return [...findings, bad('飞书消息', error.message, '')];
    if (!(error instanceof FeishuFailure)) throw error;
    return [...findings, bad('飞书消息', `不能查找人员(${error.code ?? error.network} ${error.message})`, '请在开放平台核对 App ID、App Secret,开通「机器人」能力和权限 contact:user.id:readonly、im:message:send_as_bot,发布新版本;其间通知改发邮件')];
  }
}

/** A mobile of nobody's: the question alone shows what the app may. */
const NOBODY = '13000000000';
