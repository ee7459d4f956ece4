import { html, useState } from './lib/preact.js';
import { iso, length, span } from './format.js';
import { Select } from './parts.js';
import { amend, link, useRoute } from './route.js';

const RANGES = [24, 72, 168, 720];

/** Which range and which series is drawn. All of it is in the address. */
export function RangeBar({ range, name, names, query }) {
  const width = range.to - range.from;
  const fixed = (from, to) => amend({ from: iso(from), to: iso(to), range: '', at: '' });
  return html`<div class="range-bar" role="group" aria-label="Range and series">
    <div class="buttons" role="group" aria-label="Range">
      ${RANGES.map(each => html`<button key=${each} type="button" aria-pressed=${!range.fixed && range.windows === each}
        onClick=${() => amend({ range: each === 24 ? '' : each, from: '', to: '', at: '' })}>${length(each * range.sizeMs)}</button>`)}
    </div>
    <div class="buttons">
      <button type="button" aria-label="Earlier" onClick=${() => fixed(range.from - width, range.from)}>◀</button>
      <button type="button" aria-label="Later" onClick=${() => fixed(range.to, range.to + width)}>▶</button>
      <button type="button" disabled=${!range.fixed} onClick=${() => amend({ from: '', to: '', at: '' })}>Newest</button>
    </div>
    <span class="quiet range">${span(range.from, range.to)}</span>
    <${Select} label="Series" value=${name} options=${names.map(each => [each, each === 'count' ? 'events' : each])} change=${value => amend({ measure: value === 'count' ? '' : value })} />
    <${Share} range=${range} query=${query} />
  </div>`;
}

/** A link that shows the same later on: the range fixed. */
function Share({ range, query }) {
  const { page, parts } = useRoute();
  const [said, say] = useState(null);
  const share = async () => {
    const address = new URL(link(page, parts, { ...query, range: '', from: iso(range.from), to: iso(range.to) }), location.href).href;
    try {
      await navigator.clipboard.writeText(address);
      say('Copied');
    } catch {
      location.hash = new URL(address).hash;
      say('In the address bar');
    }
  };
  return html`<button type="button" onClick=${share} aria-live="polite">${said ?? 'Copy link'}</button>`;
}
