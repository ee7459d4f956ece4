import { html } from './lib/preact.js';
import { AlertDetail } from './alertdetail.js';
import { alerts, episode, markAllRead, markRead, muted } from './alerts.js';
import { path as pathOf, query as asked } from './api.js';
import { exact, length, millis, time } from './format.js';
import { KeyLink } from './finder.js';
import { Pages, usePages } from './older.js';
import { Absent, Pill, Select, Severity, Stale, toneOf } from './parts.js';
import { pipelines } from './pipelines.js';
import { usePoll } from './poll.js';
import { amend } from './route.js';
import { useTitle } from './shell.js';
import { Silences } from './silences.js';
import { useStore } from './store.js';

const PAGE = 100;
const EVERY_MS = 3_000;
const STATES = [['', 'all'], ['firing', 'firing'], ['resolved', 'resolved']];

/** Alerts by filter, one of them in full, and the silences. */
export function AlertsPage({ route }) {
  useTitle('Alerts');
  const { state, pipeline, rule, key, severity, from, to, id } = route.query;
  const path = asked('v1/alerts', { state, pipeline, rule, key, severity, from, to, limit: PAGE });
  const first = usePoll(path, EVERY_MS);
  const pages = usePages(path, first, episode);
  const list = pages.items;
  const life = usePoll(id ? pathOf('v1', 'alerts', id) : null, EVERY_MS);
  const { unread } = useStore(alerts);
  return html`<div class="title"><h1>Alerts</h1>${unread.size > 0 && html`<button type="button" onClick=${markAllRead}>Mark ${unread.size} read</button>`}</div>
    <${Filters} query=${route.query} />
    <${Stale} answer=${first} />
    <div class="with-detail ${id ? 'chosen' : ''}">
      <section class="card" aria-label="Alerts">
        ${list.length === 0 ? html`<${Absent} answer=${first} what="Alerts" none="No alert is like this." />` : html`<${Table} list=${list} chosen=${life.data && episode(life.data)} unread=${unread} />`}
        <${Pages} of=${pages} />
      </section>
      ${id && (life.data ? html`<${AlertDetail} key=${id} alert=${life.data} again=${() => {
        first.again();
        life.again();
      }} />` : html`<section class="card"><${Absent} answer=${life} what="The alert" none="This alert is not kept." /></section>`)}
    </div>
    <${Silences} />`;
}

function Filters({ query }) {
  const names = (useStore(pipelines).list ?? []).map(each => each.name);
  const text = (name, label) => html`<label class="field"><span>${label}</span>
    <input type="search" value=${query[name] ?? ''} autocomplete="off" spellcheck=${false} onChange=${event => amend({ [name]: event.currentTarget.value, id: '' })} /></label>`;
  return html`<form class="filters" role="search" aria-label="Filters" onSubmit=${event => event.preventDefault()}>
    <${Select} label="State" value=${query.state ?? ''} options=${STATES} change=${state => amend({ state, id: '' })} />
    <${Select} label="Pipeline" value=${query.pipeline ?? ''} options=${[['', 'all'], ...names.map(each => [each, each])]} change=${pipeline => amend({ pipeline, id: '' })} />
    ${text('rule', 'Rule')}${text('key', 'Key')}${text('severity', 'Severity')}
    ${['state', 'pipeline', 'rule', 'key', 'severity'].some(each => query[each]) && html`<button type="button" onClick=${() => amend({ state: '', pipeline: '', rule: '', key: '', severity: '', id: '' })}>Clear</button>`}
  </form>`;
}

function Table({ list, chosen, unread }) {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="List of alerts"><table class="alert-table">
    <thead><tr><th>State</th><th>Severity</th><th>Rule</th><th>Key</th><th class="number">Value</th><th>Since</th><th class="number">Lasted</th></tr></thead>
    <tbody>${list.map(each => html`<${Row} key=${episode(each)} alert=${each} chosen=${episode(each) === chosen} unread=${unread.has(episode(each))} />`)}</tbody>
  </table></div>`;
}

function Row({ alert, chosen, unread }) {
  const { pipeline, rule, key, severity } = alert.labels;
  const choose = () => {
    markRead(alert);
    amend({ id: chosen ? '' : alert.id });
  };
  return html`<tr class="${toneOf(severity)} ${alert.status} ${chosen ? 'chosen' : ''}">
    <td><${Pill} tone=${alert.status === 'firing' ? toneOf(severity) : ''}>${alert.status}</${Pill}>${muted(alert) && html` <span class="quiet">${alert.silencedBy ? 'silenced' : 'inhibited'}</span>`}</td>
    <td><${Severity} of=${severity} /></td>
    <td><button type="button" class="plain" aria-expanded=${chosen} onClick=${choose}>${unread && html`<span class="dot" role="img" aria-label="unread"></span>`}${rule}</button></td>
    <td class="of"><span class="quiet">${pipeline}</span> <${KeyLink} pipeline=${pipeline} of=${key} /></td>
    <td class="number">${exact(alert.value)}</td>
    <td class="when">${time(alert.startsAt)}</td>
    <td class="number when">${alert.endsAt === null ? '' : length(millis(alert.endsAt) - millis(alert.startsAt))}</td>
  </tr>`;
}
