/** How long a run waits for an editor to close the file, in milliseconds, before its changes go to the journal. */
export const EDITOR_PATIENCE_MS = 3000;
