import { basename } from 'node:path/posix';
import type { Context, Hono } from 'hono';
import {
  documentOf, isMember, isOverseer, parsePeriod, periodName, personOf, planReport, registerOf, type ItemsAt,
} from '#core';
import { attachmentsOf, bulletinsView, definitionsOf, formsOf, foundItems, fullItem, ledgerQuery, noticesView, rankingsView, registersOf, type LedgerQuery } from '#screens';
import { articlesOf } from '../documents/articles.ts';
import { chineseDate, rankNote, type RankingRow } from '../documents/bulletin-data.ts';
import { bulletinDocx } from '../documents/bulletin-docx.ts';
import { CONFIRMATION_TEMPLATE, confirmationData, confirmationDocx } from '../documents/confirmation-docx.ts';
import { TemplateError } from '../documents/docx-template.ts';
import { formDocx, formTemplate, registerDocx, type FormHead } from '../documents/form-docx.ts';
import { LETTER_TEMPLATE, letterDocx } from '../documents/letter-docx.ts';
import { libreOffice, toPdf } from '../documents/pdf.ts';
import { registerXlsx } from '../documents/register-xlsx.ts';
import { rankingXlsx } from '../documents/report-xlsx.ts';
import { ownTemplate } from '../documents/own-template.ts';
import { filesIn, readAttachment } from './uploads.ts';
import { viewerIn, type ConsoleEnv } from './context.ts';
import { failure } from './failure.ts';

interface Paper { readonly name: string; readonly kind: 'docx' | 'xlsx'; readonly bytes: Uint8Array }
interface Asked { readonly at: ItemsAt; readonly viewer: string; readonly folder: string | null; readonly get: (key: string) => string; readonly all: (key: string) => readonly string[]; readonly query: LedgerQuery }

const TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', pdf: 'application/pdf',
} as const;
/** As many forms as one print takes. */
const MOST_FORMS = 200;

/** Whether papers can be had as PDF here. */
export function canPdf(): boolean {
  return libreOffice() !== null;
}

/** `/w/:book/files/…`: papers to print and keep, each for whom the rows behind it show; asked for by names in the query, never by a path. */
export function addDownloads(api: Hono<ConsoleEnv>): void {
  const offer = (path: string, paper: (asked: Asked) => Promise<Paper | null>): void => {
    api.get(`/w/:book/files/${path}`, async (context) => {
      const book = context.get('book');
      const { at } = await book.state();
      const asked: Asked = {
        at, viewer: viewerIn(at.workbook, context.get('identity'), book.key), folder: book.folder,
        get: (key) => context.req.query(key) ?? '', all: (key) => context.req.queries(key) ?? [], query: ledgerQuery(context.req.query()),
      };
      try {
        const made = await paper(asked);
        return made === null ? failure(context, 404, 'not-found', '没有这份文件,或您无权查看') : await sent(context, made);
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        return failure(context, 422, 'template', error.message);
      }
    });
  };
  offer('form', formPaper);
  offer('register', async ({ at, viewer, folder, get }) => {
    const register = registersOf(at, viewer).includes(get('name')) ? registerOf(at, definitionsOf(at), get('name'), viewer) : null;
    if (register === null) return null;
    if (get('as') === 'xlsx') return { name: register.title, kind: 'xlsx', bytes: await registerXlsx(register, at.clock.today) };
    return { name: register.title, kind: 'docx', bytes: await registerDocx(formTemplate(at.workbook.policy.id, definitionsOf(at), register.title), register, headOf(at), ownTemplate(folder, register.title)) };
  });
  offer('bulletin', bulletinPaper);
  offer('notice', async ({ at, viewer, folder, get }) => {
    const notice = noticesView(at, viewer, '').rows.find(({ id }) => id === get('id'));
    if (notice === undefined || notice.body === '') return null;
    const signer = at.workbook.index.notice.get(notice.id)?.cells.signer ?? '';
    const bytes = await letterDocx({
      title: notice.type, number: notice.subject, to: notice.recipient, body: notice.body, issuer: at.workbook.policy.supervisingUnit, signer,
      date: chineseDate(notice.sentAt || notice.plannedOn), articleOf: articlesOf(at.workbook.policy.id),
    }, ownTemplate(folder, LETTER_TEMPLATE.name));
    return { name: `${notice.type} ${notice.itemId}`.trim(), kind: 'docx', bytes };
  });
  offer('ranking', async ({ at, viewer, get }) => {
    const period = parsePeriod(get('period'));
    const ranking = period === null ? [] : rankingOf(at, viewer, period.id);
    if (period === null || ranking.length === 0) return null;
    const [due, onTime] = [ranking.reduce((sum, row) => sum + row.dueCount, 0), ranking.reduce((sum, row) => sum + row.onTimeCount, 0)];
    const bytes = await rankingXlsx({
      title: '', period: periodName(period), issuer: at.workbook.policy.supervisingUnit, date: at.clock.today, late: [], ranking, rankMinimum: at.workbook.parameters.number('rankMinimum', period.last) ?? 1,
      overall: { dueCount: due, onTimeCount: onTime, rate: due === 0 ? null : onTime / due, previousRate: null },
    });
    return { name: `${periodName(period)}排名`, kind: 'xlsx', bytes };
  });
  offer('confirmation', confirmationPaper);
  api.get('/w/:book/files/attachment', async (context) => {
    const book = context.get('book');
    const { at } = await book.state();
    const path = context.req.query('path') ?? '';
    const item = fullItem(at, context.req.query('item') ?? '', viewerIn(at.workbook, context.get('identity'), book.key));
    // What no cell of the item names is nobody's to fetch, whatever lies beside the workbook.
    const bytes = item === null || book.folder === null || !attachmentsOf(at, item, filesIn(book.folder)).includes(path) ? null : readAttachment(book.folder, path);
    return bytes === null ? failure(context, 404, 'not-found', '没有这份文件,或您无权查看') : attachment(context, basename(path), 'application/octet-stream', bytes);
  });
}

