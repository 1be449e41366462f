import { isDate } from './stored-cell.ts';

/** A result of the bundle as a value of the test's own realm. */
export function fromRealm(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isDate(value)) return new Date(value.getTime());
  if (Array.isArray(value)) return value.map(fromRealm);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fromRealm(member)]));
}

/** What google.script.run lets through: JSON; a Date as argument is refused, as result it loses the whole result. */
export function throughJson(value: unknown, role: 'argument' | 'result'): unknown {
  if (holdsDate(value)) {
    if (role === 'result') return null;
    throw new Error('Failed due to illegal value in property: a Date');
  }
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}

function holdsDate(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return isDate(value) || Object.values(value).some(holdsDate);
}
