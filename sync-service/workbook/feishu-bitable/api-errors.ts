import { isOutcomeUnknown, isRefusedForNow, isRefusedLogin, type FeishuFailure } from '../../feishu/failure.ts';
import { StoreError } from '../store.ts';

/** Tables, records or fields that are no longer there, values that no longer fit their field: people changed the base since it was read. */
const MOVED = new Set([1254004, 1254006, 1254009, 1254015, 1254041, 1254043, 1254044, 1254045, 1254060, 1254061, 1254062, 1254063, 1254064, 1254065, 1254069]);
/** A failure in one sentence for people, with what to do. */
export function storeErrorOf(failure: FeishuFailure, appToken: string): StoreError {
  const { status, code, network, message } = failure;
  const own = (kind: StoreError['code'], sentence: string): StoreError => new StoreError(kind, sentence, { cause: failure });
  if (network !== '') return own('unreachable', `连不上飞书(${network}):请检查网络。要经代理的,请设环境变量 HTTPS_PROXY;私有部署或有中转地址的,请设 DUBAN_FEISHU_URL`);
  if (isRefusedLogin(failure)) return own('credentials', `飞书不接受应用凭据(${code} ${message}):请在开放平台「凭证与基础信息」核对 App ID 和 App Secret,并确认应用已发布、未停用`);
  if (code === 99991672) return own('no-permission', `应用缺少权限(${message}):请在开放平台「权限管理」开通「查看、评论、编辑和管理多维表格」(bitable:app),并发布新版本`);
  if (code === 99991401) return own('no-permission', '这台电脑的出口地址不在应用的 IP 白名单里:请在开放平台「安全设置」加上它');
  if (code === 99991403) return own('quota', '本月的飞书 API 调用额度用完了:请到管理后台扩充,或等下月再运行');
  if (code === 1254302 || code === 1254304 || status === 403 && code === 91403) return own('no-permission', `应用没有权限读写多维表格 ${appToken}(${code} ${message}):请在多维表格右上角「… → 更多 → 添加文档应用」加上本应用,权限选「可管理」`);
  if (code === 1254003 || code === 1254040) return own('not-found', `没有这个多维表格:${appToken}。请核对网址里 /base/ 后面的一段(知识库里的多维表格,请用「… → 在新标签页打开」后的网址)`);
  if (code === 1254103 || code === 1254104) return own('too-large', `数据表满了(${code} ${message}):请按 docs/feishu.md「表满了怎么办」把往年的流转记录、通知另存后删除`);
  if (code !== null && MOVED.has(code)) return own('changed-meanwhile', `多维表格的表、字段或记录刚被人改动(${code} ${message}):程序会重新读取并计划`);
  if (isRefusedForNow(failure)) return own('quota', `飞书一直说太忙(${code ?? status} ${message}),多次等待后仍不能继续:请过几分钟再试,已写入的不会重复`);
  if (isOutcomeUnknown(failure)) return own('unreachable', `飞书暂时不可用(${code ?? status} ${message}),多次重试仍未恢复:请稍后再试,已写入的不会重复`);
  return own('refused', `飞书拒绝了请求(${code ?? status}):${message}`);
}
