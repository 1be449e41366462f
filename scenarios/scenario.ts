import { columnsOf, HOME_CELLS, HOME_SHEET_NAME, isError, moment, SHEET_KEYS, SHEETS, parseWorkbook, parameterDefinitions, planRun, valueOf, type Cell, type Delivery, type Moment, type Policy, type RunPlan, type SheetKey } from '#core';
import { DOCUMENTS } from '../templates/document-register.ts';
import { answer, documentFault, type DocumentCheck, type Query } from './ask.ts';
import { judgeFault, type JudgeCheck } from './judge.ts';
import { tapped, type Tap } from './tap.ts';
import { MemoryWorkbook } from '../test/support/memory-workbook.ts';

/** A row as a clerk writes it: header to text. `重复: n` stands for n such rows whose 事项编号 ends in 1 to n. */
export type Row = Readonly<Record<string, string | number>>;
export type Rows = Readonly<Record<string, readonly Row[]>>;

export interface Step {
  /** Moment of the run, `YYYY-MM-DD hh:mm`. */
  readonly 时刻: string;
  /** Hand edits before it: sheet, id, header, new value. */
  readonly 改?: readonly { readonly 表: string; readonly 编号: string; readonly 列: string; readonly 为: string | number }[];
  /** People who no longer count, before it. */
  readonly 停用?: readonly string[];
  /** Rows people add before it. */
  readonly 加?: Rows;
  /** What people do on their phones before it, one after the other. */
  readonly 手机?: readonly Tap[];
  /** Rows that must stand afterwards; a value in /…/ is a pattern. */
  readonly 应有?: Rows;
  /** Rows that must not stand afterwards. */
  readonly 没有?: Rows;
  /** How many rows must match. */
  readonly 件数?: readonly { readonly 表: string; readonly 条件: Row; readonly 为: number }[];
  /** Hints that must be among the findings. */
  readonly 提示?: readonly string[];
  /** What 首页 must show, by label. */
  readonly 首页?: Row;
  /** Hints that must not be among them. */
  readonly 无提示?: readonly string[];
  /** Queries on what stands afterwards, and the rows they must answer, all of them in order. */
  readonly 查?: readonly Query[];
  /** Documents that can be filled from what stands afterwards. */
  readonly 文书?: readonly DocumentCheck[];
  /** Hand edits by people whom the host knows, judged on what stands afterwards. */
  readonly 判?: readonly JudgeCheck[];
}

export interface Scenario {
  /** Clause ids that this scenario shows. */
  readonly 条款: readonly string[];
  readonly 说明: string;
  readonly 制度: string;
  readonly 参数?: Readonly<Record<string, string | number>>;
  readonly 给定: Rows;
  readonly 步骤: readonly Step[];
}

const SHEET_BY_NAME = new Map<string, SheetKey>(SHEET_KEYS.map((key) => [SHEETS[key].name, key]));

/** Units and people that every scenario may name. */
const ORGANISATION: Rows = {
  单位: [
    { 单位: '客运一公司', 单位类型: '分(子)公司', 负责人: '客运一公司经理', 责任人: '客运一公司副经理' },
    { 单位: '客运二公司', 单位类型: '分(子)公司', 负责人: '客运二公司经理' },
    { 单位: '客运三公司', 单位类型: '分(子)公司', 负责人: '客运三公司经理' },
    { 单位: '修理公司', 单位类型: '分(子)公司', 负责人: '修理公司经理' },
    { 单位: '财务部', 单位类型: '机关部室', 负责人: '财务部部长', 责任书扣分: 2 },
    { 单位: '人事部', 单位类型: '机关部室', 负责人: '人事部部长' },
    { 单位: '外部广告公司', 单位类型: '外部' },
    { 单位: '征管科', 单位类型: '科室', 负责人: '征管科科长' },
    { 单位: '法规科', 单位类型: '科室', 负责人: '法规科科长' },
    { 单位: '办税科', 单位类型: '科室', 负责人: '办税科科长' },
  ],
  人员: [
    { 姓名: '督办专员', 单位: '办公室', 角色: '督办专员', 邮箱: 'office@example.com' },
    { 姓名: '主管领导', 角色: '主管领导', 邮箱: 'leader@example.com' },
    { 姓名: '分管局领导', 角色: '局领导', 邮箱: 'bureau@example.com' },
    { 姓名: '经办', 单位: '征管科', 角色: '承办人', 邮箱: 'handler@example.com' },
    ...['客运一公司经理', '客运一公司副经理', '客运二公司经理', '客运三公司经理', '修理公司经理', '财务部部长', '人事部部长', '征管科科长', '法规科科长', '办税科科长']
      .map((姓名, index) => ({ 姓名, 角色: '单位负责人', 邮箱: `head${index}@example.com` })),
  ],
};

