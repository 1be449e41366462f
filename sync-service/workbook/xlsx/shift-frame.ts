import type { FormulaMover } from './formula-mover.ts';
import { parseRange } from './cell-address.ts';
import { movedRange, movedRule, type RowMoves } from './row-moves.ts';
import { attributeOf } from './shift-rows.ts';

const ATTRIBUTES = String.raw`(?:"[^"]*"|'[^']*'|[^'">])*?`;
/** Elements of a sheet, its rows apart, whose places are followed; others that name a place are not understood. */
const FOLLOWED = new Set([
  'dimension', 'sheetView', 'pane', 'selection', 'mergeCell', 'hyperlink', 'dataValidation', 'conditionalFormatting', 'autoFilter', 'sortState', 'sortCondition',
  'protectedRange', 'ignoredError', 'cellWatch',
]);

/** What of a sheet's frame names places that can't be followed: names of elements. */
export function unknownPlaces(frame: string): string[] {
  const found = [...frame.matchAll(new RegExp(String.raw`<(?:\w+:)?(\w+)\s(?:${ATTRIBUTES}\s)?(?:ref|sqref|r|r1|r2|cell|activeCell|topLeftCell)=["']\$?[A-Za-z]{1,3}\$?\d`, 'g'))]
    .map(([, name]) => name!).filter((name) => !FOLLOWED.has(name));
  return [...new Set([...found, ...(/<(?:\w+:)?customSheetView\s/.test(frame) ? ['customSheetView'] : [])])];
}

