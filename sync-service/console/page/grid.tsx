import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ActionResult, ColumnView, LedgerRow } from '../../../screens/api-types.ts';
import { Told } from './act-forms.tsx';
import { refresh } from './api.ts';
import { CellEditor } from './cell-editor.tsx';
import { Light } from './parts.tsx';
import { go, itemPath } from './router.ts';

export interface Sorting { readonly column: string; readonly descending: boolean }

interface GridProps {
  readonly base: string;
  readonly columns: readonly ColumnView[];
  /** Which columns are shown, in order, by their place. */
  readonly places: readonly number[];
  readonly total: number;
  readonly rowAt: (index: number) => LedgerRow | null;
  readonly need: (first: number, last: number) => void;
  readonly sorting: Sorting;
  readonly sort: (column: string) => void;
}

const ROW = 40;
const CARD = 92;
const MARGIN = 8;
/** Pixels a character of the contract's widths takes. */
const UNIT = 7.6;
const NARROW = '(max-width: 719px)';

/** Only the rows in sight are drawn, however many there are. On a phone each is a card. */
export function Grid(props: GridProps): JSX.Element {
  const { total, rowAt, need } = props;
  const [narrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  const [window_, setWindow] = useState({ first: 0, last: 40 });
  const place = useRef<HTMLDivElement>(null);
  const height = narrow ? CARD : ROW;
  useEffect(() => {
    const media = matchMedia(NARROW);
    const changed = (): void => setNarrow(media.matches);
    media.addEventListener('change', changed);
    return () => media.removeEventListener('change', changed);
  }, []);
  const look = (): void => {
    const element = place.current;
    if (element === null) return;
    // On a phone the page scrolls, on a screen the grid.
    const top = narrow ? Math.max(0, -element.getBoundingClientRect().top) : element.scrollTop;
    const tall = narrow ? innerHeight : element.clientHeight;
    const first = Math.max(0, Math.floor(top / height) - MARGIN);
    const last = Math.min(total - 1, Math.ceil((top + tall) / height) + MARGIN);
    setWindow((now) => (now.first === first && now.last === last ? now : { first, last }));
    need(first, last);
  };
  useLayoutEffect(look, [narrow, total]);
  useEffect(() => {
    addEventListener('scroll', look, { passive: true });
    addEventListener('resize', look);
    return () => { removeEventListener('scroll', look); removeEventListener('resize', look); };
  });
  const indexes = Array.from({ length: Math.max(0, Math.min(window_.last, total - 1) - window_.first + 1) }, (_, index) => window_.first + index);
  if (narrow) {
    return <div class="cards" ref={place} style={{ height: `${total * CARD}px` }}><ul>{indexes.map((index) => <li key={index} style={{ transform: `translateY(${index * CARD}px)` }}><Card row={rowAt(index)} columns={props.columns} /></li>)}</ul></div>;
  }
  return <Sheet {...props} place={place} look={look} indexes={indexes} />;
}

function Card({ row, columns }: { readonly row: LedgerRow | null; readonly columns: readonly ColumnView[] }): JSX.Element {
  if (row === null) return <span class="ghost" />;
  const of = (key: string): string => row.cells[columns.findIndex((column) => column.key === key)] ?? '';
  const left = of('daysLeft') === '' ? of('status') : Number(of('daysLeft')) < 0 ? `超 ${-Number(of('daysLeft'))} 天` : `剩 ${of('daysLeft')} 天`;
  return <a class="card" href={itemPath(row.id)}><Light of={of('light')} /><span class="what"><b>{of('title')}</b><small>{[row.id, of('leadUnit'), of('handler')].filter((text) => text !== '').join(' · ')}</small></span><span class="when"><b class={left.startsWith('超') ? 'late' : ''}>{left}</b><small>{of('deadlineCurrent')}</small></span></a>;
}

interface SheetProps extends GridProps { readonly place: { current: HTMLDivElement | null }; readonly look: () => void; readonly indexes: readonly number[] }
interface Spot { readonly row: number; readonly column: number }

/** The grid of a screen: arrows move, Enter edits or opens, the head sorts. */
function Sheet({ base, columns, places, total, rowAt, sorting, sort, place, look, indexes }: SheetProps): JSX.Element {
  const [spot, setSpot] = useState<Spot>({ row: 0, column: 0 });
  const [editing, setEditing] = useState<Spot | null>(null);
  const [result, setResult] = useState<ActionResult | null>(null);
  const focusing = useRef(false);
  const shown = places.map((at) => columns[at]!);
  const widths = shown.map(({ width, key }) => (key === 'light' ? 52 : key === 'title' ? 220 : Math.max(84, Math.round(width * UNIT))));
  // The title takes what is left of the screen.
  const template = shown.map(({ key }, index) => (key === 'title' ? `minmax(${widths[index]}px, 1fr)` : `${widths[index]}px`)).join(' ');
  const wide = widths.reduce((sum, width) => sum + width, 0);
  useLayoutEffect(() => {
    if (!focusing.current || editing !== null) return;
    focusing.current = false;
    place.current?.querySelector<HTMLElement>(`[data-spot="${spot.row}/${spot.column}"]`)?.focus();
  });
  const move = (row: number, column: number): void => {
    const next = { row: Math.max(0, Math.min(total - 1, row)), column: Math.max(0, Math.min(places.length - 1, column)) };
    const element = place.current;
    if (element !== null) {
      const top = next.row * ROW;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + ROW * 2 > element.scrollTop + element.clientHeight) element.scrollTop = top + ROW * 2 - element.clientHeight;
      look();
    }
    focusing.current = true;
    setSpot(next);
  };
  const open = (at: Spot): void => {
    const row = rowAt(at.row);
    if (row === null) return;
    if (row.fills.includes(places[at.column]!)) setEditing(at);
    else go(itemPath(row.id));
  };
  const pressed = (event: KeyboardEvent): void => {
    if (editing !== null) return;
    const step = Math.max(1, Math.floor((place.current?.clientHeight ?? ROW) / ROW) - 2);
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowDown: [spot.row + 1, spot.column], ArrowUp: [spot.row - 1, spot.column], ArrowRight: [spot.row, spot.column + 1], ArrowLeft: [spot.row, spot.column - 1],
      PageDown: [spot.row + step, spot.column], PageUp: [spot.row - step, spot.column], Home: [event.ctrlKey ? 0 : spot.row, 0], End: [event.ctrlKey ? total - 1 : spot.row, places.length - 1],
    };
    const to = moves[event.key];
    if (to !== undefined) {
      event.preventDefault();
      move(...to);
    } else if ((event.key === 'Enter' || event.key === 'F2') && (event.target as HTMLElement).role === 'gridcell') {
      event.preventDefault();
      open(spot);
    }
  };
  return <>
    <div class="sheet" ref={place} onScroll={look} onKeyDown={pressed} role="grid" aria-label="督办台账" aria-rowcount={total + 1} aria-colcount={places.length} style={{ '--template': template, '--wide': `${wide}px` }}>
      <div class="sheet-head" role="row" aria-rowindex={1}>{shown.map(({ key, header, kind }) => <span key={key} role="columnheader" class={kind === 'number' ? 'number' : ''} aria-sort={sorting.column !== key ? 'none' : sorting.descending ? 'descending' : 'ascending'}><button type="button" tabIndex={-1} onClick={() => sort(key)}>{header}{sorting.column === key && <i aria-hidden="true">{sorting.descending ? ' ↓' : ' ↑'}</i>}</button></span>)}</div>
      <div class="sheet-body" role="rowgroup" style={{ height: `${total * ROW}px` }}>{indexes.map((index) => {
        const row = rowAt(index);
        return <div key={index} role="row" class={`sheet-row ${editing?.row === index ? 'editing' : ''}`} aria-rowindex={index + 2} style={{ transform: `translateY(${index * ROW}px)` }}>{places.map((at, column) => {
          const view = columns[at]!;
          const value = row?.cells[at] ?? '';
          const fills = row?.fills.includes(at) === true;
          const here = spot.row === index && spot.column === column;
          const isEditing = editing?.row === index && editing.column === column;
          return <span key={view.key} role="gridcell" data-spot={`${index}/${column}`} tabIndex={here && !isEditing ? 0 : -1} class={`${view.kind === 'number' ? 'number' : ''} ${fills ? 'fills' : ''} ${column * 2 >= places.length ? 'right-half' : ''} ${view.key === 'daysLeft' && value.startsWith('-') ? 'late' : ''}`} aria-readonly={!fills} title={isEditing ? '' : value}
            onFocus={() => { if (!here) setSpot({ row: index, column }); }} onDblClick={() => { if (fills) setEditing({ row: index, column }); }}>
            {isEditing && row !== null ? <CellEditor base={base} itemId={row.id} column={view} value={value} ended={(told) => { setEditing(null); focusing.current = true; setResult(told); if (told !== null) refresh(); }} />
              : row === null ? <span class="ghost" /> : view.key === 'light' ? <Light of={value} /> : view.key === 'title' || view.key === 'itemId' ? <a href={itemPath(row.id)} tabIndex={-1}>{value}</a> : value}
          </span>;
        })}</div>;
      })}</div>
    </div>
    <p class="keys">方向键移动,回车修改或打开,双击修改;停在一行上,带下划点的格您可以填。<Told result={result} /></p>
  </>;
}
