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
 */
export class ItemPlaces {
  readonly ids: readonly string[];
  private readonly places: ReadonlyMap<string, number>;
  private last = 0;

  constructor(ids: readonly string[]) {
    this.ids = ids;
    const places = new Map<string, number>();
    for (let place = 0; place < ids.length; place += 1) places.set(ids[place]!, place);
    this.places = places;
  }

  /** How many different ids there are. */
  get size(): number {
    return this.places.size;
  }

  /** The place of an item, -1 where there is none of that id. */
  of(id: string): number {
    if (this.ids[this.last] === id) return this.last;
    if (this.ids[this.last + 1] === id) return this.last += 1;
    const place = this.places.get(id);
    return place === undefined ? -1 : this.last = place;
  }
}

/** One value for each item, by place; ids that are no item's (vanished ones, ones given in this run) come apart. */
export class ByItem<V> implements Lookup<V> {
  readonly strays = new Map<string, V>();
  private readonly places: ItemPlaces;
  private readonly found: (V | undefined)[];
  private filled = 0;

  constructor(places: ItemPlaces) {
    this.places = places;
    this.found = new Array<V | undefined>(places.ids.length).fill(undefined);
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
      if (this.found[place] === undefined) this.filled += 1;
      this.found[place] = value;
    }
  }

  values(): readonly V[] {
    if (this.strays.size === 0 && this.filled === this.found.length) return this.found as readonly V[];
    return [...this.found.filter((value) => value !== undefined), ...this.strays.values()];
  }
}
