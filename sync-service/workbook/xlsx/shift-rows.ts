import { columnIndex } from './cell-address.ts';
import { escapeFormula, withoutEntities, type FormulaMover } from './formula-mover.ts';
import { movedRange } from './row-moves.ts';
import { NO_STRINGS } from './shared-strings.ts';
import { translateFormula } from './shift-formula.ts';
import { scanSheet, type ScannedSheet } from './sheet-scan.ts';

/** The formula that other cells of a sheet share, and where it was written. */
interface SharedFormula { readonly text: string; readonly row: number; readonly column: number }

const FORMULA = /<((?:\w+:)?)f(\s[^>]*?)?(?:\/>|>([^<]*)<\/\1f>)/;

/** The rows of a sheet without those that go, numbered anew, and with formulas that follow: from `<sheetData>` to its end. */
export function shiftedRows(xml: Buffer, scanned: ScannedSheet, own: string, mover: FormulaMover): Buffer {
  const moves = mover.of(own);
  const hasFormulas = xml.includes(`<${scanned.prefix}f`);
  if (moves === undefined && !hasFormulas) return xml.subarray(scanned.dataStart, scanned.dataEnd);
  const shared = hasFormulas ? sharedFormulas(xml, scanned) : new Map<string, SharedFormula>();
  const pieces: Buffer[] = [];
  let at = scanned.dataStart;
  for (let index = 0; index < scanned.numbers.length; index += 1) {
    const number = scanned.numbers[index]!;
    const start = scanned.starts[index]!;
    const end = scanned.ends[index]!;
    if (moves?.isGone(number) === true) {
      pieces.push(xml.subarray(at, start));
      at = end;
      continue;
    }
    const isMoved = moves !== undefined && number > moves.first;
    const holdsFormula = hasFormulas && xml.subarray(start, end).includes(`<${scanned.prefix}f`);
    if (!isMoved && !holdsFormula) continue;
    const row = xml.toString('utf8', start, end);
    const followed = holdsFormula ? withFormulas(row, number, own, shared, mover) : row;
    const text = isMoved ? numbered(followed, moves.moved(number)) : followed;
    if (text === row) continue;
    pieces.push(xml.subarray(at, start), Buffer.from(text, 'utf8'));
    at = end;
  }
  pieces.push(xml.subarray(at, scanned.dataEnd));
  return Buffer.concat(pieces);
}

function numbered(row: string, number: number): string {
  return row.replace(/^(<(?:\w+:)?row\s(?:[^>]*?\s)?r=["'])\d+/, `$1${String(number)}`)
    .replaceAll(/(<(?:\w+:)?c\s(?:[^>]*?\s)?r=["'][A-Za-z]+)\d+/g, `$1${String(number)}`);
}

function withFormulas(row: string, number: number, own: string, shared: ReadonlyMap<string, SharedFormula>, mover: FormulaMover): string {
  return eachCell(row, (cell, column) => cell.replace(FORMULA, (whole, prefix: string, attributes: string = '', text?: string) => {
    const kind = attributeOf(attributes, 't');
    const others = attributes.replaceAll(/\s(?:t|si|ref)=(?:"[^"]*"|'[^']*')/g, '');
    if (kind === 'shared') {
      const first = shared.get(attributeOf(attributes, 'si'));
      if (first === undefined || column === null) return whole;
      // Each cell gets the formula it stands for: rows that go would take the shared one, or its count of rows, with them.
      const meant = escapeFormula(translateFormula(first.text, number - first.row, column - first.column));
      return `<${prefix}f${others}>${mover.move(meant, own)}</${prefix}f>`;
    }
    if (text === undefined) return whole;
    const moved = mover.move(text, own);
    if (kind !== 'array') return moved === text ? whole : `<${prefix}f${attributes}>${moved}</${prefix}f>`;
    const moves = mover.of(own);
    const place = attributes.replace(/(\sref=["'])([^"']*)/, (_part: string, before: string, range: string) => before + (moves === undefined ? range : movedRange(range, moves) ?? range));
    return `<${prefix}f${place}>${moved}</${prefix}f>`;
  }));
}

/** Each cell of a row that holds something, with its 0-based column; null where it doesn't say. */
function eachCell(row: string, change: (cell: string, column: number | null) => string): string {
  return row.replaceAll(/<((?:\w+:)?)c(\s[^>]*?)?(?:\/>|>[\s\S]*?<\/\1c>)/g, (cell, _prefix: string, attributes: string = '') => {
    const letters = /^[A-Za-z]+/.exec(attributeOf(attributes, 'r'))?.[0];
    return change(cell, letters === undefined ? null : columnIndex(letters));
  });
}

function sharedFormulas(xml: Buffer, scanned: ScannedSheet): Map<string, SharedFormula> {
  const found = new Map<string, SharedFormula>();
  if (!/\st=["']shared["']/.test(xml.toString('latin1', scanned.dataStart, scanned.dataEnd))) return found;
  scanned.numbers.forEach((row, index) => {
    const text = xml.toString('utf8', scanned.starts[index], scanned.ends[index]);
    if (!text.includes('shared')) return;
    eachCell(text, (cell, column) => {
      const [, , attributes = '', formula] = FORMULA.exec(cell) ?? [];
      if (column !== null && formula !== undefined && attributeOf(attributes, 't') === 'shared') found.set(attributeOf(attributes, 'si'), { text: withoutEntities(formula), row, column });
      return cell;
    });
  });
  return found;
}

export function attributeOf(attributes: string, name: string): string {
  const [, double, single] = new RegExp(String.raw`\s${name}=(?:"([^"]*)"|'([^']*)')`).exec(attributes) ?? [];
  return double ?? single ?? '';
}

/** A sheet's bytes, scanned for where its rows lie and nothing else. */
export function scanPlaces(xml: Buffer): ScannedSheet {
  return scanSheet(xml, { strings: NO_STRINGS, dateStyles1904: null }, true);
}

