/** The zone that a workbook in the cloud must be set to: its moments are this wall clock's. */
export const TIME_ZONE = 'Asia/Shanghai';

/** The network's words for a call that was never sent: the address was not found, or nobody listened there. */
export const NEVER_SENT: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED']);
