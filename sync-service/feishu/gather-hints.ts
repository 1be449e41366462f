/** A burst of edits is one run: after so long without a further one, and at the latest after so long. */
export interface Calm { readonly quietMs: number; readonly longestMs: number }

export interface Hints { readonly hint: () => void; readonly stop: () => void }

/** Gathers hints that something changed into one call, soon after the last of them. */
export function gatherHints({ quietMs, longestMs }: Calm, changed: () => void): Hints {
  let quiet: NodeJS.Timeout | null = null;
  let latest: NodeJS.Timeout | null = null;
  const clear = (): void => {
    for (const timer of [quiet, latest]) if (timer !== null) clearTimeout(timer);
    quiet = latest = null;
  };
  const tell = (): void => {
    clear();
    changed();
  };
  return {
    hint() {
      if (quiet !== null) clearTimeout(quiet);
      quiet = setTimeout(tell, quietMs);
      latest ??= setTimeout(tell, longestMs);
    },
    stop: clear,
  };
}
