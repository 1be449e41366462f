import { describeOut, headerOf, HOME_CELLS, isError, rowName, SHEETS, valueOf, type Cell, type Change, type HomeKey, type RowIssue, type RunPlan } from '#core';

const SHOWN_ROWS = 200;

/** A plan as a table a person can read: where, what it holds now, what it will hold, and why. */
export function planTable(plan: RunPlan): string {
  const lines = plan.changes.filter((change) => !('sheet' in change && change.sheet === 'history')).map(changeLine);
  const shown = lines.slice(0, SHOWN_ROWS);
  if (lines.length > SHOWN_ROWS) shown.push(`……另有 ${lines.length - SHOWN_ROWS} 处,用 --json 查看全部`);
  return [`计划写入 ${plan.summary.writes} 处,新通知 ${plan.summary.notices} 条,提示 ${plan.summary.hints} 条(未写入、未发送)`, ...shown].join('\n');
}

function changeLine(change: Change): string {
  switch (change.kind) {
    case 'cell': {
      return `  ${SHEETS[change.sheet].name}  ${change.row.id ?? rowName(change.row.ref).trim()}  ${headerOf(change.sheet, change.column)}:${textOf(change.before)} → ${describeOut(change.after)}  (${change.because})`;
    }
    case 'append': return `  ${SHEETS[change.sheet].name}  新增 ${change.id ?? Object.values(change.values).slice(0, 3).map(describeOut).join(' ')}  (${change.because})`;
    case 'home': return `  首页  ${HOME_CELLS[change.key as HomeKey]}:${textOf(change.before)} → ${describeOut(change.after)}`;
  }
}

function textOf(value: Cell): string {
  const plain = valueOf(value);
  return plain === null || plain === '' ? '(空)' : isError(plain) ? plain.error : String(plain);
}

/** One hint as a line: sheet, row, column, then the sentence. */
export function issueLine(issue: RowIssue): string {
  const place = [issue.sheet, issue.row === null ? '' : rowName(issue.row).trim(), issue.column === null ? '' : `「${issue.column}」`].filter((part) => part !== '').join(' ');
  return `  ${place}:${issue.message}`;
}
