import { isOverseer, matchesCondition, type DocumentDefinition, type ItemAt, type ItemsAt } from '#core';
import { DOCUMENTS } from '../templates/document-register.ts';

export function definitionsOf({ workbook }: ItemsAt): readonly DocumentDefinition[] {
  return DOCUMENTS[workbook.policy.id];
}

/** The forms that a regulation has for an item, by name. */
export function formsOf(at: ItemsAt, { facts }: ItemAt): readonly string[] {
  return [...new Set(definitionsOf(at).filter(({ register, when }) => register !== true && matchesCondition(when, facts.cells)).map(({ name }) => name))];
}

/** All forms of a regulation, by name. */
export function formNames(at: ItemsAt): readonly string[] {
  return [...new Set(definitionsOf(at).filter(({ register }) => register !== true).map(({ name }) => name))];
}

/** The registers of a regulation, for those who look over all items. */
export function registersOf(at: ItemsAt, viewer: string): readonly string[] {
  return isOverseer(at.workbook, viewer) ? [...new Set(definitionsOf(at).filter(({ register }) => register === true).map(({ name }) => name))] : [];
}
