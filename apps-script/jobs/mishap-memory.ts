import type { Mishap, Moment } from '#core';

const NAME = 'duban.mishaps';
/** More than 首页 shows, and well within the 9 KB of a property. */
const REMEMBERED = 10;
const LONGEST = 200;

type Stored = readonly (readonly [at: Moment, message: string])[];

/** What people did to the table and runs put right, remembered for 首页 until the end of the next working day. */
export function readMishaps(): Mishap[] {
  const text = PropertiesService.getDocumentProperties().getProperty(NAME);
  return text === null ? [] : (JSON.parse(text) as Stored).map(([at, message]) => ({ at, message }));
}

/** Adds a run's mishaps, the latest last; one that is remembered for the same moment is not repeated. */
export function noteMishaps(mishaps: readonly Mishap[]): void {
  if (mishaps.length === 0) return;
  const known = readMishaps();
  const fresh = mishaps.filter(({ at, message }) => !known.some((own) => own.at === at && own.message === message.slice(0, LONGEST)));
  if (fresh.length === 0) return;
  const stored: Stored = [...known, ...fresh].slice(-REMEMBERED).map(({ at, message }) => [at, message.slice(0, LONGEST)]);
  PropertiesService.getDocumentProperties().setProperty(NAME, JSON.stringify(stored));
}
