export type HostErrorCode = 'time-zone' | 'not-set-up' | 'unrunnable' | 'busy' | 'form' | 'no-policy';

/** Something that people must put right: a code for machines, a Chinese sentence for people. */
export class HostError extends Error {
  readonly code: HostErrorCode;
  constructor(code: HostErrorCode, message: string) {
    super(message);
    this.name = 'HostError';
    this.code = code;
  }
}

/** What to tell people about an error, whatever realm or service it comes from. */
export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}
