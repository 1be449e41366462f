import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { sheets_v4 } from '@googleapis/sheets';
import { applyRequests } from '../apps-script/fake/advanced-requests.ts';
import { NotFaked } from '../apps-script/fake/exception.ts';
import type { WorkbookModel } from '../apps-script/fake/workbook-model.ts';
import { closeHere, listenHere } from '../support/local-server.ts';
import { bodyProblem, masked, parseMask, type Mask } from './schemas.ts';
import { InvalidArgument, spreadsheetMessage } from './spreadsheet-message.ts';
import { TokenOffice } from './tokens.ts';

/** Requests a minute, as Google counts them: of the whole project, and of one user of it. */
export interface Quota { readonly perProject: number; readonly perUser: number }
const QUOTA: Quota = { perProject: 300, perUser: 60 };

/** What befalls the next calls, one each: refused before anything is done, or the answer lost after all is done. */
export type Mishap = 'quota' | 'unavailable' | 'unavailable-after' | 'cut-off-after';

export interface Call { readonly kind: 'read' | 'write'; readonly spreadsheetId: string; readonly status: number }

interface Answer { readonly status: number; readonly body: unknown }

/** Google's Sheets API v4 over HTTP on the grid model of the Apps Script fake. Strict: what Google's own types don't name is refused. */
export class GoogleDouble {
  readonly tokens: TokenOffice;
  readonly calls: Call[] = [];
  readonly mishaps: Mishap[] = [];
  latencyMs = 0;
  quota: Quota = QUOTA;
  /** People act between two calls: told before each, with its number of all. */
  beforeCall: ((kind: Call['kind'], index: number) => void) | null = null;
  private readonly books = new Map<string, WorkbookModel>();
  /** Spreadsheets that hold the same and were not written to since; what was asked of one of them is answered from memory. */
  private readonly twins = new Set<WorkbookModel>();
  private readonly told = new Map<string, unknown>();
  private readonly used = new Map<string, number>();
  private readonly server: Server;
  private readonly clock: () => number;

  constructor(clock: () => number = Date.now) {
    this.clock = clock;
    this.tokens = new TokenOffice(clock);
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  /** Where it listens, for `rootUrl`. */
  async listen(): Promise<string> {
    return `${await listenHere(this.server)}/`;
  }

  close(): Promise<void> {
    return closeHere(this.server);
  }

  /** A spreadsheet of this Google. Shared with its editors only. */
  hold(book: WorkbookModel): void {
    this.books.set(book.id, book);
  }

  /** Many that hold the same but for their ids: reading their cells costs nothing until they are written to. */
  holdTwins(books: readonly WorkbookModel[]): void {
    for (const book of books) {
      this.hold(book);
      this.twins.add(book);
    }
  }

  reads(): number { return this.calls.filter(({ kind }) => kind === 'read').length; }
  writes(): number { return this.calls.filter(({ kind }) => kind === 'write').length; }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    if (this.latencyMs > 0) await wait(this.latencyMs);
    if (url.pathname === '/token') {
      const { status, body } = this.tokens.answer(new URLSearchParams(text));
      send(response, { status, body }, false);
      return;
    }
    const path = /^\/v4\/spreadsheets\/([\w-]+)(:batchUpdate)?$/.exec(url.pathname);
    const kind = path?.[2] === undefined ? 'read' : 'write';
    if (path === null || request.method !== (kind === 'read' ? 'GET' : 'POST')) {
      send(response, failure(404, 'NOT_FOUND', `The requested URL ${url.pathname} was not found on this server.`), false);
      return;
    }
    this.beforeCall?.(kind, this.calls.length);
    const mishap = this.mishaps.shift();
    const answer = this.answer(kind, path[1]!, request.headers.authorization, url.searchParams, text, mishap);
    this.calls.push({ kind, spreadsheetId: path[1]!, status: answer.status });
    if (mishap === 'cut-off-after') response.destroy();
    else send(response, mishap === 'unavailable-after' ? failure(503, 'UNAVAILABLE', 'The service is currently unavailable.') : answer, request.headers['accept-encoding']?.includes('gzip') === true);
  }

