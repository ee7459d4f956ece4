import { html } from './lib/preact.js';
import { exact, millis, span } from './format.js';
import { linear, rounded } from './scale.js';

const WIDTH = 360;
const HEIGHT = 84;

/** What an alert's rule measures in the windows around it; those in which it fired stand out. */
export function Measured({ alert }) {
  const { values, measured } = alert;
  if (!measured || values.length === 0) {
    return null;
  }
  const times = values.map(each => ({ ...each, start: millis(each.start), end: millis(each.end) }));
  const x = linear([times[0].start, times.at(-1).end], [0, WIDTH]);
  const y = linear(rounded(times.map(each => each.value), 2).range, [HEIGHT, 2]);
  const fired = each => each.end > millis(alert.startsAt) && (alert.endsAt === null || each.start < millis(alert.endsAt));
  return html`<figure class="measured">
    <figcaption>${measured} in the windows around</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${`${measured}: ${times.map(each => exact(each.value)).join(', ')}`} preserveAspectRatio="none">
      ${times.map(each => html`<rect key=${each.start} class=${fired(each) ? 'fired' : ''} x=${x(each.start) + 1} width=${Math.max(1, x(each.end) - x(each.start) - 2)}
        y=${Math.min(y(each.value), y(0))} height=${Math.max(1, Math.abs(y(each.value) - y(0)))}><title>${span(each.start, each.end)}: ${exact(each.value)}</title></rect>`)}
    </svg>
    <p class="quiet">${span(times[0].start, times.at(-1).end)}</p>
  </figure>`;
}
