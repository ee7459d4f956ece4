import { html } from './lib/preact.js';
import { alerts, episode, markAllRead, markRead } from './alerts.js';
import { now } from './connection.js';
import { ago, count, millis, time } from './format.js';
import { Absent, Severity, toneOf, useTick } from './parts.js';
import { link } from './route.js';
import { useStore } from './store.js';

const SHOWN = 50;

/** What fires now, newest first, moving as the stream tells. */
export function FiringAlerts() {
  const { firing, more, unread, problem, gap } = useStore(alerts);
  useTick(5_000);
  return html`<section class="card firing" aria-label="Active alerts">
    <header>
      <h2>Active alerts ${firing && html`<span class="quiet">${count(firing.length)}${more ? '+' : ''}</span>`}</h2>
      ${unread.size > 0 && html`<button type="button" class="small" onClick=${markAllRead}>Mark ${unread.size} read</button>`}
    </header>
    ${gap && html`<p class="stale" role="status">Some alerts that came while this page was away are not kept any more.</p>`}
    ${firing === null ? html`<${Absent} answer=${{ status: problem ? 503 : null, problem }} what="Alerts" />`
      : firing.length === 0 ? html`<p class="absent calm">Nothing fires.</p>`
        : html`<ul class="alerts">${firing.slice(0, SHOWN).map(each => html`<${AlertRow} key=${episode(each)} alert=${each} unread=${unread.has(episode(each))} />`)}</ul>`}
    ${(more || firing?.length > SHOWN) && html`<a class="all" href=${link('alerts', [], { state: 'firing' })}>All that fire</a>`}
  </section>`;
}

function AlertRow({ alert, unread }) {
  const { pipeline, rule, key, severity } = alert.labels;
  return html`<li class=${toneOf(severity)}>
    <a href=${link('alerts', [], { pipeline, rule, key, id: alert.id })} onClick=${() => markRead(alert)}>
      <span class="line"><strong>${unread && html`<span class="dot" role="img" aria-label="unread"></span>`}${rule}</strong><${Severity} of=${severity} /></span>
      <span class="summary">${alert.annotations.summary}</span>
      <span class="line quiet"><span>${pipeline}${alert.silencedBy ? ', silenced' : alert.inhibitedBy ? ', inhibited' : ''}</span>
        <time datetime=${alert.startsAt} title="since, in event time">${ago(millis(alert.startsAt), now()) ?? time(alert.startsAt)}</time></span>
    </a>
  </li>`;
}
