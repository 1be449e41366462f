import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day } from '../calendar/plain-date.ts';
import { resolveParameters } from './resolve-parameters.ts';
import { TEXT_PARAMETERS } from './text-parameters.ts';
import { readWording, wordingOf } from './wording.ts';

function wording(value: string) {
  const row = { key: 'text.wording', value, effectiveFrom: null, ref: 2 };
  return wordingOf(resolveParameters(TEXT_PARAMETERS, [row]).parameters, day('2026-03-02'));
}

describe('用语, the office\'s own words for sentences of the program\'s', () => {
  it.each([
    ['a sentence', '请先填「办理结果」 → 办完请写「办理结果」', '请先填「办理结果」(第五条)', '办完请写「办理结果」(第五条)'],
    ['a part of one', '上级事项 => 父项', '上级事项「F-9」不存在:请改正(工作簿约定)', '父项「F-9」不存在:请改正(工作簿约定)'],
    ['names in their places', '没有事项「{1}」:请核对「{2}」 → 「{2}」填的「{1}」查无此项', '没有事项「F-1」:请核对「事项编号」(工作簿约定)', '「事项编号」填的「F-1」查无此项(工作簿约定)'],
    ['each of several hints', '请先填「办理结果」 → 缺「办理结果」', '别的(甲)；请先填「办理结果」(乙)', '别的(甲)；缺「办理结果」(乙)'],
    ['each line of a notice', '请尽快办理 -> 请抓紧', '一、请尽快办理\n二、请尽快办理', '一、请抓紧\n二、请抓紧'],
    ['the article, copied along, stays the rule\'s', '请先填「办理结果」(第一条) → 缺「办理结果」(无)', '请先填「办理结果」(第五条)', '缺「办理结果」(第五条)'],
    ['signs that patterns know', '(1.5%)时限 → 限期$&', 'a(1.5%)时限(甲)', 'a限期$&(甲)'],
    ['the first line that fits', '请先填「{1}」 → 缺「{1}」\n请先填「办理结果」 → 无', '请先填「办理结果」', '缺「办理结果」'],
    ['nothing where nothing fits', '没有这句话的 → 什么', '请先填「办理结果」(第五条)', '请先填「办理结果」(第五条)'],
  ])('rewords %s', (_, value, said, expected) => {
    expect(wording(value)(said)).toBe(expected);
  });

  it.each([
    ['no arrow', '请先填'], ['two arrows', '请先填甲 → 乙 → 丙'], ['too few words', '三个字 → 四个字'], ['a place that 原句 lacks', '请先填「{1}」 → 缺「{2}」'],
    ['places side by side', '请先填{1}{2} → 缺'], ['places out of order', '请先填「{2}」和「{1}」 → 缺'], ['two hints in a line', '请先填甲；请再填乙 → 缺'],
    ['no words', '请先填「办理结果」 → '], ['a line too long', `${'好'.repeat(400)} → 坏`], ['too many lines', Array.from({ length: 51 }, (_, index) => `请先填第${index}列 → 缺`).join('\n')],
  ])('refuses %s', (_, value) => {
    expect(readWording(value)).toBeNull();
  });

  it('takes as many lines, as few words and as long a line as it says', () => {
    expect(readWording(Array.from({ length: 50 }, () => '四个字了 → 好').join('\n'))).toHaveLength(50);
    expect(readWording(`${'好'.repeat(396)} → 坏`)).toHaveLength(1);
  });

  it('changes nothing that holds none of its words, and ends whatever people write', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (value, said) => {
      expect(typeof wording(value)(said)).toBe('string');
      expect(wording('请先填「{1}」 → 缺「{1}」')(said)).toBe(said);
    }));
  });
});
