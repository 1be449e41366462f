/** An error that Google throws into the script. It reaches the bundle as an Error of the bundle's own realm. */
export class ScriptException extends Error {
  /** `error.name` as the script sees it (notes 1.5: 'Exception'; advanced services use another). */
  readonly scriptName: string;
  constructor(message: string, scriptName = 'Exception') {
    super(message);
    this.scriptName = scriptName;
  }
}

/** A hole in the fake. Recorded as well as thrown, so that a bundle which catches it can't hide it. */
export class NotFaked extends Error {
  constructor(what: string) {
    super(`not faked: ${what}`);
    this.name = 'NotFaked';
  }
}

/** An error that left the script: what the execution log would show. Its `name` is the script's own. */
export class ScriptFailure extends Error {
  constructor(name: string, message: string, stack: string | undefined) {
    super(message);
    this.name = name;
    if (stack !== undefined) this.stack = stack;
  }
}
