import { compareText, type ItemsAt } from '#core';
import type { ChoicesView } from './api-types.ts';

/** The names that a person chooses from while he types. */
export function choicesView({ workbook }: ItemsAt): ChoicesView {
  return {
    units: workbook.directory.units.map(({ name }) => name),
    people: workbook.sheets.people.rows.map(({ cells }) => cells).filter(({ name, active }) => name !== '' && active !== '否').map(({ name, unit, roles }) => ({ name, unit, roles })).sort((a, b) => compareText(a.name, b.name)),
  };
}
