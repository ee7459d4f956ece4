import { html } from './lib/preact.js';
import { count } from './format.js';

/** The most frequent values of measures that have them; one with an error came as often at least, and so much more at most. */
export function Frequent({ window }) {
  const lists = Object.entries(window.measures ?? {}).filter(([, measure]) => Array.isArray(measure.top) && measure.top.length > 0);
  return lists.map(([name, measure]) => html`<section class="frequent" key=${name} aria-label=${`Most frequent ${name}`}><h3>${name}, most frequent</h3>
    <ol class="values">${measure.top.map(each => html`<li key=${String(each.value)}><span>${each.value === '' ? html`<i>empty</i>` : String(each.value)}</span>
      <span class="number">${often(each)}</span></li>`)}</ol></section>`);
}

function often({ count: least, error }) {
  return error > 0 ? `${count(least)} to ${count(least + error)}` : count(least);
}
