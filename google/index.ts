/** The only door into what both Google hosts share. */
export * from './requests.ts';
export * from './anchor-names.ts';
export * from './slices.ts';
export * from './write-requests.ts';
export * from './restore-displaced.ts';
export * from './validations.ts';
export * from './paint.ts';
export * from './write-ledger.ts';
export * from './merges.ts';
export * from './column-letters.ts';
