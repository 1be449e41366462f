/** A failure of a command that its user can mend; carries the exit status of the contract. */
export class CommandError extends Error {
  readonly status: 1 | 2;
  constructor(status: 1 | 2, message: string) {
    super(message);
    this.name = 'CommandError';
    this.status = status;
  }
}
