import { NEVER_SENT } from '../cloud.ts';
import { StoreError } from '../store.ts';

/** The parts of the client's error that say what Google answered. */
export interface ApiFailure {
  /** Null where no answer came. */
  readonly status: number | null;
  readonly message: string;
  /** Google's own word for the failure (`RESOURCE_EXHAUSTED`, `invalid_grant`), or the network's (`ECONNREFUSED`); '' where it gave none. */
  readonly reason: string;
}

/** Null for an error that is not about Google's answer: a fault of the program. */
export function failureOf(error: unknown): ApiFailure | null {
  if (!(error instanceof Error)) return null;
  const { response, code, cause } = error as Error & { response?: { status?: number; data?: unknown }; code?: unknown; cause?: unknown };
  if (response?.status !== undefined) {
    const { message, reason } = answerOf(response.data);
    return { status: response.status, message: message === '' ? error.message : message, reason };
  }
  const network = [code, (cause as { code?: unknown } | undefined)?.code].find((word) => typeof word === 'string' && /^(E[A-Z_]+|UND_ERR\w*)$/.test(word));
  if (network === undefined && error.name !== 'AbortError' && error.name !== 'TimeoutError' && code !== 'TimeoutError') return null;
  return { status: null, message: error.message, reason: typeof network === 'string' ? network : 'timeout' };
}

/** `{ error: { message, status } }` of the API, `{ error, error_description }` of the token endpoint. */
function answerOf(data: unknown): { message: string; reason: string } {
  if (typeof data !== 'object' || data === null || !('error' in data)) return { message: '', reason: '' };
  const { error } = data;
  const description = 'error_description' in data && typeof data.error_description === 'string' ? data.error_description : '';
  if (typeof error === 'string') return { message: description === '' ? error : description, reason: error };
  const { message, status } = error as { message?: unknown; status?: unknown };
  return { message: typeof message === 'string' ? message : '', reason: typeof status === 'string' ? status : '' };
}

/** Refused before anything was done: it may be sent again. */
export function isRefusedForNow({ status, reason }: ApiFailure): boolean {
  return status === 429 || NEVER_SENT.has(reason);
}

/** Whether the request was carried out is not known: the answer was lost, or Google failed over it. */
export function isOutcomeUnknown(failure: ApiFailure): boolean {
  return !isRefusedForNow(failure) && (failure.status === null || failure.status >= 500);
}

/** A failure in one sentence for people, with what to do. `account`: whom the spreadsheet must be shared with. */
export function storeErrorOf({ status, message, reason }: ApiFailure, spreadsheetId: string, account: string | null, cause: unknown): StoreError {
  const own = (code: StoreError['code'], sentence: string): StoreError => new StoreError(code, sentence, { cause });
  if (reason === 'invalid_grant' || reason === 'invalid_client' || reason === 'unauthorized_client' || status === 401) {
    return own('credentials', `Google 不接受这份凭据(${reason === '' ? message : reason}):密钥可能已删除或停用,或这台电脑的时钟不准;请核对时钟,再到 Google Cloud 控制台重新建一份密钥`);
  }
  if (status === 404) return own('not-found', `没有这份谷歌表格:${spreadsheetId}。请核对网址里 /d/ 与 /edit 之间的编号${shareHint(account)}`);
  if (status === 403) {
    return /has not been used|is disabled|SERVICE_DISABLED/i.test(message)
      ? own('no-permission', 'Google Cloud 项目还没有启用 Google Sheets API:请在控制台「API 和服务 → 库」里启用它,几分钟后再试')
      : own('no-permission', `没有权限读写谷歌表格 ${spreadsheetId}(${message})${shareHint(account)}`);
  }
  if (status === 429) return own('quota', 'Google Sheets API 的每分钟配额用完了,多次等待后仍不能继续:请过几分钟再试;工作簿多的,请在 Google Cloud 控制台申请提高配额');
  if (status === null) return own('unreachable', `连不上 Google(${reason}):请检查网络。要经代理的,请设环境变量 HTTPS_PROXY;有中转地址的,请设 DUBAN_GOOGLE_URL`);
  if (status >= 500) return own('unreachable', `Google Sheets 暂时不可用(${status}),多次重试仍未恢复:请稍后再试,已写入的不会重复`);
  return own('refused', `Google Sheets 拒绝了请求(${status} ${reason}):${message}`);
}

function shareHint(account: string | null): string {
  return account === null ? '' : `;并在表格的「共享」里把服务账号 ${account} 加为「编辑者」`;
}
