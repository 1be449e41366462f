import { describe, expect, it } from 'vitest';
import { defaultValue, valueInForce } from './default-values.ts';
import type { Policy } from './schema.ts';

const POLICY = {
  defaults: [
    { column: 'importance', when: { forms: ['总经理督办'] }, value: '重大' }, { column: 'requirement', when: { forms: ['公文'] }, value: '按文件办理' }, { column: 'requirement', when: {}, value: '按纪要办理' },
  ],
} as unknown as Policy;
const BLANK = { category: '', form: '', urgency: '', rowType: '', nodeType: '', importance: '', projectPhase: '' };

describe('what a blank cell means', () => {
  it.each<[string, string, string, string]>([
    ['what its policy says of the form', 'importance', '总经理督办', '重大'], ['what the contract says, of any other form', 'importance', '日常督办', '一般'], ['what the contract says, where the policy says nothing', 'urgency', '总经理督办', '普通'],
    ['the first that matches', 'requirement', '公文', '按文件办理'], ['the next that matches', 'requirement', '督办', '按纪要办理'], ['nothing', 'initiatorUnit', '公文', ''],
  ])('%s', (_name, column, form, expected) => {
    expect(defaultValue(POLICY, { ...BLANK, form }, column)).toBe(expected);
  });

  it('is the contract\'s under a policy without any of its own', () => {
    expect([defaultValue({} as Policy, BLANK, 'importance'), defaultValue({} as Policy, BLANK, 'requirement')]).toEqual(['一般', '']);
  });

  it('is no matter of a cell that says something', () => {
    const cells = { ...BLANK, form: '总经理督办' };
    expect([valueInForce(POLICY, { ...cells, importance: '重要' }, 'importance'), valueInForce(POLICY, cells, 'importance'), valueInForce(POLICY, cells, 'projectPhase')]).toEqual(['重要', '重大', '']);
  });
});
