import { sheets, type sheets_v4 } from '@googleapis/sheets';
import pRetry from 'p-retry';
import { failureOf, isOutcomeUnknown, isRefusedForNow, storeErrorOf, type ApiFailure } from './api-errors.ts';
import type { CallLimit, CallQuota } from '../call-quota.ts';
import { accountOf, authOf, projectOf, userOf, type GoogleCredentials } from './credentials.ts';

type Spreadsheet = sheets_v4.Schema$Spreadsheet;
type BatchUpdate = sheets_v4.Schema$BatchUpdateSpreadsheetRequest;
type BatchUpdated = sheets_v4.Schema$BatchUpdateSpreadsheetResponse;

/** Google ends a request of its own after three minutes. */
const TIMEOUT_MS = 190_000;

export interface GoogleAccess {
  readonly credentials: GoogleCredentials;
  /** In place of Google's own addresses; null: Google. */
  readonly root: string | null;
  /** Reads, and writes, a minute of this account, for all its spreadsheets. Google's quota is 60 for one user of a project, and a service account is one user. */
  readonly perMinute: number;
  /** Where calls are counted. */
  readonly quota: CallQuota;
  /** The first wait after a refusal; it doubles, with a random part, up to a minute. */
  readonly firstWaitMs: number;
}

/** A write of which nobody knows whether it was carried out. */
export class OutcomeUnknownError extends Error {
  readonly failure: ApiFailure;
  constructor(failure: ApiFailure, options?: ErrorOptions) {
    super(failure.message, options);
    this.name = 'OutcomeUnknownError';
    this.failure = failure;
  }
}

/** A failure over a read, which does no harm twice. */
function isPassing(failure: ApiFailure): boolean {
  return isRefusedForNow(failure) || isOutcomeUnknown(failure);
}

/** The Sheets API as one account uses it: counted, held to the quota, repeated where Google refuses for the moment. */
export interface SheetsApi {
  /** Whom spreadsheets must be shared with; null for a person's own sign-in. */
  readonly account: string | null;
  /** `ranges` in A1 notation; without any, only what `fields` names of the whole spreadsheet. */
  get(spreadsheetId: string, ranges: readonly string[], fields: string): Promise<Spreadsheet>;
  /** All requests or none. Throws an OutcomeUnknownError where the answer was lost: it is not sent again by itself. */
  batchUpdate(spreadsheetId: string, body: BatchUpdate, fields: string): Promise<BatchUpdated>;
  /** Requests sent so far, every repetition counted. */
  calls(): { readonly reads: number; readonly writes: number };
}

/** Google's quota of reads, and of writes, a minute for all users of a project. */
const PROJECT_PER_MINUTE = 300;
const MOST_TRIES = 8;
const LONGEST_WAIT_MS = 64_000;

export function openSheetsApi({ credentials, root, perMinute, quota, firstWaitMs }: GoogleAccess): SheetsApi {
  const account = accountOf(credentials);
  const { spreadsheets } = sheets({ version: 'v4', auth: authOf(credentials, root), ...(root === null ? {} : { rootUrl: root }) });
  // Repeated here, where each try is counted and held to the quota, not by the client.
  const options = { retry: false, timeout: TIMEOUT_MS };
  const limitsOf = (kind: 'read' | 'write'): CallLimit[] => [
    { name: `google ${kind} user ${userOf(credentials)}`, calls: perMinute, seconds: 60 },
    { name: `google ${kind} project ${projectOf(credentials)}`, calls: Math.max(PROJECT_PER_MINUTE, perMinute), seconds: 60 },
  ];
  const [readLimits, writeLimits] = [limitsOf('read'), limitsOf('write')];
  let reads = 0;
  let writes = 0;

  async function repeated<T>(spreadsheetId: string, mayRepeat: (failure: ApiFailure) => boolean, send: () => Promise<T>): Promise<T> {
    const isWorthATry = (error: unknown): boolean => {
      const failure = failureOf(error);
      return failure !== null && mayRepeat(failure);
    };
    try {
      return await pRetry(send, {
        retries: MOST_TRIES - 1, factor: 2, minTimeout: firstWaitMs, maxTimeout: LONGEST_WAIT_MS, randomize: true, shouldRetry: ({ error }) => isWorthATry(error),
      });
    } catch (error) {
      const failure = failureOf(error);
      if (failure === null) throw error;
      throw isOutcomeUnknown(failure) && !mayRepeat(failure) ? new OutcomeUnknownError(failure, { cause: error }) : storeErrorOf(failure, spreadsheetId, account, error);
    }
  }

  return {
    account,
    get: (spreadsheetId, ranges, fields) => repeated(spreadsheetId, isPassing, async () => {
      await quota.take(readLimits);
      reads += 1;
      const { data } = await spreadsheets.get({ spreadsheetId, ranges: [...ranges], fields, prettyPrint: false }, options);
      return data;
    }),
    batchUpdate: (spreadsheetId, requestBody, fields) => repeated(spreadsheetId, isRefusedForNow, async () => {
      await quota.take(writeLimits);
      writes += 1;
      const { data } = await spreadsheets.batchUpdate({ spreadsheetId, requestBody, fields, prettyPrint: false }, options);
      return data;
    }),
    calls: () => ({ reads, writes }),
  };
}
