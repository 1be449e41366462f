import { dayOf, editCell, itemsAt, isOffice, isOverseer, personOf, signChanges, splitNames, workbookOn, type Answer, type ItemsAt, type Moment, type Workbook } from '#core';
import {
  answerTo, bulletinsView, choicesView, fullItem, itemView, ledgerQuery, ledgerView, mineView, NO_FILES, noticesView, overviewView, parametersView, rankingsView, requestsView, scoresView,
  type ActionResult, type SessionView,
} from '#screens';
import { HostError, messageOf } from '../host-error.ts';
import { TimeBudget } from '../jobs/time-budget.ts';
import { withDocumentLock } from '../jobs/run-workbook.ts';
import { applyChanges } from '../workbook/apply-changes.ts';
import { momentNow } from '../workbook/cell-from-google.ts';
import { openWorkbook } from '../workbook/open-workbook.ts';
import { historyOf } from './history-of.ts';
import { askedOf, type Asked } from './query.ts';
import { readAct, readCell } from './read-act.ts';

declare const DUBAN_VERSION: string;
const PAGE = 'console';
/** The one workbook of this host, as addresses name it. */
const BOOK = 'sheet';

interface Answered { readonly status: number; readonly body: object }

/** The console as a web app: the page alone, which then asks for its screens. */
export function webPage(): GoogleAppsScript.HTML.HtmlOutput {
  return HtmlService.createHtmlOutputFromFile(PAGE).setTitle('督办').addMetaTag('viewport', 'width=device-width,initial-scale=1');
}

/** A screen as JSON text, of what the person who asks may see. */
export function webRead(path: unknown): string {
  return JSON.stringify(answered(() => {
    const asked = typeof path === 'string' ? askedOf(path) : null;
    if (asked === null) return missing();
    const { workbook } = openWorkbook(SpreadsheetApp.getActive());
    const person = personAsking(workbook);
    if (person === null) return stranger();
    if (asked.parts.join('/') === 'api/session') return { status: 200, body: sessionView(workbook, person) };
    const shown = asked.parts[2] === BOOK ? screenOf(itemsAt(workbook, momentNow()), person, asked) : null;
    return shown === null ? missing() : { status: 200, body: shown };
  }));
}

/** What a person does, as JSON text of an ActionResult: judged again here, whatever the page checked. */
export function webSend(path: unknown, body: unknown): string {
  return JSON.stringify(answered(() => {
    const asked = typeof path === 'string' ? askedOf(path) : null;
    const what = asked?.parts[2] === BOOK ? asked.parts[3] : undefined;
    const sent = jsonOf(body);
    const decide = what === 'cell' ? deciding(readCell(sent), (workbook, cell, by, now) => editCell(workbook, { ...cell, by }, now))
      : what === 'acts' ? deciding(readAct(sent), (workbook, act, by, now) => answerTo(workbook, act, by, now, () => false)) : null;
    if (decide === null) return { status: 400, body: { code: 'unreadable', message: '内容不完整或太长' } };
    const result = withDocumentLock(() => write(decide));
    return { status: result.kind === 'done' ? 200 : 422, body: result };
  }));
}

function deciding<T>(asked: T | null, decide: (workbook: Workbook, asked: T, by: string, now: Moment) => Answer): ((workbook: Workbook, by: string, now: Moment) => Answer) | null {
  return asked === null ? null : (workbook, by, now) => decide(workbook, asked, by, now);
}

/** Writes what a person decided into the table as it is now, with its rows of 流转记录. */
function write(decide: (workbook: Workbook, by: string, now: Moment) => Answer): ActionResult {
  const now = momentNow();
  const opened = openWorkbook(SpreadsheetApp.getActive());
  const workbook = workbookOn(opened.workbook, dayOf(now));
  const by = personAsking(workbook);
  if (by === null) return { kind: 'refused', message: '「人员」表中没有您,请联系督办办公室' };
  if (workbook.isCopy) return { kind: 'refused', message: '这是副本,不能在网页办理:请先选择搬家、存档或演练' };
  const answer = decide(workbook, by, now);
  if (answer.kind === 'refused') return { kind: 'refused', message: answer.message };
  const { conflicts, finished } = applyChanges(opened.book, signChanges(workbook, answer.changes, by, now, DUBAN_VERSION), new TimeBudget());
  const clash = conflicts[0];
  if (clash !== undefined || !finished) return { kind: 'conflict', message: `表格刚被人改动${clash === undefined ? '' : `(现为「${clash.found}」)`},没有写入:请看过后再办` };
  return { kind: 'done', message: answer.changes.length === 0 ? '没有需要改动的内容' : '已写入表格' };
}

function screenOf(at: ItemsAt, viewer: string, { parts: [, , , what, id], query }: Asked): object | null {
  switch (what) {
    case 'overview': return overviewView(at, viewer);
    case 'ledger': return ledgerView(at, viewer, ledgerQuery(query), '');
    case 'items': return itemView(at, id ?? '', viewer, fullItem(at, id ?? '', viewer) === null ? [] : historyOf(SpreadsheetApp.getActive(), id!), NO_FILES);
    case 'mine': return mineView(at, viewer);
    case 'requests': return requestsView(at, viewer);
    case 'scores': return scoresView(at, viewer, query['month'] ?? '');
    case 'rankings': return rankingsView(at, viewer, query['period'] ?? '');
    case 'bulletins': return bulletinsView(at, viewer);
    case 'notices': return noticesView(at, viewer, query['status'] ?? '');
    case 'parameters': return parametersView(at);
    case 'choices': return choicesView(at);
    default: return null;
  }
}

/** 姓名 of who asks, by the mail address of his Google account; null where Google doesn't tell it, or 人员 doesn't know it. */
function personAsking(workbook: Workbook): string | null {
  const email = Session.getActiveUser().getEmail();
  const person = email === '' ? null : personOf(workbook, email);
  return person?.email === email ? person.name : null;
}

function sessionView(workbook: Workbook, name: string): SessionView {
  const person = workbook.directory.person(name);
  return {
    name, unit: person?.unit ?? '', roles: splitNames(person?.roles ?? ''), isOwner: false, isOverseer: isOverseer(workbook, name), isOffice: isOffice(workbook, name),
    workbooks: [{ key: BOOK, name: SpreadsheetApp.getActive().getName() }], secrecyNotice: '', pdf: false,
  };
}

function answered(work: () => Answered): Answered {
  try {
    return work();
  } catch (error) {
    if (error instanceof HostError) return { status: error.code === 'busy' ? 423 : 503, body: error.code === 'busy' ? { kind: 'held', message: error.message } : { code: 'workbook', message: messageOf(error) } };
    console.error(error);
    return { status: 500, body: { code: 'failed', message: '程序出错了,已记入日志:请重试,仍不行请告诉管理员' } };
  }
}

function missing(): Answered {
  return { status: 404, body: { code: 'not-found', message: '没有这个事项,或您无权查看' } };
}

function stranger(): Answered {
  return { status: 403, body: { code: 'unknown-person', message: '「人员」表中没有您的谷歌账号邮箱,或谷歌没有告诉程序您是谁(须与表格所有者在同一个 Workspace 单位):请联系督办办公室' } };
}

function jsonOf(body: unknown): unknown {
  try {
    return typeof body === 'string' ? JSON.parse(body) as unknown : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
