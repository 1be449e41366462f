import { NEVER_SENT } from '../workbook/cloud.ts';

/** What Feishu, or the network before it, said of a call that failed. No headers and no request: they bear the app's secret. */
export class FeishuFailure extends Error {
  /** Null where no answer came. */
  readonly status: number | null;
  /** Feishu's own number; null where it gave none. */
  readonly code: number | null;
  /** The network's word (`ECONNREFUSED`); '' where an answer came. */
  readonly network: string;
  /** How long Feishu says to wait. */
  readonly waitMs: number;
  constructor(message: string, { status = null, code = null, network = '', waitMs = 0 }: Partial<Pick<FeishuFailure, 'status' | 'code' | 'network' | 'waitMs'>>) {
    super(message);
    this.name = 'FeishuFailure';
    this.status = status;
    this.code = code;
    this.network = network;
    this.waitMs = waitMs;
  }
}

/** A write of which nobody knows whether it was carried out. */
export class OutcomeUnknownError extends Error {
  constructor(failure: FeishuFailure) {
    super(failure.message);
    this.name = 'OutcomeUnknownError';
  }
}

const TOKEN_STALE = new Set([99991663, 99991664, 99991665, 99991671, 99991677]);
const TOKEN_REFUSED = new Set([99991661, 99991668, 10003, 10014, 10015]);
/** Too many requests, write conflict, copying, data not ready. */
const BUSY = new Set([99991400, 1254290, 1254291, 1254036, 1254607]);
/** Fail, internal errors, timeout. */
const DOUBTFUL = new Set([1254002, 1255001, 1255002, 1255003, 1255004, 1255005, 1255040]);
/** This very write was carried out before. */
const SUBMITTED_BEFORE = 1254608;

/** The app's own token is no longer taken; a new one will be. */
export function isTokenStale({ code }: FeishuFailure): boolean {
  return code !== null && TOKEN_STALE.has(code);
}

/** Refused before anything was done: it may be sent again. */
export function isRefusedForNow({ status, code, network }: FeishuFailure): boolean {
  return status === 429 || (code !== null && BUSY.has(code)) || NEVER_SENT.has(network);
}

/** Whether the call was carried out is not known: the answer was lost, or Feishu failed over it. */
export function isOutcomeUnknown(failure: FeishuFailure): boolean {
  if (isRefusedForNow(failure)) return false;
  return failure.network !== '' || (failure.code === null ? (failure.status ?? 0) >= 500 : DOUBTFUL.has(failure.code));
}

export function isSubmittedBefore({ code }: FeishuFailure): boolean {
  return code === SUBMITTED_BEFORE;
}

/** The app's credentials are not taken. */
export function isRefusedLogin(failure: FeishuFailure): boolean {
  return failure.code !== null && (TOKEN_REFUSED.has(failure.code) || TOKEN_STALE.has(failure.code));
}