/** The part of a sheet before its rows: extent, view and selection. */
export function shiftedHead(head: string, moves: RowMoves | undefined): string {
  if (moves === undefined) return head;
  return head.replaceAll(new RegExp(String.raw`(<(?:\w+:)?(?:dimension|sheetView|pane|selection)\s)(${ATTRIBUTES})(?=\/?>)`, 'g'), (_whole, open: string, attributes: string) =>
    open + ` ${attributes}`.replaceAll(/(\s(?:ref|topLeftCell|activeCell|sqref)=["'])([^"']*)/g, (_part, before: string, text: string) => before + movedView(text, moves)).slice(1));
}

/** A selection is nothing to lose: of one that goes, the row that takes its place is selected. */
function movedView(text: string, moves: RowMoves): string {
  return text.split(' ').map((one) => movedRange(one, moves) ?? one.replaceAll(/\d+/g, (row) => String(moves.moved(Number(row))))).join(' ');
}

/** The part after the rows: merges, links, rules, filters, breaks, and what extensions keep. `lastUsed`: the last row with content. */
export function shiftedTail(tail: string, own: string, mover: FormulaMover, lastUsed: number): string {
  const moves = mover.of(own);
  let text = rulesMoved(tail, own, mover, moves, lastUsed);
  text = text.replaceAll(new RegExp(String.raw`(<(?:\w+:)?hyperlink\s${ATTRIBUTES}\slocation=["'])([^"']*)`, 'g'), (_whole, before: string, place: string) => before + mover.move(place, own));
  text = text.replaceAll(/(<((?:\w+:)?)sparkline>\s*<(?:\w+:)?f>)([^<]*)/g, (_whole, before: string, _prefix: string, formula: string) => before + mover.move(formula, own));
  if (moves === undefined) return text;
  text = text.replaceAll(/(<(?:\w+:)?sparkline>(?:(?!<\/(?:\w+:)?sparkline>)[\s\S])*?<(?:\w+:)?sqref>)([^<]*)/g, (_whole, before: string, place: string) => before + (movedRange(place, moves) ?? place));
  for (const name of ['autoFilter', 'sortState', 'sortCondition']) text = text.replaceAll(tagOf(name, 'ref'), (_whole, before: string, range: string) => before + (movedRange(range, moves) ?? range));
  for (const name of ['protectedRange', 'ignoredError']) text = text.replaceAll(tagOf(name, 'sqref'), (_whole, before: string, range: string) => before + movedRule(range, moves, lastUsed));
  text = membersMoved(text, 'mergeCells', 'mergeCell', 'ref', moves);
  text = membersMoved(text, 'hyperlinks', 'hyperlink', 'ref', moves);
  text = membersMoved(text, 'cellWatches', 'cellWatch', 'r', moves);
  return breaksMoved(text, moves);
}

function tagOf(name: string, attribute: string): RegExp {
  return new RegExp(String.raw`(<(?:\w+:)?${name}\s(?:${ATTRIBUTES}\s)?${attribute}=["'])([^"']*)`, 'g');
}

/** Validations and conditional formats, both kinds: their ranges, and their formulas counted from the first cell of the range. */
function rulesMoved(tail: string, own: string, mover: FormulaMover, moves: RowMoves | undefined, lastUsed: number): string {
  return tail.replaceAll(new RegExp(String.raw`<((?:\w+:)?(?:dataValidation|conditionalFormatting))((?:\s${ATTRIBUTES})?)(?:\/>|>([\s\S]*?)<\/\1>)`, 'g'), (_whole, name: string, attributes: string, content?: string) => {
    const sqref = attributeOf(attributes, 'sqref') || /<(?:\w+:)?sqref>([^<]*)</.exec(content ?? '')?.[1] || '';
    const next = moves === undefined ? sqref : movedRule(sqref, moves, lastUsed);
    const base = moves === undefined ? undefined : { before: parseRange(sqref.split(' ')[0] ?? '')?.firstRow ?? 1, after: parseRange(next.split(' ')[0] ?? '')?.firstRow ?? 1 };
    const moved = (content ?? '').replaceAll(/(<(?:\w+:)?(?:formula|formula1|formula2|f)>)([^<]*)/g, (_whole, before: string, formula: string) => before + mover.move(formula, own, base))
      .replaceAll(new RegExp(String.raw`(<(?:\w+:)?cfvo\s${ATTRIBUTES}>)`, 'g'), (tag) => (attributeOf(tag, 'type') !== 'formula' ? tag
        : tag.replace(/(\sval=")([^"]*)/, (_whole, before: string, formula: string) => before + mover.move(formula, own, base))));
    const placed = attributes.includes('sqref=') ? attributes.replace(/(sqref=["'])[^"']*/, (_whole, before: string) => before + next) : attributes;
    const body = moved.replace(/(<(?:\w+:)?sqref>)[^<]*/, (_whole, before: string) => before + next);
    return content === undefined ? `<${name}${placed}/>` : `<${name}${placed}>${body}</${name}>`;
  });
}

/** Members of a list that name one range each; those whose rows all go leave it, and the list with the last. */
function membersMoved(tail: string, list: string, member: string, attribute: string, moves: RowMoves): string {
  return tail.replace(new RegExp(String.raw`<((?:\w+:)?)${list}(\s${ATTRIBUTES})?>([\s\S]*?)<\/\1${list}>`), (_whole, prefix: string, attributes: string = '', content: string) => {
    let count = 0;
    const left = content.replaceAll(new RegExp(String.raw`<(?:\w+:)?${member}\s(${ATTRIBUTES})(?:\/>|>[\s\S]*?<\/(?:\w+:)?${member}>)`, 'g'), (tag, own: string) => {
      const range = attributeOf(` ${own}`, attribute);
      const next = movedRange(range, moves);
      if (next === null) return '';
      count += 1;
      return tag.replace(new RegExp(String.raw`(\s${attribute}=["'])[^"']*`), (_part, before: string) => before + next);
    });
    if (count === 0) return '';
    return `<${prefix}${list}${attributes.replace(/(\scount=["'])\d+/, (_part: string, before: string) => before + String(count))}>${left}</${prefix}${list}>`;
  });
}

/** Page breaks come after a row; two that meet are one. */
function breaksMoved(tail: string, moves: RowMoves): string {
  return tail.replace(new RegExp(String.raw`<((?:\w+:)?)rowBreaks(\s${ATTRIBUTES})?>([\s\S]*?)<\/\1rowBreaks>`), (_whole, prefix: string, _attributes: string, content: string) => {
    const breaks = new Map<number, string>();
    for (const [tag] of content.matchAll(new RegExp(String.raw`<(?:\w+:)?brk\s${ATTRIBUTES}\/>`, 'g'))) {
      const row = moves.moved(Number(attributeOf(tag, 'id')) + 1) - 1;
      if (row > 0 && !breaks.has(row)) breaks.set(row, tag.replace(/(\sid=["'])\d+/, (_part, before: string) => before + String(row)));
    }
    const manual = [...breaks.values()].filter((tag) => /\sman=["'](?:1|true)["']/.test(tag)).length;
    return breaks.size === 0 ? '' : `<${prefix}rowBreaks count="${breaks.size}" manualBreakCount="${manual}">${[...breaks.values()].join('')}</${prefix}rowBreaks>`;
  });
}