/** Sees the workbook before and after the run of each step: another host must come to the same. */
export interface Watch {
  before?(workbook: MemoryWorkbook, step: Step): void;
  /** `again` plans what another run at the same moment would do. */
  after(workbook: MemoryWorkbook, step: Step, again: () => RunPlan): void;
}

const RUN_TWICE: Watch = {
  after(_workbook, step, again) {
    const [change] = again().changes;
    if (change !== undefined) throw new Error(`a second run at ${step.时刻} plans ${JSON.stringify(change)}`);
  },
};

/** Plays a scenario step by step on a workbook in memory, every mail delivered; throws a readable error where it fails. */
export function play(scenario: Scenario, policies: Readonly<Record<string, Policy>>, watch: Watch = RUN_TWICE): void {
  const policy = policies[scenario.制度];
  if (policy === undefined) throw new Error(`unknown policy ${scenario.制度}`);
  const workbook = new MemoryWorkbook();
  const keys = new Set(parameterDefinitions(policy).map((definition) => definition.key));
  workbook.add('parameters', { key: 'policy', value: policy.id });
  for (const [key, value] of Object.entries(scenario.参数 ?? {})) {
    if (!keys.has(key)) throw new Error(`unknown parameter ${key}`);
    workbook.add('parameters', { key, value });
  }
  addRows(workbook, ORGANISATION);
  addRows(workbook, scenario.给定);
  const deliveries = new Map<string, Delivery>();
  for (const step of scenario.步骤) {
    for (const name of step.停用 ?? []) retire(workbook, name);
    addRows(workbook, step.加 ?? {});
    for (const edit of step.改 ?? []) {
      const sheet = sheetKey(edit.表);
      workbook.edit(sheet, edit.编号, columnKey(sheet, edit.列), edit.为);
    }
    applyTaps(workbook, policies, step);
    watch.before?.(workbook, step);
    const plan = runAndDeliver(workbook, policies, step.时刻, deliveries);
    watch.after(workbook, step, () => planRun(parseWorkbook(workbook.snapshot(), policies).workbook!, moment(step.时刻), deliveries));
    check(workbook, plan, step);
    checkAnswers(workbook, policies, step);
    checkJudgements(workbook, policies, step);
    checkHome(workbook, step);
  }
}

function applyTaps(workbook: MemoryWorkbook, policies: Readonly<Record<string, Policy>>, step: Step): void {
  for (const tap of step.手机 ?? []) {
    const answered = tapped(parseWorkbook(workbook.snapshot(), policies).workbook!, moment(step.时刻), tap);
    const told = answered.kind === 'refused' ? answered.message : '';
    if ((answered.kind === 'refused') !== (tap.拒绝 !== undefined) || !told.includes(tap.拒绝 ?? '')) {
      fail(step, `${tap.人}${tap.做}${tap.编号}应${tap.拒绝 === undefined ? '接受' : `拒绝:${tap.拒绝}`},实为${told || '接受'}`, []);
    }
    if (answered.kind === 'done') workbook.apply(answered.changes);
  }
}

