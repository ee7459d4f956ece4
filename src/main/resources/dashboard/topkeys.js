import { html } from './lib/preact.js';
import { pipelinePath, query } from './api.js';
import { exact, iso, short } from './format.js';
import { KeyLink } from './finder.js';
import { usePace } from './pace.js';
import { Absent, Stale } from './parts.js';
import { usePoll } from './poll.js';
import { Missing } from './runninghour.js';
import { newestStart } from './windows.js';

const EVERY_MS = 3_000;

/** The keys of the running window with the greatest values of an aggregate. */
export function TopKeys({ pipeline, by, limit = 10, children }) {
  const start = newestStart(pipeline);
  const { element, everyMs } = usePace(EVERY_MS);
  const answer = usePoll(start === null ? null : query(pipelinePath(pipeline.name, 'windows', iso(start), 'top'), { by, limit }), everyMs,
    { like: `${pipeline.name} ${by} ${limit}`, hidden: false, kind: 'top' });
  const items = answer.data?.items ?? null;
  return html`<section class="top-keys" ref=${element} aria-label=${`Top keys of ${pipeline.name}`}>
    <h3>Top keys ${children ?? html`<span class="quiet">by ${by}</span>`}</h3>
    ${start === null ? html`<p class="absent">No events yet.</p>`
      : items === null || items.length === 0 ? html`<${Absent} answer=${answer} what="Top keys" none="No events in this window yet." />`
        : html`<${Ranks} items=${items} pipeline=${pipeline.name} measure=${by} />`}
    <${Stale} answer=${answer} />
    <${Missing} of=${answer.data} />
  </section>`;
}

function Ranks({ items, pipeline, measure }) {
  const most = Math.max(...items.map(each => Math.abs(each.value)), 1e-9);
  return html`<ol class="ranks">
    ${items.map(each => html`<li key=${each.key}>
      <span class="bar" style=${{ width: `${Math.abs(each.value) / most * 100}%` }}></span>
      <${KeyLink} pipeline=${pipeline} of=${each.key} query=${{ measure: measure === 'count' ? '' : measure }} />
      <span class="number" title=${exact(each.value)}>${short(each.value)}</span>
    </li>`)}
  </ol>`;
}
