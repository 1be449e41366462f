/** Where long work tells how far it is; only the shell decides how that is shown. */
export interface ProgressReporter {
  step(message: string): void;
  count(message: string, done: number, total: number): void;
}
