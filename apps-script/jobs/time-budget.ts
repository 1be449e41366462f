/** Google ends a run after six minutes; a run of ours stops by itself before that, between two calls. */
const RUN_LIMIT = 270_000;

/** The time that a run may still take. */
export class TimeBudget {
  private readonly start = Date.now();
  private readonly limit: number;

  constructor(limit = RUN_LIMIT) {
    this.limit = limit;
  }

  /** `reserve`: what must still fit afterwards. */
  isSpent(reserve = 0): boolean {
    return this.elapsed() + reserve >= this.limit;
  }

  elapsed(): number {
    return Date.now() - this.start;
  }
}