/** Every letter that is due arrives; false where none is. */
export function deliverAll({ notices, clock }: RunPlan, now: Moment, deliveries: Map<string, Delivery>): boolean {
  let delivered = false;
  for (const notice of notices) {
    if (notice.channel !== '邮件' || notice.status !== '待发' || notice.plannedOn > clock.today) continue;
    delivered = true;
    deliveries.set(notice.noticeId, {
      key: notice.noticeId, state: 'sent', at: now, attempts: 1, error: '', permanent: false, subject: notice.subject, body: notice.body, members: notice.members ?? [],
    });
  }
  return delivered;
}

function runAndDeliver(workbook: MemoryWorkbook, policies: Readonly<Record<string, Policy>>, at: string, deliveries: Map<string, Delivery>): RunPlan {
  const now = moment(at);
  const { workbook: parsed, issues } = parseWorkbook(workbook.snapshot(), policies);
  if (parsed === null) throw new Error(issues.map((issue) => issue.message).join('\n'));
  const first = planRun(parsed, now, deliveries);
  const plan = deliverAll(first, now, deliveries) ? planRun(parsed, now, deliveries) : first;
  if (workbook.apply(plan.changes) > 0) throw new Error('a change conflicted');
  return plan;
}

/** Every finding stands at a column of its sheet; every hint says what to do, and ends with the article, the parameter or the convention behind it. */
function checkManners(plan: RunPlan, step: Step): void {
  for (const { code, severity, column, because, message, sheet } of plan.issues) {
    const key = SHEET_BY_NAME.get(sheet);
    if (key !== undefined && column !== null && !columnsOf(key).some(({ header }) => header === column)) fail(step, `提示指向「${sheet}」没有的列「${column}」:${message}`, []);
    if (!/^[a-z]+(?:-[a-z]+)+$/.test(code) || !['hint', 'error'].includes(severity)) fail(step, `提示没有代码或轻重:${message}`, []);
    if (because === '') fail(step, `提示的依据是空白:${message}`, []);
    if (sheet === HOME_SHEET_NAME) continue;
    if (!/请|建议|[须应]|可改为|由程序|无须|不再|自动|照常|已还原|已改回|提示/.test(message)) fail(step, `提示没有说怎么办:${message}`, []);
    if (!/\((?:[A-Za-z][\w.、-]*|工作簿约定)\)$/.test(message)) fail(step, `提示没有说依据:${message}`, []);
  }
}

function check(workbook: MemoryWorkbook, plan: RunPlan, step: Step): void {
  checkManners(plan, step);
  for (const [name, rows] of Object.entries(step.应有 ?? {})) {
    const shown = workbook.shown(sheetKey(name));
    for (const row of rows) if (!shown.some((candidate) => matches(candidate, row))) fail(step, `「${name}」应有 ${JSON.stringify(row)}`, shown);
  }
  for (const [name, rows] of Object.entries(step.没有 ?? {})) {
    const shown = workbook.shown(sheetKey(name));
    for (const row of rows) if (shown.some((candidate) => matches(candidate, row))) fail(step, `「${name}」不应有 ${JSON.stringify(row)}`, shown);
  }
  for (const { 表, 条件, 为 } of step.件数 ?? []) {
    const shown = workbook.shown(sheetKey(表));
    const found = shown.filter((candidate) => matches(candidate, 条件)).length;
    if (found !== 为) fail(step, `「${表}」符合 ${JSON.stringify(条件)} 的应为 ${为} 行,实有 ${found} 行`, shown);
  }
  for (const hint of step.提示 ?? []) {
    if (!plan.issues.some((issue) => issue.message.includes(hint))) fail(step, `应有提示「${hint}」`, plan.issues.map((issue) => ({ 提示: issue.message })));
  }
  for (const hint of step.无提示 ?? []) {
    if (plan.issues.some((issue) => issue.message.includes(hint))) fail(step, `不应有提示「${hint}」`, plan.issues.map((issue) => ({ 提示: issue.message })));
  }
}

