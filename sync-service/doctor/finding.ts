/** One thing that was looked at. `bad`: the service can't do its duty; `warn`: it can, but somebody should look. */
export interface Finding {
  readonly level: 'ok' | 'warn' | 'bad';
  readonly subject: string;
  readonly message: string;
  /** What to do; '' where all is well. */
  readonly remedy: string;
}

export function ok(subject: string, message: string): Finding {
  return { level: 'ok', subject, message, remedy: '' };
}

export function warn(subject: string, message: string, remedy: string): Finding {
  return { level: 'warn', subject, message, remedy };
}

export function bad(subject: string, message: string, remedy: string): Finding {
  return { level: 'bad', subject, message, remedy };
}
