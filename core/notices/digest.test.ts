import { expect, it } from 'vitest';
import { day } from '../calendar/plain-date.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { resolveParameters } from '../policy/resolve-parameters.ts';
import { TEXT_PARAMETERS } from '../policy/text-parameters.ts';
import { digestBody } from './digest.ts';

const WORKBOOK = { policy: { supervisingUnit: '督办单位' }, parameters: resolveParameters(TEXT_PARAMETERS, []).parameters } as unknown as Workbook;

it('greets, counts, groups by kind in the order of urgency of the contract, and signs', () => {
  const { subject, body } = digestBody(WORKBOOK, '经办', day('2026-03-02'), [
    { key: 'c', type: '逾期说明', line: '【红】DB-2026-003' }, { key: 'a', type: '到期提醒', line: '【黄】DB-2026-001' }, { key: 'b', type: '到期提醒', line: '【黄】DB-2026-002' },
  ]);
  expect(subject).toBe('督办每日摘要 3月2日:3 件待办');
  expect(body.split('\n')).toEqual([
    '经办,您好:', '', '截至3月2日,有 3 件督办事项请您处理。', '',
    '## 到期提醒(2 件)', '【黄】DB-2026-001', '【黄】DB-2026-002', '', '## 逾期说明(1 件)', '【红】DB-2026-003', '',
    expect.stringContaining('进展情况') as string, '', '督办单位',
  ]);
});
