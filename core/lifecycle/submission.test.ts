import { describe, expect, it } from 'vitest';
import { formatMoment, moment } from '../calendar/plain-date.ts';
import type { CellsOf } from '../workbook/columns.ts';
import type { Workbook } from '../workbook/parse-workbook.ts';
import { handedInAt } from './submission.ts';

const STAMPS = [{ when: { forms: ['重大'] }, require: { kind: 'head-reviewed', stamps: true } }];

/** When an item of a form was handed in that was filed then, and whose head signed its result then. */
function handedIn(filedAt: string | null, signedAt: string | null, guards: readonly object[] = STAMPS, form = '重大'): string | null {
  const result = { cells: { type: '结果', headReviewed: '是', headReviewedAt: signedAt === null ? null : moment(signedAt) } };
  const workbook = { policy: { guards }, index: { feedbackOf: new Map(signedAt === null ? [] : [['X-1', [result]]]) } } as unknown as Workbook;
  const cells = { itemId: 'X-1', form, category: '', urgency: '', rowType: '', nodeType: '' } as unknown as CellsOf<'items'>;
  const at = handedInAt(workbook, cells, filedAt === null ? null : moment(filedAt));
  return at === null ? null : formatMoment(at);
}

describe('an item was handed in', () => {
  it.each<[string, string | null, string | null, string | null]>([
    ['when the head signed, where nothing was filed', null, '2026-03-12 09:00', '2026-03-12 09:00'],
    ['when the head signed, where it was filed before', '2026-03-10 09:00', '2026-03-12 09:00', '2026-03-12 09:00'],
    ['when it was filed, where the head had signed before', '2026-03-13 09:00', '2026-03-12 09:00', '2026-03-13 09:00'],
    ['at no known time, where no head signed', '2026-03-13 09:00', null, null],
    ['at no known time, where nobody did anything', null, null, null],
  ])('%s', (_name, filedAt, signedAt, at) => {
    expect(handedIn(filedAt, signedAt)).toBe(at);
  });

  it.each<[string, readonly object[], string]>([
    ['the regulation asks for no head', [], '重大'],
    ['it asks for none of this form', STAMPS, '一般'],
    ['his signature is wanted and stamps nothing', [{ when: {}, require: { kind: 'head-reviewed', stamps: false } }], '重大'],
    ['it is another requirement', [{ when: {}, require: { kind: 'filled', stamps: true } }], '重大'],
  ])('when it was filed, whoever signed, where %s', (_name, guards, form) => {
    expect([handedIn('2026-03-10 09:00', '2026-03-12 09:00', guards, form), handedIn(null, '2026-03-12 09:00', guards, form)]).toEqual(['2026-03-10 09:00', null]);
  });
});
