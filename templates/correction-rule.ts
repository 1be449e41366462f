import type { Policy, Role } from '#core';

/** Who corrects what was registered wrongly, under every regulation (contract, 申请审批): before 下发 nobody need be asked. */
export function correction(clause: string, levels: readonly Role[]): Policy['approvals'][number] {
  return {
    type: '更正', clause, when: {}, levels: [levels], requires: ['correctedField', 'correctedTo'], during: 'issued',
    duringAsk: '下发前请直接改「督办台账」,不必申请',
  };
}
