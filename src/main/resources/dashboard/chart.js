import { html, useRef, useState } from './lib/preact.js';
import { count, exact, short, span } from './format.js';
import { useWidth } from './parts.js';
import { linear, rounded, timeTicks } from './scale.js';
import { valueOf } from './windows.js';

export const LEFT = 54;
export const RIGHT = 18;
const BARS = 240;
const BAND = 130;
const SPACE = 26;
const AXIS = 22;

/**
 * Windows as bars, a series' value each, and below, where `band` names a measure with quantiles, its p50 to p95 to p99.
 * One window is chosen, by pointer or arrow keys.
 *
 * @param windows `{start, end, …}` with times in milliseconds, the oldest first
 */
export function Chart({ windows, from, to, name, band, chosen, choose }) {
  const box = useRef(null);
  const width = Math.max(240, useWidth(box, 720));
  const [under, setUnder] = useState(null);
  const x = linear([from, to], [LEFT, width - RIGHT]);
  const height = BARS + AXIS + (band ? BAND + SPACE : 0);
  const at = windows.findIndex(each => each.start === chosen);
  const move = event => setUnder(nearest(windows, x, event));
  const press = event => {
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: windows.length - 1 }[event.key];
    if (next !== undefined && windows[Math.max(0, next)]) {
      event.preventDefault();
      choose(windows[Math.max(0, next)].start);
    }
  };
  const shown = windows[under] ?? null;
  return html`<div class="chart" ref=${box}>
    <div class="plot" role="slider" tabindex="0" aria-label=${`Windows by ${name}`} aria-valuemin="0" aria-valuemax=${Math.max(0, windows.length - 1)}
      aria-valuenow=${Math.max(0, at)} aria-valuetext=${at < 0 ? 'none' : said(windows[at], name)} onKeyDown=${press}
      onPointerMove=${move} onPointerLeave=${() => setUnder(null)} onClick=${event => {
        const found = nearest(windows, x, event);
        return found !== null && choose(windows[found].start);
      }}>
      <svg width=${width} height=${height} viewBox="0 0 ${width} ${height}" aria-hidden="true">
        <defs><pattern id="open" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="open-ground" width="6" height="6" /><rect class="open-stripe" width="3" height="6" /></pattern></defs>
        ${at >= 0 && html`<${Chosen} window=${windows[at]} x=${x} height=${height - AXIS} />`}
        <${Bars} windows=${windows} x=${x} name=${name} width=${width} under=${under} />
        ${band && html`<${Band} windows=${windows} x=${x} measure=${band} width=${width} />`}
        <${TimeAxis} from=${from} to=${to} x=${x} y=${height - AXIS} width=${width} />
      </svg>
    </div>
    <p class="tip" aria-hidden="true">${shown ? said(shown, name) : '\u00a0'}</p>
  </div>`;
}

function said(window, name) {
  const value = name === 'count' ? '' : `, ${name} ${exact(valueOf(window, name))}`;
  return `${span(window.start, window.end)}${window.state === 'open' ? ', open' : ''}: ${count(window.count)} events${value}`;
}

function nearest(windows, x, event) {
  const at = event.clientX - event.currentTarget.getBoundingClientRect().left;
  const found = windows.findIndex(each => x(each.start) <= at && at < x(each.end));
  return found < 0 ? null : found;
}

function Chosen({ window, x, height }) {
  return html`<rect class="chosen" x=${x(window.start)} y="0" width=${Math.max(2, x(window.end) - x(window.start))} height=${height} />`;
}

/** Horizontal lines with numbers at the left. */
function Scale({ ticks, y, width }) {
  return ticks.map(each => html`<g key=${each} class="scale"><line x1=${LEFT} x2=${width - RIGHT} y1=${y(each)} y2=${y(each)} class=${each === 0 ? 'zero' : ''} />
    <text x=${LEFT - 8} y=${y(each) + 4}>${short(each)}</text></g>`);
}

function Bars({ windows, x, name, width, under }) {
  const values = windows.map(each => valueOf(each, name));
  const { ticks, range } = rounded(values.filter(each => each !== null), 4);
  const y = linear(range, [BARS - 2, 10]);
  return html`<g class="bars"><${Scale} ticks=${ticks} y=${y} width=${width} />
    ${windows.map((each, i) => values[i] !== null && html`<rect key=${each.start} class=${`bar ${each.state} ${i === under ? 'under' : ''}`}
      ...${column(x, each)} y=${Math.min(y(values[i]), y(0))} height=${Math.max(1, Math.abs(y(values[i]) - y(0)))} />`)}
  </g>`;
}

function column(x, window) {
  const wide = x(window.end) - x(window.start);
  const gap = wide > 6 ? 1.5 : wide > 3 ? 0.5 : 0;
  return { x: x(window.start) + gap, width: Math.max(1, wide - 2 * gap) };
}

function Band({ windows, x, measure, width }) {
  const known = windows.filter(each => ['p50', 'p95', 'p99'].every(p => typeof each.measures?.[measure]?.[p] === 'number'));
  const of = (window, p) => window.measures[measure][p];
  const { ticks, range } = rounded(known.flatMap(each => [of(each, 'p50'), of(each, 'p99')]), 3);
  const top = BARS + SPACE;
  const y = linear(range, [top + BAND - 2, top + 6]);
  return html`<g class="band"><text class="name" x=${LEFT} y=${top - 6}>${measure}: p50 to p95 to p99</text><${Scale} ticks=${ticks} y=${y} width=${width} />
    ${known.map(each => html`<g key=${each.start}>
      <rect class="outer" ...${column(x, each)} y=${y(of(each, 'p99'))} height=${Math.max(0, y(of(each, 'p95')) - y(of(each, 'p99')))} />
      <rect class="inner" ...${column(x, each)} y=${y(of(each, 'p95'))} height=${Math.max(0, y(of(each, 'p50')) - y(of(each, 'p95')))} />
      <rect class="median" ...${column(x, each)} y=${y(of(each, 'p50')) - 1} height="2" />
    </g>`)}
  </g>`;
}

function TimeAxis({ from, to, x, y, width }) {
  return html`<g class="time">${timeTicks(from, to, width - LEFT - RIGHT).map(each => html`<g key=${each.at} class=${each.day ? 'day' : ''}>
    <line x1=${x(each.at)} x2=${x(each.at)} y1=${y} y2=${y + 4} /><text x=${x(each.at)} y=${y + 17}>${each.text}</text></g>`)}</g>`;
}
