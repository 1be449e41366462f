/** What the page is served by: HTTP (line-http.ts), or a web app of Google's (line-google.ts), which the build puts in its place. */
export interface Answered { readonly status: number; readonly body: unknown }

export interface Line {
  /** Reads a path, or does what `body` says. Rejects where nothing comes back. */
  ask(path: string, body?: unknown): Promise<Answered>;
  /** Calls back when the workbook may have changed. Only one workbook is listened to. */
  listen(book: string, changed: () => void): void;
  /** The screen that the address names, as `/ledger?light=红`. */
  place(): string;
  go(path: string, replace: boolean): void;
  /** Calls back when the reader went back or forth; answers how to stop. */
  onMoved(moved: () => void): () => void;
  /** Asks for a sign-in where the server knows nobody. */
  signIn(): void;
  readonly icon: string;
  /** Whether papers and attachments can be kept from here, and sent. */
  readonly hasFiles: boolean;
  /** Whether people sign out here; on Google they do at Google. */
  readonly signsOut: boolean;
}
