/** A path that the page asks for, in its parts; Google's scripts know no URL. */
export interface Asked { readonly parts: readonly string[]; readonly query: Readonly<Record<string, string>> }

/** `/api/w/sheet/ledger?q=a+b` as ['api', 'w', 'sheet', 'ledger'] and { q: 'a b' }; null where it is written wrongly. */
export function askedOf(path: string): Asked | null {
  const [place = '', text = ''] = path.split('?');
  try {
    const pairs = text.split('&').filter((pair) => pair !== '').map((pair): [string, string] => {
      const [key = '', value = ''] = pair.replace(/\+/g, ' ').split('=').map(decodeURIComponent);
      return [key, value];
    });
    return { parts: place.split('/').filter((part) => part !== '').map(decodeURIComponent), query: Object.fromEntries(pairs) };
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
