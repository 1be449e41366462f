import { formatMoment, momentFromEpoch } from '#core';
import type { ServedStatus } from '../jobs/office-service.ts';

/** `/`: each workbook's last run, until the console takes the place of this page. */
export function statusPage(statuses: readonly ServedStatus[]): string {
  const rows = statuses.map((status) => `<tr><td>${escape(status.path)}</td><td>${status.lastEnded === null ? '—' : formatMoment(momentFromEpoch(status.lastEnded))}</td><td>${escape(resultOf(status))}</td></tr>`);
  return `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="refresh" content="30"><title>督办服务</title>
<style>body{font:16px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f2329}table{border-collapse:collapse;width:100%}th,td{border:1px solid #d0d3d6;padding:.4rem .6rem;text-align:left;overflow-wrap:anywhere}th{background:#f2f3f5;white-space:nowrap}</style></head>
<body><h1>督办服务正在运行</h1><p>网页办理尚未提供,请在工作簿里办理。下面是每份工作簿最近一次巡检。</p>
<table><thead><tr><th>工作簿</th><th>最近巡检</th><th>结果</th></tr></thead><tbody>${rows.join('')}</tbody></table></body></html>
`;
}

/** How a workbook's last run ended, and its last backup where that failed, in one line. */
export function resultOf(status: ServedStatus): string {
  const backup = status.backup?.failure ?? null;
  return backup === null ? runResult(status) : `${runResult(status)};备份没有完成:${backup}`;
}

function runResult({ failure, outcome, running }: ServedStatus): string {
  if (failure !== null) return `没有完成:${failure}`;
  if (outcome === null) return running ? '正在巡检' : '等待巡检';
  const undelivered = outcome.undelivered.length === 0 ? '' : `,未送达 ${outcome.undelivered.length} 封(${outcome.undelivered[0]!.message})`;
  const waiting = outcome.state === 'journaled' ? ',文件正被打开,改动等关闭后写入' : '';
  return `写入 ${outcome.writes} 处,新通知 ${outcome.notices} 条,送达 ${outcome.delivered} 封,提示 ${outcome.plan.summary.hints} 条${undelivered}${waiting}`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
