import { describe, expect, it } from 'vitest';
import { COMMON_PARAMETERS, commonParameter, parameterDefinitions } from './parameters.ts';
import type { ParameterDefinition, Policy } from './schema.ts';
import { askKey, TEXT_PARAMETERS } from './text-parameters.ts';

const OWN: ParameterDefinition = { key: 'superiorDays', label: '上级交办天数', type: { kind: 'integer', min: 0, max: 60 }, value: 7, unit: '天', clause: 'x-1', inText: true, note: '' };

describe('the parameters of a policy', () => {
  const definitions = (): readonly ParameterDefinition[] => parameterDefinitions({ id: 'tax', parameters: [OWN, commonParameter('appealWorkdays', { value: 3, clause: 'x-2', inText: true })] } as unknown as Policy);
  const of = (key: string): ParameterDefinition | undefined => definitions().find((definition) => definition.key === key);

  it('are the common ones in their order, the program\'s, then its own', () => {
    const keys = definitions().map(({ key }) => key);
    expect(keys).toEqual([...COMMON_PARAMETERS.map(({ key }) => key), 'releaseMinimum', ...TEXT_PARAMETERS.map(({ key }) => key), 'superiorDays']);
  });

  it('name the policy, and hold what the regulation says in the place of what the program says', () => {
    expect([of('policy')?.value, of('appealWorkdays')?.value, of('appealWorkdays')?.clause, of('superiorDays')?.value, of('rankMinimum')?.value]).toEqual(['tax', 3, 'x-2', 7, 1]);
    expect(of('appealWorkdays')).toMatchObject({ label: '申诉期限', unit: '工作日', inText: true, type: { kind: 'integer', min: 0, max: 60 } });
  });

  it('hold the sentence of each kind of notice under its own key', () => {
    expect(of(askKey('催办通知'))).toMatchObject({ key: 'text.催办通知', value: '', type: { kind: 'text', places: [] } });
  });

  it('that a regulation changes have to be common', () => {
    expect(() => commonParameter('superiorDays', { value: 7 })).toThrow(new RangeError('not a common parameter: superiorDays'));
  });
});
