export type ArchiveErrorCode = 'damaged' | 'locked' | 'target-exists' | 'other-workbook' | 'same-minute' | 'changes-runs' | 'place-settings' | 'place-refused' | 'place-unreachable';

/** A failure of archiving, backing up or restoring: a code for machines, a Chinese sentence for people. */
export class ArchiveError extends Error {
  readonly code: ArchiveErrorCode;
  constructor(code: ArchiveErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ArchiveError';
    this.code = code;
  }
}
