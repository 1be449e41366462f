import type { OverviewView } from '../../../screens/api-types.ts';

const MOST = 12;
const share = (value: number | null): string => (value === null ? '—' : `${(value * 100).toFixed(1)}%`);

/** The pictures of charts.ts without a library, for a page that is sent whole with every visit: drawn once, at any width. */
export function drawChart(place: HTMLElement, kind: 'trend' | 'ranking', view: OverviewView): () => void {
  place.replaceChildren(kind === 'trend' ? trend(view) : ranking(view));
  return () => place.replaceChildren();
}

function trend({ trend: points }: OverviewView): HTMLElement {
  const [width, height] = [100, 100];
  const x = (place: number): number => (place + 0.5) * width / points.length;
  const dots = points.flatMap(({ rate }, place) => (rate === null ? [] : [`${x(place).toFixed(2)},${((1 - rate) * height).toFixed(2)}`]));
  const box = element('div', 'plain-trend');
  const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  picture.setAttribute('viewBox', `0 -4 ${width} ${height + 8}`);
  picture.setAttribute('preserveAspectRatio', 'none');
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'polyline');
  line.setAttribute('points', dots.join(' '));
  picture.append(line);
  const months = element('div', 'months');
  for (const { period, rate, due, onTime } of points) {
    const month = element('span', '', `${Number(period.slice(5))}月`);
    month.title = `${period} ${share(rate)}（应办 ${due}，按时 ${onTime}）`;
    months.append(month);
  }
  box.append(picture, months);
  return box;
}

function ranking({ ranking: { rows } }: OverviewView): HTMLElement {
  const box = element('div', 'plain-bars');
  for (const { unit, rate } of rows.slice(0, MOST)) {
    const bar = element('i');
    bar.style.width = `${(rate ?? 0) * 100}%`;
    const track = element('span', 'track');
    track.append(bar);
    const row = element('p');
    row.append(element('span', 'unit', unit), track, element('b', '', share(rate)));
    box.append(row);
  }
  return box;
}

function element(tag: 'div' | 'span' | 'p' | 'i' | 'b', name = '', text = ''): HTMLElement {
  const made = document.createElement(tag);
  if (name !== '') made.className = name;
  made.textContent = text;
  return made;
}