/** One or many forms of one name, each item on a page of its own: of the items named, else of those that 台账 finds by the query. */
async function formPaper({ at, viewer, folder, get, all, query }: Asked): Promise<Paper | null> {
  const name = get('name');
  const ids = all('item');
  const asked = ids.length > 0 ? ids : foundItems(at, viewer, query).map(({ facts }) => facts.id);
  const filled = asked.flatMap((id) => {
    const item = fullItem(at, id, viewer);
    return item === null || !formsOf(at, item).includes(name) ? [] : documentOf(at, definitionsOf(at), name, id) ?? [];
  }).slice(0, MOST_FORMS);
  if (filled.length === 0) return null;
  const bytes = await formDocx(formTemplate(at.workbook.policy.id, definitionsOf(at), name), filled, headOf(at), ownTemplate(folder, name));
  return { name: filled.length === 1 ? `${name} ${filled[0]!.number}` : name, kind: 'docx', bytes };
}

/** A bulletin in the words that were signed, with the ranking of its period where that is shown to the person. */
async function bulletinPaper({ at, viewer, folder, get }: Asked): Promise<Paper | null> {
  const bulletin = bulletinsView(at, viewer).rows.find(({ id }) => id !== '' && id === get('id'));
  if (bulletin === undefined) return null;
  const { policy, parameters } = at.workbook;
  const ranking = rankingOf(at, viewer, bulletin.period);
  const bytes = await bulletinDocx({
    policy: policy.id, title: bulletin.subject || bulletin.type, number: bulletin.id, body: bulletin.body, ranking, rankNote: rankNote({ ranking, rankMinimum: parameters.number('rankMinimum', at.clock.today) ?? 1 }), late: null,
    entries: bulletin.entries, issuer: policy.supervisingUnit, signer: bulletin.signer, date: bulletin.publishedAt === '' ? '草稿' : chineseDate(bulletin.publishedAt), fingerprint: bulletin.fingerprint, articleOf: articlesOf(policy.id),
  }, ownTemplate(folder, '通报'));
  return { name: bulletin.subject || bulletin.id, kind: 'docx', bytes };
}

/** 考核确认表 of a month: every unit's for who looks over all, a unit's own for its people. */
async function confirmationPaper({ at, viewer, folder, get }: Asked): Promise<Paper | null> {
  const period = parsePeriod(get('month'));
  if (period?.kind !== 'month') return null;
  const { workbook, clock } = at;
  const person = personOf(workbook, viewer);
  const all = isOverseer(workbook, viewer);
  const sheets = planReport(workbook, period, clock.now).confirmations.filter(({ unit }) => all || (person !== null && unit !== '' && isMember(workbook, unit, person)));
  if (sheets.length === 0) return null;
  const bytes = await confirmationDocx(confirmationData(workbook, period, sheets), ownTemplate(folder, CONFIRMATION_TEMPLATE.name));
  return { name: `${periodName(period)}考核确认表`, kind: 'docx', bytes };
}

function rankingOf(at: ItemsAt, viewer: string, period: string): RankingRow[] {
  const view = rankingsView(at, viewer, period);
  return view.period !== period ? [] : view.rows.map((row) => ({
    group: row.group, rank: row.rank, unit: row.unit, dueCount: row.due, onTimeCount: row.onTime, rate: row.rate, extensionRate: row.extensionRate, returnCount: row.returned, points: row.points,
  }));
}

function headOf({ workbook: { policy }, clock }: ItemsAt): FormHead {
  return { policy: policy.id, policyName: policy.name, supervisingUnit: policy.supervisingUnit, date: clock.today, articleOf: articlesOf(policy.id) };
}

async function sent(context: Context<ConsoleEnv>, { name, kind, bytes }: Paper): Promise<Response> {
  if (context.req.query('as') !== 'pdf' || kind !== 'docx') return attachment(context, `${name}.${kind}`, TYPES[kind], bytes);
  const program = libreOffice();
  if (program === null) return failure(context, 501, 'no-pdf', '这台机器没有安装 LibreOffice,不能转成 PDF:请下载 .docx');
  return attachment(context, `${name}.pdf`, TYPES.pdf, await toPdf(program, bytes));
}

/** A file to keep, never to be shown as a page of the console. */
function attachment(context: Context<ConsoleEnv>, name: string, type: string, bytes: Uint8Array): Response {
  const safe = name.replace(/[\u0000-\u001f\u007f/\\:*?"<>|]/g, '_');
  return context.body(new Uint8Array(bytes), 200, {
    'content-type': type, 'content-disposition': `attachment; filename="download"; filename*=UTF-8''${encodeURIComponent(safe).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`,
    'cache-control': 'no-store',
  });
}
