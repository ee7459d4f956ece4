import { html } from './lib/preact.js';
import { pipelinePath, query as asked } from './api.js';
import { Bytes } from './bytes.js';
import { count, span, time } from './format.js';
import { KeyLink } from './finder.js';
import { Pages, usePages } from './older.js';
import { Absent, Select, Stale } from './parts.js';
import { pipelines } from './pipelines.js';
import { usePoll } from './poll.js';
import { amend, go } from './route.js';
import { useTitle } from './shell.js';
import { useStore } from './store.js';

const KINDS = [['dead-letters', 'Dead letters'], ['late', 'Late events']];
const PAGE = 100;
/** The node reads the topic anew for each answer. */
const EVERY_MS = 15_000;

/** What was not counted: dead letters by their reasons, and events that came after their window had closed. */
export function RefusedPage({ route }) {
  useTitle('Refused');
  const names = (useStore(pipelines).list ?? []).map(each => each.name);
  const [pipeline = names[0] ?? ''] = route.parts;
  const kind = route.query.kind === 'late' ? 'late' : 'dead-letters';
  const { reason, key } = route.query;
  const path = asked(pipelinePath(pipeline, kind), { reason: kind === 'late' ? '' : reason, key: kind === 'late' ? key : '', limit: PAGE });
  const first = usePoll(path, EVERY_MS);
  return html`<div class="title"><h1>Refused</h1>
      <${Select} label="Pipeline" value=${pipeline} options=${names.map(each => [each, each])} change=${value => go('refused', [value], { kind: route.query.kind })} />
      <div class="buttons" role="group" aria-label="Kind">${KINDS.map(([each, name]) => html`<button key=${each} type="button" aria-pressed=${each === kind}
        onClick=${() => amend({ kind: each === 'late' ? each : '', reason: '', key: '' })}>${name}</button>`)}</div></div>
    <${Stale} answer=${first} />
    <section class="card" aria-label=${kind === 'late' ? 'Late events' : 'Dead letters'}>
      ${kind === 'late' && key && html`<p>Of <${KeyLink} pipeline=${pipeline} of=${key} /> only. <button type="button" class="small" onClick=${() => amend({ key: '' })}>All keys</button></p>`}
      ${(first.data?.items ?? []).length === 0 && !first.data?.next && !reason
        ? html`<${Absent} answer=${first} what=${kind === 'late' ? 'Late events' : 'Dead letters'} none=${kind === 'late' ? 'No event came late.' : 'Nothing was refused.'} />`
        : html`<${Letters} key=${path} first=${first} path=${path} late=${kind === 'late'} pipeline=${pipeline} reason=${reason} />`}
    </section>`;
}

function Letters({ first, path, late, pipeline, reason }) {
  const pages = usePages(path, first, place);
  const list = pages.items;
  return html`${!late && html`<${Reasons} list=${list} chosen=${reason} />`}
    <ul class="letters">${list.map(each => html`<${Letter} key=${place(each)} of=${each} late=${late} pipeline=${pipeline} />`)}</ul>
    <${Pages} of=${pages} />`;
}

function place(letter) {
  return `${letter.partition}-${letter.offset}`;
}

/** How often each reason is among those that are listed. */
function Reasons({ list, chosen }) {
  const counts = new Map();
  list.forEach(each => counts.set(each.reason, (counts.get(each.reason) ?? 0) + 1));
  return html`<div class="reasons" role="group" aria-label="Reasons">
    ${[...counts].sort((a, b) => b[1] - a[1]).map(([reason, number]) => html`<button key=${reason} type="button" aria-pressed=${reason === chosen}
      onClick=${() => amend({ reason: reason === chosen ? '' : reason })}>${reason} <span class="number">${count(number)}</span></button>`)}
    <span class="quiet">among the ${count(list.length)} listed</span>
    ${chosen && html`<button type="button" onClick=${() => amend({ reason: '' })}>All reasons</button>`}
  </div>`;
}

function Letter({ of, late, pipeline }) {
  return html`<li>
    <p class="line"><strong>${late ? html`<${KeyLink} pipeline=${pipeline} of=${of.key ?? ''} />` : of.reason}</strong>
      <span class="quiet">${of.topic}, partition ${of.partition}, offset ${of.offset}</span>
      <time class="quiet">${time(of.putAsideAt)}</time></p>
    ${of.detail && html`<p>${of.detail}</p>`}
    ${of.window && html`<p class="quiet">missed ${span(Date.parse(of.window.start), Date.parse(of.window.end))}</p>`}
    ${!late && of.key && html`<p class="quiet">record key <code>${of.key}${of.keyEncoding === 'base64' && ' (base64)'}</code></p>`}
    <${Bytes} letter=${of} />
  </li>`;
}
