import { html } from './lib/preact.js';
import { pipelinePath } from './api.js';
import { count, exact, iso, millis, short, span } from './format.js';
import { Frequent } from './frequent.js';
import { usePace } from './pace.js';
import { Absent, Pill, Stale } from './parts.js';
import { usePoll } from './poll.js';
import { newestStart, valueOf, series } from './windows.js';

const PREFERRED = ['sum', 'mean', 'p50', 'p95', 'p99', 'max', 'min', 'distinct'];
const SHOWN = 6;
const EVERY_MS = 2_000;

/** The window that the newest events are in, all keys merged. */
export function RunningHour({ pipeline, all = false }) {
  const start = newestStart(pipeline);
  const { element, everyMs } = usePace(EVERY_MS);
  const answer = usePoll(start === null ? null : pipelinePath(pipeline.name, 'windows', iso(start)), everyMs,
    { like: pipeline.name, hidden: false, kind: 'totals' });
  const window = answer.data;
  return html`<section class="running" ref=${element} aria-label=${`Running window of ${pipeline.name}`}>
    <h3>${window === null ? 'Running hour' : span(millis(window.start), millis(window.end))}
      ${window && html`<${Pill} tone=${window.state === 'open' ? 'live' : ''}>${window.state}</${Pill}>`}</h3>
    ${start === null ? html`<p class="absent">No events yet.</p>`
      : window === null ? html`<${Absent} answer=${answer} what="Totals over all keys" none="No events in this window yet." />`
        : html`<${Totals} window=${window} all=${all} />${all && html`<${Frequent} window=${window} />`}`}
    ${all && start !== null && html`<${Why} pipeline=${pipeline.name} start=${start} />`}
    <${Stale} answer=${answer} />
    <${Missing} of=${window} />
  </section>`;
}

/** Why the window is not closed yet, as the node tells. */
function Why({ pipeline, start }) {
  const { data } = usePoll(pipelinePath(pipeline, 'windows', iso(start), 'explain'), 5_000,
    { like: pipeline, hidden: false, kind: 'explain' });
  return data && html`<p class="quiet why">${data.reason}</p>`;
}

function Totals({ window, all }) {
  return html`<dl class="totals">
    <div class="main"><dt>events of ${count(window.keys)} ${window.keys === 1 ? 'key' : 'keys'}</dt><dd>${count(window.count)}</dd></div>
    ${chosen(window, all).map(name => html`<div key=${name}><dt>${name}</dt><dd title=${exact(valueOf(window, name))}>${short(valueOf(window, name))}</dd></div>`)}
  </dl>`;
}

/** The aggregates that say most, those of all measures taking turns. */
function chosen(window, all) {
  const names = series(window.measures).filter(name => name.includes('.') && PREFERRED.includes(name.split('.').at(-1)));
  return all ? names : names.sort((a, b) => place(a) - place(b)).slice(0, SHOWN);
}

function place(name) {
  return PREFERRED.indexOf(name.split('.').at(-1));
}

/** An answer without some of the shards says so, and why. */
export function Missing({ of }) {
  const shards = of?.missing ?? [];
  const why = [...new Set(shards.map(each => each.reason))].join(', ');
  return shards.length === 0 ? null : html`<p class="stale" role="status">Without ${shards.length} ${shards.length === 1 ? 'shard' : 'shards'}: ${why}.</p>`;
}
