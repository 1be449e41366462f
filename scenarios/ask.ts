import {
  HOME_CELLS, HOME_KEYS, inspectionSample, officeOverview, percentOf, performanceExport, publicResults, yearlyComparison, type OverviewRow, type PerformanceLine, type UnitYear,
  countBy, documentOf, documentsAtIssue, formatMoment, itemActions, itemStatistics, itemsAt, itemTimeline, ITEM_VIEWS, ownScores, registerOf, scoreList, searchItems, searchPeople, statusCard,
  titleFor, unreadOf, viewItems, type DocumentDefinition, type ItemAt, type ItemsAt, type ItemView, type Moment, type ScoreLine, type Workbook,
} from '#core';
import type { Row } from './scenario.ts';

/** A question as a clerk asks it on a screen, and the rows that must come back, in order; each row names what matters of it. */
export interface Query {
  readonly 问: string;
  readonly 按?: Row;
  readonly 得: readonly Row[];
}

/** A named document filled for an item: fields that must stand, what must be missing; `无` where there is none for it. */
export interface DocumentCheck {
  readonly 文书: string;
  readonly 编号: string;
  readonly 应有?: Row;
  readonly 缺?: readonly string[];
  readonly 无?: true;
}

/** Answers a query on a workbook as it stands after a run. */
export function answer(workbook: Workbook, documents: readonly DocumentDefinition[], now: Moment, query: Query): Record<string, string>[] {
  const at = itemsAt(workbook, now);
  const arg = (name: string): string => String(query.按?.[name] ?? '');
  switch (query.问) {
    case '视图': return viewItems(at, viewOf(arg('视图'))).map(itemRow);
    case '检索': return searchItems(at, arg('文字'), arg('人')).map(itemRow);
    case '人员': return searchPeople(workbook, arg('文字')).map((person) => ({ 姓名: person.name, 单位: person.unit }));
    case '状态卡': {
      const card = statusCard(at, arg('编号'), arg('人'));
      return card === null ? [] : [Object.fromEntries(card)];
    }
    case '办理过程': return itemTimeline(at, arg('编号'), arg('人')).map((entry) => ({
      时间: entry.at === null ? '' : formatMoment(entry.at), 人: entry.by, 类型: entry.kind, 内容: entry.text,
    }));
    case '四办': return itemActions(at, arg('编号'), arg('人')).map((action) => ({ 时间: formatMoment(action.at), 方式: action.kind, 人: action.by }));
    case '我的考核': {
      const { total, lines } = ownScores(workbook, arg('人'), arg('月份'));
      return [{ 合计: String(total), 条数: String(lines.length) }, ...lines.map(scoreRow)];
    }
    case '考核结果': return scoreList(workbook, arg('月份'), null).map(scoreRow);
    case '统计': return [statisticsRow(at)];
    case '分类统计': return [...countBy(at, columnOf(arg('列')))].map(([value, count]) => ({ 值: value, 件数: String(count) }));
    case '未读': return unreadOf(workbook, arg('人')).map((notice) => ({ 类型: notice.type, 事项编号: notice.itemId, 标题: notice.subject }));
    case '下发文书': {
      const item = at.items.get(arg('编号'));
      return item === undefined ? [] : documentsAtIssue(workbook.policy, item.facts.cells).map((name) => ({ 文书: name }));
    }
    case '登记表': {
      const register = registerOf(at, documents, arg('文书'), arg('人'));
      return register === null ? [] : register.rows.map((row) => Object.fromEntries(register.columns.map((column, index) => [column, row[index]!])));
    }
    case '总览': return officeOverview(workbook, [...at.items.values()]).map(overviewRow);
    case '绩效导出': return performanceExport(workbook, arg('月份')).map(performanceRow);
    case '年度对比': return yearlyComparison(workbook, [...at.items.values()].map(({ facts }) => facts), Number(arg('年'))).map(yearRow);
    case '抽查名单': return inspectionSample(workbook, at.clock.today, arg('人')).map((unit) => ({ 单位: unit }));
    case '公示': return publicResults(at).map((facts) => ({ 事项编号: facts.id, 督办事项: facts.cells.title, 办理结果: facts.cells.result }));
    case '首页': return [homeRow(workbook)];
    default: throw new Error(`unknown query ${query.问}`);
  }
}