  private answer(kind: Call['kind'], id: string, authorization: string | undefined, params: URLSearchParams, text: string, mishap: Mishap | undefined): Answer {
    const user = this.tokens.userOf(authorization);
    if (user === null) return failure(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
    if (mishap === 'unavailable') return failure(503, 'UNAVAILABLE', 'The service is currently unavailable.');
    if (mishap === 'quota' || !this.admit(kind, user)) {
      const name = kind === 'read' ? 'Read' : 'Write';
      return failure(429, 'RESOURCE_EXHAUSTED', `Quota exceeded for quota metric '${name} requests' and limit '${name} requests per minute per user' of service 'sheets.googleapis.com'.`);
    }
    const book = this.books.get(id);
    if (book === undefined) return failure(404, 'NOT_FOUND', 'Requested entity was not found.');
    if (!book.editors.has(user) && !(kind === 'read' && book.viewers.has(user))) return failure(403, 'PERMISSION_DENIED', 'The caller does not have permission');
    try {
      return { status: 200, body: kind === 'read' ? this.read(book, params) : this.write(book, user, params, text) };
    } catch (error) {
      // The grid model's own refusals say what Google says.
      const message = error instanceof InvalidArgument ? error.message : error instanceof Error && !(error instanceof NotFaked) ? /failed with error: (.*)$/s.exec(error.message)?.[1] : undefined;
      if (message === undefined) return failure(400, 'UNIMPLEMENTED', `the double has a fault: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
      return failure(400, 'INVALID_ARGUMENT', message);
    }
  }

  private read(book: WorkbookModel, params: URLSearchParams): unknown {
    // Without ranges it is the spreadsheet itself that is asked for, with its id.
    if (!this.twins.has(book) || !params.has('ranges')) return read(book, params);
    const asked = params.toString();
    const body = this.told.get(asked) ?? read(book, params);
    this.told.set(asked, body);
    return body;
  }

  private write(book: WorkbookModel, user: string, params: URLSearchParams, text: string): unknown {
    this.twins.delete(book);
    return write(book, user, params, text);
  }

  private admit(kind: Call['kind'], user: string): boolean {
    const minute = Math.floor(this.clock() / 60_000);
    const count = (of: string): number => {
      const key = `${kind}/${of}/${minute}`;
      const now = (this.used.get(key) ?? 0) + 1;
      this.used.set(key, now);
      return now;
    };
    return [count('project') <= this.quota.perProject, count(`user ${user}`) <= this.quota.perUser].every(Boolean);
  }
}

function read(book: WorkbookModel, params: URLSearchParams): unknown {
  const mask = maskOf(params, 'Spreadsheet', ['ranges']);
  if (mask === null) throw new InvalidArgument('the double wants a field mask: without one every format of every cell comes along');
  return masked(spreadsheetMessage(book, params.getAll('ranges'), asksForCells(mask)), mask);
}

function write(book: WorkbookModel, user: string, params: URLSearchParams, text: string): unknown {
  const mask = maskOf(params, 'BatchUpdateSpreadsheetResponse', []);
  const body = JSON.parse(text) as sheets_v4.Schema$BatchUpdateSpreadsheetRequest;
  const problem = bodyProblem(body, 'BatchUpdateSpreadsheetRequest');
  if (problem !== null) throw new InvalidArgument(problem);
  const { requests = [], includeSpreadsheetInResponse = false, responseRanges, ...rest } = body;
  if (requests.length === 0) throw new InvalidArgument('Must specify at least one request.');
  requests.forEach(requireComplete);
  const others = Object.keys(rest).filter((name) => name !== 'responseIncludeGridData');
  if (others.length > 0) throw new NotFaked(others.join(', '));
  const replies = applyRequests({ world: { book }, caller: { effectiveUser: user }, charge: () => undefined }, requests as GoogleAppsScript.Sheets.Schema.Request[]);
  const wanted = mask?.get('updatedSpreadsheet');
  const answer: sheets_v4.Schema$BatchUpdateSpreadsheetResponse = {
    spreadsheetId: book.id, replies: replies as sheets_v4.Schema$Response[],
    ...(includeSpreadsheetInResponse === true ? { updatedSpreadsheet: spreadsheetMessage(book, responseRanges ?? [], wanted == null || asksForCells(wanted)) } : {}),
  };
  return masked(answer, mask);
}

/** What Google wants of a request and its types call optional. */
function requireComplete(request: sheets_v4.Schema$Request, index: number): void {
  const [kind] = Object.keys(request);
  const body = (request as Record<string, Record<string, unknown>>)[kind ?? ''] ?? {};
  const wants: Readonly<Record<string, readonly string[]>> = {
    updateCells: ['fields', 'rows'], repeatCell: ['fields', 'range', 'cell'], updateSheetProperties: ['fields', 'properties'], updateDimensionProperties: ['fields', 'range', 'properties'], updateDeveloperMetadata: ['fields', 'dataFilters', 'developerMetadata'],
    insertDimension: ['range'], appendDimension: ['dimension', 'length'], setDataValidation: ['range'], addProtectedRange: ['protectedRange'], createDeveloperMetadata: ['developerMetadata'], deleteDeveloperMetadata: ['dataFilter'],
  };
  const missing = (wants[kind ?? ''] ?? []).find((field) => body[field] === undefined || body[field] === '');
  if (missing === 'fields') throw new InvalidArgument(`Invalid requests[${index}].${kind ?? ''}: At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)`);
  if (missing !== undefined) throw new InvalidArgument(`Invalid requests[${index}].${kind ?? ''}: ${missing} is required.`);
}

const COMMON = ['fields', 'prettyPrint', 'alt'];

function maskOf(params: URLSearchParams, schema: string, own: readonly string[]): Mask | null {
  const unknown = [...params.keys()].find((name) => ![...COMMON, ...own].includes(name));
  if (unknown !== undefined) throw new InvalidArgument(`Invalid JSON payload received. Unknown name "${unknown}": Cannot bind query parameter. Field '${unknown}' could not be found in request message.`);
  const fields = params.get('fields');
  if (fields === null) return null;
  try {
    return parseMask(fields, schema);
  } catch (error) {
    if (error instanceof RangeError) throw new InvalidArgument(`Request contains an invalid argument. ${error.message}`);
    throw error;
  }
}

function asksForCells(mask: Mask): boolean {
  const sheets = mask.get('sheets');
  return mask.has('sheets') && (sheets == null || sheets.has('data'));
}

function failure(code: number, status: string, message: string): Answer {
  return { status: code, body: { error: { code, message, status } } };
}

/** The bytes of bodies that are sent more than once. */
const packed = new WeakMap<object, Buffer>();

function send(response: ServerResponse, { status, body }: Answer, gzip: boolean): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...(gzip ? { 'content-encoding': 'gzip' } : {}) });
  response.end(gzip ? packedOf(body as object) : JSON.stringify(body));
}

function packedOf(body: object): Buffer {
  const bytes = packed.get(body) ?? gzipSync(Buffer.from(JSON.stringify(body), 'utf8'), { level: 1 });
  packed.set(body, bytes);
  return bytes;
}
