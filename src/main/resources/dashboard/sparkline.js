import { html } from './lib/preact.js';
import { rate } from './format.js';

const WIDTH = 96;
const HEIGHT = 22;
const SLOTS = 60;

/** The last values of something, the newest at the right edge; null leaves a gap. */
export function Sparkline({ values, name }) {
  const known = values.filter(each => each !== null);
  const most = Math.max(1, ...known);
  const x = i => WIDTH - 2 - (values.length - 1 - i) * (WIDTH - 4) / (SLOTS - 1);
  const y = value => HEIGHT - 2 - value / most * (HEIGHT - 4);
  const points = values.map((value, i) => value === null ? null : `${x(i).toFixed(1)},${y(value).toFixed(1)}`).filter(each => each !== null);
  return html`<svg class="spark" width=${WIDTH} height=${HEIGHT} viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img"
    aria-label=${`${name}, two minutes, at most ${rate(known.length === 0 ? null : most)}`}>
    <line x1="0" x2=${WIDTH} y1=${HEIGHT - 1.5} y2=${HEIGHT - 1.5} />
    ${points.length > 1 && html`<polyline points=${points.join(' ')} />`}
  </svg>`;
}