/** Why a document is not as the check wants it; null where it is. */
export function documentFault(workbook: Workbook, documents: readonly DocumentDefinition[], now: Moment, check: DocumentCheck): string | null {
  const filled = documentOf(itemsAt(workbook, now), documents, check.文书, check.编号);
  if (filled === null) return check.无 === true ? null : `没有《${check.文书}》`;
  if (check.无 === true) return `不应有《${check.文书}》`;
  const fields = new Map<string, string>([['编号', filled.number], ...filled.fields]);
  for (const [label, value] of Object.entries(check.应有 ?? {})) {
    if (fields.get(label) !== String(value)) return `《${check.文书}》的「${label}」应为 ${value},实为 ${fields.get(label) ?? '无此栏'}`;
  }
  const missing = [...(check.缺 ?? [])].join('、');
  return missing === filled.missing.join('、') ? null : `《${check.文书}》应缺「${missing}」,实缺「${filled.missing.join('、')}」`;
}

function viewOf(text: string): ItemView {
  const view = ITEM_VIEWS.find((candidate) => candidate === text);
  if (view === undefined) throw new Error(`unknown view ${text}`);
  return view;
}

const COLUMNS = { 事项类别: 'category', 督办形式: 'form', 重要程度: 'importance', 缓急程度: 'urgency', 项目阶段: 'projectPhase', 节点类型: 'nodeType' } as const;

function columnOf(header: string): (typeof COLUMNS)[keyof typeof COLUMNS] {
  if (!Object.hasOwn(COLUMNS, header)) throw new Error(`no counts by ${header}`);
  return COLUMNS[header as keyof typeof COLUMNS];
}

function itemRow({ facts, light }: ItemAt): Record<string, string> {
  return { 事项编号: facts.id, 督办事项: titleFor(facts), 牵头单位: facts.unit, 状态: facts.status, 灯号: light.light };
}

function scoreRow({ cells, actor, points }: ScoreLine): Record<string, string> {
  return { 考核月份: cells.month, 人员: cells.person, 来源: cells.origin, 操作人: actor, 分值: String(points), 扣分原因: cells.reason, 计算过程: cells.working };
}

function statisticsRow(at: ItemsAt): Record<string, string> {
  const counts = itemStatistics(at);
  return {
    总数: String(counts.total), 未下发: String(counts.waiting), 办理中: String(counts.open), 正常办结: String(counts.closedInTime), 超时办结: String(counts.closedLate),
    延迟办理: String(counts.openLate), 延期: String(counts.extended), 暂停: String(counts.paused),
  };
}

function overviewRow(row: OverviewRow): Record<string, string> {
  const { first, direct, coUnits, supervisor } = row.responsible;
  return {
    事项编号: row.id, 上级事项: row.parentId, 灯号: row.light, 剩余天数: String(row.daysLeft ?? ''), 进度: row.percent === null ? '' : percentOf(row.percent), 进展情况: row.progress,
    跟踪级别: row.trackLevel, 第一责任人: first, 直接责任人: direct, 协办: coUnits.join('、'), 督办: supervisor,
  };
}

function performanceRow(line: PerformanceLine): Record<string, string> {
  return {
    类别: line.kind, 单位: line.unit, 事项编号: line.itemId, 原因: line.reason, 分值: String(line.points), 系数: String(line.coefficient), 依据条款: line.clause, 已定: line.settled ? '是' : '否',
  };
}

function yearRow(row: UnitYear): Record<string, string> {
  return { 单位: row.unit, 全年: percentOf(row.year), ...Object.fromEntries(row.months.map((value, index) => [`${index + 1}月`, percentOf(value)])) };
}

/** 首页 as it stands, by the words beside its cells. */
function homeRow(workbook: Workbook): Record<string, string> {
  return Object.fromEntries(HOME_KEYS.map((key) => [HOME_CELLS[key], textOf(workbook.home?.[key])]));
}

function textOf(cell: unknown): string {
  return typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '';
}
