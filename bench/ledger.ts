import {
  addDays, at, ChangeList, columnsOf, day, dayOf, endOfDay, formatDay, HOME_KEYS, parameterDefinitions, parseWorkbook, planRun,
  renderValue, SHEET_KEYS, SHEETS, type Cell, type CellsOf, type Change, type Day, type Moment, type OutValue, type RowAppend, type RowSnapshot,
  type SheetKey, type WorkbookSnapshot,
} from '#core';
import { POLICIES } from '#templates';

/** The policy and the moment of every measurement: a Monday on which nothing is a holiday. */
export const POLICY = POLICIES.tax;
export const NOW: Moment = at(day('2026-03-16'), 9);

const UNITS = Array.from({ length: 24 }, (_, index) => `第${index + 1}科`);
const CLOSED_FROM = 30;
const YEARS_OF_CLOSED_IN_DAYS = 1500;

export interface LedgerSize {
  readonly items: number;
  readonly notices: number;
  readonly scores: number;
  /** Rows of 流转记录 that earlier runs left. */
  readonly history: number;
}

/** The rows of an invented bureau in its fifth year: 96 of 100 items closed, 12 late, months locked through last year. */
export function ledgerRows(size: LedgerSize): RowAppend[] {
  const rows = new ChangeList();
  for (const { key, value } of parameterDefinitions(POLICY)) rows.append('parameters', { key, value: key === 'lockedThrough' ? '2025-12' : String(value) }, '');
  for (const unit of UNITS) {
    rows.append('units', { name: unit, type: '科室', head: `${unit}科长`, active: '是' }, '');
    rows.append('people', { name: `${unit}科长`, unit, roles: '单位负责人', email: 'head@example.com', active: '是' }, '');
    rows.append('people', { name: `${unit}经办`, unit, roles: '承办人', email: 'desk@example.com', active: '是' }, '');
  }
  rows.append('people', { name: '督办专员', roles: '督办专员、督办管理员', email: 'duban@example.com', active: '是' }, '');
  for (let index = 0; index < size.items; index += 1) addItem(rows, index, size.items);
  for (let index = 0; index < size.notices; index += 1) addNotice(rows, index, size.items);
  for (let index = 0; index < size.scores; index += 1) addScore(rows, index, size.items);
  for (let seq = 1; seq <= size.history; seq += 1) {
    rows.append('history', {
      seq, at: NOW, runId: 'R202603130900', itemId: idOf(seq, size.items), sheet: '督办台账', field: '状态', before: '办理中', after: '已办结',
      actor: '督办程序', clause: 'tax-4.7a', chain: seq.toString(16).padStart(64, '0'),
    }, '');
  }
  return rows.appends;
}

function addItem(rows: ChangeList, index: number, total: number): void {
  const open = index % 25 === 24;
  const unit = UNITS[index % UNITS.length]!;
  const limitDay = open ? addDays(dayOf(NOW), (index % 60) - 10) : closedLimit(index, total);
  const limit = endOfDay(limitDay);
  const issuedAt = at(addDays(limitDay, -30), 10);
  const signedAt = at(addDays(limitDay, -29), 15);
  const submittedAt = open ? null : at(addDays(limitDay, index % 8 === 0 ? 3 : -1), 16);
  const itemId = idOf(index, total);
  const status = open ? '办理中' : '已归档';
  const item: Partial<CellsOf<'items'>> = {
    itemId, title: `关于第${index + 1}号督办事项的办理与落实情况`, leadUnit: unit, handler: `${unit}经办`, status, deadlineSet: limit,
    progress: '已完成现场核查,正在起草报告,预计按期办结', requirement: '对照清单逐项整改,按时限报送书面材料,并附佐证', category: '年初计划/专项', form: '一般',
    sourceRef: `督字〔${formatDay(limitDay).slice(0, 4)}〕${index + 1}号`, rowType: '事项', dutyPerson: `${unit}科长`, leaderInCharge: '督办专员', urgency: '普通',
    importance: '一般', issuedAt, signedAt, feedbackCycle: '每月', remark: index % 5 === 0 ? '列入年度重点' : '', coUnits: index % 3 === 0 ? UNITS[(index + 1) % UNITS.length]! : '',
    ...(submittedAt === null ? {} : { submittedAt, result: '已全部完成,材料齐备,按要求归档', evaluation: '符合要求', percent: 1 }),
  };
  rows.append('items', item, '');
  rows.append('feedback', { feedbackId: `FK-${itemId}`, itemId, at: signedAt, by: `${unit}经办`, type: '进展', progress: item.progress! }, '');
  rows.append('baseline', {
    itemId, title: item.title!, firstSeen: issuedAt, policyVersion: `${POLICY.id}@${POLICY.version}`, effectiveStatus: status,
    statusAt: submittedAt ?? signedAt, deadlineOriginal: limit, issuedAt, signedAt, firstSubmittedAt: submittedAt, closedAt: submittedAt,
  }, '');
}

