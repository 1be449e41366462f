/** The only door into core. */
export * from './calendar/plain-date.ts';
export * from './workbook/cell.ts';
export * from './workbook/columns.ts';
export * from './workbook/column-types.ts';
export * from './workbook/values.ts';
export * from './workbook/issue.ts';
export * from './workbook/snapshot.ts';
export * from './policy/schema.ts';
export * from './plan/plan.ts';
export * from './workbook/home-layout.ts';
export * from './calendar/working-calendar.ts';
export * from './calendar/deadline.ts';
