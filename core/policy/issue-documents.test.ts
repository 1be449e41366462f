import { expect, test } from 'vitest';
import { documentsAtIssue } from './issue-documents.ts';
import type { Policy } from './schema.ts';

const POLICY = { issueDocuments: [{ when: { forms: ['挂牌督办'] }, names: ['挂牌督办通知书'] }, { when: { forms: ['日常督办', '挂牌督办'] }, names: ['督办单', '反馈单'] }] } as unknown as Policy;

test.each<[string, Policy, string, readonly string[]]>([
  ['the first rule that matches the form', POLICY, '挂牌督办', ['挂牌督办通知书']], ['the next', POLICY, '日常督办', ['督办单', '反馈单']], ['none', POLICY, '', []], ['none where the policy names none', {} as Policy, '日常督办', []],
])('the documents at 下发 are those of %s', (_name, policy, form, expected) => {
  expect(documentsAtIssue(policy, { category: '', form, urgency: '', rowType: '', nodeType: '' })).toEqual(expected);
});
