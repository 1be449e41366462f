import { isError, isFormula, sameCell, type Cell, type RowSnapshot } from '#core';

/** As far as cells are written twice alike, keys are equal; numbers a hair apart may differ in theirs. */
function keyOf(cell: Cell): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number') return `n${Math.round(cell * 1e6)}`;
  if (typeof cell !== 'object') return `${typeof cell}${String(cell)}`;
  return isFormula(cell) ? `=${cell.formula}` : `!${cell.error}`;
}

/** A set of cells, asked in constant time whether it holds an equal one. */
export class CellSet {
  private readonly keys = new Set<string>();

  add(cell: Cell): void {
    this.keys.add(keyOf(cell));
  }

  has(cell: Cell): boolean {
    if (typeof cell === 'number') return [0, -1e-9, 1e-9].some((hair) => this.keys.has(keyOf(cell + hair)));
    return this.keys.has(keyOf(cell));
  }
}

/**
 * Finds the earlier row that a present one was: by its id, else the one that agrees most in what was not written; of equals,
 * that of the same place. Rows are found by index; only one that was changed meanwhile is compared with all.
 */
export class RowOwners {
  private readonly earlier: readonly RowSnapshot[];
  /** The earlier place of each present column; null for a new one. */
  private readonly sources: readonly (number | null)[];
  private readonly idPlace: number | null;
  private byId: Map<string, RowSnapshot | null> | null = null;
  private readonly byContent = new Map<string, Map<string, RowSnapshot>>();

  constructor(earlier: readonly RowSnapshot[], sources: readonly (number | null)[], idPlace: number | undefined) {
    this.earlier = earlier;
    this.sources = sources;
    this.idPlace = idPlace ?? null;
  }

  /** `covered`: places of the present row that hold what was written, and so tell nothing of whose row it is. */
  find(ref: number, now: readonly Cell[], covered: ReadonlySet<number>): RowSnapshot | null {
    const named = this.named(now, covered);
    if (named !== null) return named;
    const places = now.flatMap((_, place) => (covered.has(place) || (this.sources[place] ?? null) === null ? [] : [place]));
    const inPlace = this.earlier[ref - 1];
    const most = places.reduce((sum, place) => sum + (now[place] === null ? 0 : 1), 0);
    if (most === 0) return null;
    if (inPlace !== undefined && this.agreement(now, inPlace.cells, places) === most) return inPlace;
    return this.contents(places).get(contentOf(now, places)) ?? this.likest(inPlace === undefined ? this.earlier : [inPlace, ...this.earlier], now, places);
  }

  private named(now: readonly Cell[], covered: ReadonlySet<number>): RowSnapshot | null {
    const source = this.idPlace === null || covered.has(this.idPlace) ? null : this.sources[this.idPlace] ?? null;
    const id = this.idPlace === null ? null : now[this.idPlace] ?? null;
    if (source === null || id === null || isError(id)) return null;
    if (this.byId === null) {
      this.byId = new Map();
      for (const row of this.earlier) {
        const key = keyOf(row.cells[source] ?? null);
        this.byId.set(key, this.byId.has(key) ? null : row);
      }
    }
    return this.byId.get(keyOf(id)) ?? null;
  }

  private contents(places: readonly number[]): Map<string, RowSnapshot> {
    const signature = places.join();
    let rows = this.byContent.get(signature);
    if (rows === undefined) {
      rows = new Map<string, RowSnapshot>();
      this.byContent.set(signature, rows);
      const own = places.map((place) => this.sources[place]!);
      for (const row of this.earlier) {
        const content = contentOf(row.cells, own);
        if (!rows.has(content)) rows.set(content, row);
      }
    }
    return rows;
  }

  private likest(rows: readonly RowSnapshot[], now: readonly Cell[], places: readonly number[]): RowSnapshot | null {
    let best: RowSnapshot | null = null;
    let most = 0;
    for (const row of rows) {
      const agree = this.agreement(now, row.cells, places);
      if (agree > most) [best, most] = [row, agree];
    }
    return best;
  }

  /** How many cells agree, less those that don't; blank in both tells nothing. */
  private agreement(now: readonly Cell[], cells: readonly Cell[], places: readonly number[]): number {
    let agree = 0;
    for (const place of places) {
      const cell = now[place] ?? null;
      if (!sameCell(cell, cells[this.sources[place]!] ?? null)) agree -= 1;
      else if (cell !== null) agree += 1;
    }
    return agree;
  }
}

function contentOf(cells: readonly Cell[], places: readonly number[]): string {
  return places.map((place) => keyOf(cells[place] ?? null)).join('\u0000');
}
