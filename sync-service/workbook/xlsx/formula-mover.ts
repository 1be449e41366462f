import { escapeText } from './xml-text.ts';
import type { RowMoves } from './row-moves.ts';
import { shiftFormula, type LostPlace } from './shift-formula.ts';

/** Moves the formulas of a workbook's parts and remembers what it could not. */
export class FormulaMover {
  readonly lost: LostPlace[] = [];
  /** Whether a formula spans several sheets at once. */
  spansSheets = false;
  private readonly moves: ReadonlyMap<string, RowMoves>;

  constructor(moves: ReadonlyMap<string, RowMoves>) {
    this.moves = moves;
  }

  of(sheet: string): RowMoves | undefined {
    return this.moves.get(sheet);
  }

  /** A formula as XML has it; see shiftFormula. */
  move(xml: string, own: string, base?: { readonly before: number; readonly after: number }): string {
    const text = withoutEntities(xml);
    const shifted = shiftFormula(text, own, this, base);
    for (const place of shifted.lost) this.lost.push(place);
    this.spansSheets ||= shifted.spansSheets;
    return shifted.text === text ? xml : escapeFormula(shifted.text);
  }
}

/** A formula as the content of an element or attribute. */
export function escapeFormula(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;');
}

export function withoutEntities(xml: string): string {
  if (!xml.includes('&')) return xml;
  return xml.replaceAll(/&(?:lt|gt|quot|apos|amp|#x[0-9a-fA-F]+|#\d+);/g, (entity) => {
    switch (entity) {
      case '&lt;': return '<';
      case '&gt;': return '>';
      case '&quot;': return '"';
      case '&apos;': return "'";
      case '&amp;': return '&';
      default: return String.fromCodePoint(entity.startsWith('&#x') ? Number.parseInt(entity.slice(3, -1), 16) : Number(entity.slice(2, -1)));
    }
  });
}
