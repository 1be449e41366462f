/**
 * The functions that Google calls by name: menu items, triggers and pages name them as text. The build fails where one of
 * them is not exported by main.ts.
 */
export const MENU = [
  { caption: '立即巡检', handler: 'runNow' },
  null,
  { caption: '新建督办', handler: 'openNewItem' },
  { caption: '申请延期/暂停/办结', handler: 'openRequest' },
  { caption: '审批申请', handler: 'openApproval' },
  { caption: '批量催办', handler: 'openChase' },
  { caption: '登记督查', handler: 'openInspection' },
  { caption: '手动打分', handler: 'openScore' },
  { caption: '生成通报', handler: 'openBulletin' },
  null,
  { caption: '初始化/修复', handler: 'setUpOrRepair' },
  { caption: '自检', handler: 'selfTest' },
  { caption: '关于', handler: 'showAbout' },
] as const;

/** Installed by 初始化/修复. Google names no hour more exactly than this; the jobs look at the clock themselves. */
export const TRIGGERS = [
  { handler: 'patrolHourly', kind: 'hourly' },
  { handler: 'reportPeriods', kind: 'daily' },
  { handler: 'restoreRefused', kind: 'tenMinutes' },
] as const;

export const SIMPLE_TRIGGERS = ['onOpen', 'onEdit'] as const;

/** What pages call by google.script.run. */
export const PAGE_FUNCTIONS = ['submitForm', 'webRead', 'webSend'] as const;

/** Called where the script is deployed as a web app. */
export const WEB_APP = ['doGet'] as const;

export const ENTRY_NAMES: readonly string[] = [
  ...SIMPLE_TRIGGERS, ...MENU.flatMap((item) => (item === null ? [] : [item.handler])), ...TRIGGERS.map(({ handler }) => handler), ...PAGE_FUNCTIONS, ...WEB_APP,
];
