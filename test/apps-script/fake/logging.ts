import type { Execution } from './execution.ts';
import { Fake, face } from './strict-proxy.ts';

/** `console` goes to the execution log; the test reads it in `sim.log`. */
export class FakeConsole extends Fake implements Pick<Console, 'log' | 'info' | 'warn' | 'error' | 'time' | 'timeEnd'> {
  readonly #started = new Map<string, number>();
  constructor(run: Execution) {
    // Named as Logger is: writing to a log takes no time and nobody can act in between.
    super('Logger', run);
  }
  log(...values: unknown[]): void { this.#write('log', values); }
  info(...values: unknown[]): void { this.#write('info', values); }
  warn(...values: unknown[]): void { this.#write('warn', values); }
  error(...values: unknown[]): void { this.#write('error', values); }
  time(label = ''): void { this.#started.set(label, this.run.world.clock.now); }
  timeEnd(label = ''): void { this.#write('log', [`${label}: ${this.run.world.clock.now - (this.#started.get(label) ?? this.run.world.clock.now)}ms`]); }
  #write(level: string, values: readonly unknown[]): void {
    this.run.world.log.push({ level, text: values.map(String).join(' ') });
  }
}

type GLogger = GoogleAppsScript.Base.Logger;

export class FakeLogger extends Fake implements Pick<GLogger, 'log'> {
  constructor(run: Execution) {
    super('Logger', run);
  }
  log(data: unknown): GLogger {
    this.run.world.log.push({ level: 'log', text: String(data) });
    return face(this);
  }
}
