// The only door of the room: what a screen shows of a workbook to a person, and what he does there. Both hosts serve it.
export * from './act.ts';
export * from './api-types.ts';
export * from './choices.ts';
export * from './forms.ts';
export * from './is-record.ts';
export * from './item.ts';
export * from './ledger.ts';
export * from './mine.ts';
export * from './overview.ts';
export * from './publications.ts';
export * from './records.ts';
export * from './regulation.ts';
export * from './seen-items.ts';