function addNotice(rows: ChangeList, index: number, total: number): void {
  const item = index % total;
  const itemId = idOf(item, total);
  const handler = `${UNITS[item % UNITS.length]!}经办`;
  const key = item === index ? `立项下发/${itemId}/issue/${handler}` : `到期提醒/${itemId}/due/${index}/${handler}`;
  const on = item % 25 === 24 ? dayOf(NOW) : closedLimit(item, total);
  rows.append('notices', {
    noticeId: key, type: item === index ? '立项下发' : '到期提醒', itemId, recipient: handler, channel: '邮件', plannedOn: on, status: '已发',
    sentAt: at(on, 9), attempts: 1, subject: `立项下发:${itemId} 关于第${item + 1}号督办事项的办理与落实情况`,
    body: `${handler},您好:\n\n【绿】${itemId}(时限 ${formatDay(on)})。请签收工作督导单,按时限办理并反馈。\n\n督办单位`, clause: 'tax-4.2c',
  }, '');
}

function addScore(rows: ChangeList, index: number, total: number): void {
  const on = closedLimit(index % total, total);
  const month = formatDay(on).slice(0, 7);
  const itemId = idOf(index % total, total);
  const locked = month < '2026-01';
  rows.append('scores', {
    scoreId: `${month}/${itemId}/${locked ? 'late-day' : 'manual'}/${index}`, month, unit: UNITS[index % UNITS.length]!, itemId,
    origin: locked ? '自动' : '手动', reason: '迟办', proposed: -3, working: `考核时限${formatDay(on)};迟办3天×1分=3分`, clause: 'tax-5.1a', status: '生效',
  }, '');
}

function closedLimit(index: number, total: number): Day {
  return addDays(dayOf(NOW), -CLOSED_FROM - Math.floor(((total - index) * YEARS_OF_CLOSED_IN_DAYS) / total));
}

function idOf(index: number, total: number): string {
  return `DB-${formatDay(closedLimit(index % total, total)).slice(0, 4)}-${String((index % total) + 1).padStart(6, '0')}`;
}

/** A ledger in memory that applies plans in time proportional to their length. */
export class MemoryLedger {
  private readonly rows = new Map<SheetKey, Cell[][]>();
  private readonly home: Record<string, Cell> = Object.fromEntries(HOME_KEYS.map((key) => [key, null]));

  constructor(rows: readonly RowAppend[]) {
    for (const key of SHEET_KEYS) this.rows.set(key, []);
    this.apply(rows);
  }

  snapshot(): WorkbookSnapshot {
    return {
      sheets: SHEET_KEYS.map((key) => ({
        name: SHEETS[key].name, anchor: key, columnAnchors: {},
        rows: this.readRows(key),
      })),
      home: { ...this.home }, modifiedAt: NOW, isCopy: false,
    };
  }

  /** As hosts read: of a sheet that only grows, the header and the last row. */
  private readRows(key: SheetKey): RowSnapshot[] {
    const rows = [columnsOf(key).map((column) => column.header), ...this.rows.get(key)!].map((cells, index) => ({ ref: index + 1, cells }));
    return 'tailOnly' in SHEETS[key] && rows.length > 1 ? [rows[0]!, rows.at(-1)!] : rows;
  }

  apply(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.kind === 'home') {
        this.home[change.key] = renderValue(change.after, undefined).value;
        continue;
      }
      const places = PLACES.get(change.sheet)!;
      const rows = this.rows.get(change.sheet)!;
      if (change.kind === 'cell') {
        const { place, type } = places.get(change.column)!;
        rows[Number(change.row.ref) - 2]![place] = renderValue(change.after, type).value;
        continue;
      }
      const cells: Cell[] = Array.from({ length: places.size }, () => null);
      for (const [column, value] of Object.entries(change.values)) {
        const { place, type } = places.get(column)!;
        cells[place] = renderValue(value, type).value;
      }
      rows.push(cells);
    }
  }

  /** Runs until nothing is left to do, as daily runs would have. Throws where that takes more than three. */
  settle(): void {
    for (let run = 0; run < 3; run += 1) {
      const { workbook, issues } = parseWorkbook(this.snapshot(), POLICIES);
      if (workbook === null) throw new Error(issues.map((issue) => issue.message).join('\n'));
      const { changes } = planRun(workbook, NOW);
      if (changes.length === 0) return;
      this.apply(changes);
    }
    throw new Error('the ledger does not settle');
  }

  /** The rows as appends, to fill a file with. */
  appends(): RowAppend[] {
    return SHEET_KEYS.flatMap((key) => this.rows.get(key)!.map((cells): RowAppend => ({
      kind: 'append', sheet: key, id: null, because: '',
      values: Object.fromEntries(columnsOf(key).flatMap((column, place) => (cells[place] === null ? [] : [[column.key, cells[place] as OutValue]]))),
    })));
  }
}

const PLACES = new Map(SHEET_KEYS.map((key) => [key, new Map(columnsOf(key).map((column, place) => [column.key, { place, type: column.type }]))]));
