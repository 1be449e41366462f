/** What is looked up by an item's id. */
export interface Lookup<V> {
  get(id: string): V | undefined;
  has(id: string): boolean;
  /** In the order of the items. */
  values(): Iterable<V>;
}

/**
 * Where each item stands among the items. The tables of a workbook mostly name items in the order of 督办台账, so the place
 * after the last one found is tried first: comparing two short texts is far cheaper than a look into a table of all ids.
 * Ids that ascend, as they do unless people sorted their rows otherwise, need no such table at all.
 */
export class ItemPlaces {
  readonly ids: readonly string[];
  /** Null where the ids ascend. */
  private readonly places: ReadonlyMap<string, number> | null;
  private last = 0;

  constructor(ids: readonly string[]) {
    this.ids = ids;
    this.places = ascend(ids) ? null : new Map(ids.map((id, place) => [id, place]));
  }

  /** How many different ids there are. */
  get size(): number {
    return this.places?.size ?? this.ids.length;
  }

  /** The place of an item, -1 where there is none of that id. */
  of(id: string): number {
    if (this.ids[this.last] === id) return this.last;
    if (this.ids[this.last + 1] === id) return this.last += 1;
    const place = this.places === null ? placeAmong(this.ids, id) : this.places.get(id) ?? -1;
    return place < 0 ? -1 : this.last = place;
  }
}

function ascend(ids: readonly string[]): boolean {
  for (let place = 1; place < ids.length; place += 1) if (ids[place - 1]! >= ids[place]!) return false;
  return true;
}

/** The place of an id among ascending ones by halving; -1 where it is not there. */
function placeAmong(ids: readonly string[], id: string): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ids[middle]! < id) low = middle + 1;
    else high = middle;
  }
  return ids[low] === id ? low : -1;
}

/** One value for each item, by place; ids that are no item's (vanished ones, ones given in this run) come apart. */
export class ByItem<V> implements Lookup<V> {
  readonly strays = new Map<string, V>();
  private readonly places: ItemPlaces;
  /** Empty until the first value comes: of 100 000 items many a table names none. */
  private found: (V | undefined)[] = [];
  private filled = 0;

  constructor(places: ItemPlaces) {
    this.places = places;
  }

  get(id: string): V | undefined {
    const place = this.places.of(id);
    return place < 0 ? this.strays.get(id) : this.found[place];
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  set(id: string, value: V): void {
    const place = this.places.of(id);
    if (place < 0) this.strays.set(id, value);
    else {
      if (this.found.length === 0) this.found = new Array<V | undefined>(this.places.ids.length).fill(undefined);
      if (this.found[place] === undefined) this.filled += 1;
      this.found[place] = value;
    }
  }

  values(): readonly V[] {
    if (this.strays.size === 0 && this.filled === this.found.length) return this.found as readonly V[];
    return [...this.found.filter((value) => value !== undefined), ...this.strays.values()];
  }
}

/** Rows by the item they name, in the order in which they come. Nearly all items have one row or none: a list is made only where there are more. */
export class RowsByItem<R extends object> {
  private readonly rows: ByItem<R | R[]>;

  constructor(places: ItemPlaces) {
    this.rows = new ByItem(places);
  }

  add(id: string, row: R): void {
    const before = this.rows.get(id);
    if (before === undefined) this.rows.set(id, row);
    else if (Array.isArray(before)) before.push(row);
    else this.rows.set(id, [before, row]);
  }

  get(id: string): readonly R[] | undefined {
    const found = this.rows.get(id);
    return found === undefined || Array.isArray(found) ? found : [found];
  }

  has(id: string): boolean {
    return this.rows.has(id);
  }

  /** Puts the rows of each item in the order of a name of theirs. */
  sort(compare: (a: R, b: R) => number): void {
    for (const list of this.rows.values()) if (Array.isArray(list)) list.sort(compare);
  }
}
