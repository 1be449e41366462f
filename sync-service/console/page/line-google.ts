import type { Answered, Line } from './line.ts';
import icon from './icon.svg';

/** What Google puts into the page of a web app. */
interface Runner {
  withSuccessHandler(done: (answer: string) => void): Runner;
  withFailureHandler(failed: (error: Error) => void): Runner;
  webRead(path: string): void;
  webSend(path: string, body: string): void;
}
declare const google: { readonly script: {
  readonly run: Runner;
  readonly history: { push(state: object | null, parameters: object, hash: string): void; replace(state: object | null, parameters: object, hash: string): void; setChangeHandler(moved: (event: { readonly location: { readonly hash: string } }) => void): void };
  readonly url: { getLocation(told: (location: { readonly hash: string }) => void): void };
} };

/** Nothing tells the page of a change, and each look costs the owner's time at Google. */
const LOOK_EVERY_MS = 180_000;

let now = '/';
const movers = new Set<() => void>();
function moveTo(hash: string): void {
  now = hash === '' ? '/' : hash;
  for (const moved of movers) moved();
}
google.script.url.getLocation(({ hash }) => { if (hash !== '') moveTo(hash); });
google.script.history.setChangeHandler(({ location: { hash } }) => moveTo(hash));

let looking = 0;

export const line: Line = {
  ask: (path, body) => new Promise<Answered>((done, failed) => {
    const run = google.script.run.withSuccessHandler((answer) => done(JSON.parse(answer) as Answered)).withFailureHandler(failed);
    if (body === undefined) run.webRead(path);
    else run.webSend(path, JSON.stringify(body));
  }),
  listen(_book, changed) {
    clearInterval(looking);
    looking = window.setInterval(() => { if (document.visibilityState === 'visible') changed(); }, LOOK_EVERY_MS);
  },
  place: () => now,
  go(path, replace) {
    now = path;
    google.script.history[replace ? 'replace' : 'push'](null, {}, path);
  },
  onMoved(moved) {
    movers.add(moved);
    return () => { movers.delete(moved); };
  },
  // Google signs people in before the page is there.
  signIn: () => undefined,
  icon,
  hasFiles: false,
  signsOut: false,
};
