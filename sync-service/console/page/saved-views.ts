/** Views of 台账 that a person named, kept in this browser: a name and what is asked for. */
export interface SavedView { readonly name: string; readonly query: string }

const KEY = 'views';

export function savedViews(): readonly SavedView[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one): one is SavedView => typeof (one as Partial<SavedView>).name === 'string' && typeof (one as Partial<SavedView>).query === 'string') : [];
  } catch {
    // Private windows have no store: addresses can still be kept as bookmarks.
    return [];
  }
}

/** Keeps a view under a name, in the place of one of the same name; without a query it is dropped. */
export function keepView(name: string, query: string | null): readonly SavedView[] {
  const others = savedViews().filter((one) => one.name !== name);
  const views = query === null ? others : [...others, { name, query }];
  try {
    localStorage.setItem(KEY, JSON.stringify(views));
  } catch {
    // As above.
  }
  return savedViews();
}