function checkAnswers(workbook: MemoryWorkbook, policies: Readonly<Record<string, Policy>>, step: Step): void {
  if (step.查 === undefined && step.文书 === undefined) return;
  const parsed = parseWorkbook(workbook.snapshot(), policies).workbook!;
  const documents = DOCUMENTS[parsed.policy.id];
  const now = moment(step.时刻);
  for (const query of step.查 ?? []) {
    const rows = answer(parsed, documents, now, query);
    if (rows.length !== query.得.length || !query.得.every((row, index) => matches(rows[index]!, row))) {
      fail(step, `查「${query.问}」${JSON.stringify(query.按 ?? {})} 应得 ${JSON.stringify(query.得)}`, rows);
    }
  }
  for (const wanted of step.文书 ?? []) {
    const fault = documentFault(parsed, documents, now, wanted);
    if (fault !== null) fail(step, fault, []);
  }
}

function checkJudgements(workbook: MemoryWorkbook, policies: Readonly<Record<string, Policy>>, step: Step): void {
  if (step.判 === undefined) return;
  const parsed = parseWorkbook(workbook.snapshot(), policies).workbook!;
  for (const wanted of step.判) {
    const fault = judgeFault(parsed, moment(step.时刻), sheetKey(wanted.表), wanted);
    if (fault !== null) fail(step, fault, []);
  }
}

function checkHome(workbook: MemoryWorkbook, step: Step): void {
  const shown = Object.fromEntries(Object.entries(HOME_CELLS).map(([key, label]) => [label, shownHome(workbook.home[key] ?? null)]));
  if (!matches(shown, step.首页 ?? {})) fail(step, `首页应有 ${JSON.stringify(step.首页)}`, [shown]);
}

function shownHome(cell: Cell): string {
  const value = valueOf(cell);
  return value === null || isError(value) ? '' : String(value);
}

/** '' wants a blank cell. */
function matches(candidate: Readonly<Record<string, string>>, wanted: Row): boolean {
  return Object.entries(wanted).every(([header, value]) => {
    const text = candidate[header] ?? '';
    const pattern = /^\/(.*)\/$/.exec(String(value));
    return pattern === null ? text === String(value) : new RegExp(pattern[1]!).test(text);
  });
}

function fail(step: Step, message: string, shown: readonly object[]): never {
  throw new Error(`${step.时刻}:${message}\n实有:\n${shown.map((row) => JSON.stringify(row)).join('\n')}`);
}

function retire(workbook: MemoryWorkbook, name: string): void {
  const { keys, rows } = workbook.sheets.get('people')!;
  const row = rows.find((candidate) => candidate.cells[keys.indexOf('name')] === name);
  if (row === undefined) throw new Error(`no person ${name}`);
  row.cells[keys.indexOf('active')] = '否';
}

function addRows(workbook: MemoryWorkbook, rows: Rows): void {
  for (const [name, list] of Object.entries(rows)) {
    const key = sheetKey(name);
    for (const row of list.flatMap(repeated)) workbook.add(key, Object.fromEntries(Object.entries(row).map(([header, value]) => [columnKey(key, header), value])));
  }
}

function repeated(row: Row): readonly Row[] {
  const { 重复, ...cells } = row;
  if (重复 === undefined) return [row];
  return Array.from({ length: Number(重复) }, (_, index) => ({ ...cells, 事项编号: `${cells['事项编号'] ?? ''}${index + 1}` }));
}

function sheetKey(name: string): SheetKey {
  const key = SHEET_BY_NAME.get(name);
  if (key === undefined) throw new Error(`unknown sheet ${name}`);
  return key;
}

function columnKey(key: SheetKey, header: string): string {
  const column = columnsOf(key).find((candidate) => candidate.header === header);
  if (column === undefined) throw new Error(`unknown column ${header} in ${key}`);
  return column.key;
}
