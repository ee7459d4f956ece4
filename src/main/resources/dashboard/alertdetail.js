import { html, useState } from './lib/preact.js';
import { episode, reload } from './alerts.js';
import { call, query as asked } from './api.js';
import { now } from './connection.js';
import { exact, iso, length, millis, span, time } from './format.js';
import { KeyLink } from './finder.js';
import { Measured } from './measured.js';
import { Severity } from './parts.js';
import { usePoll } from './poll.js';
import { amend, link } from './route.js';
import { around } from './windows.js';

const HOUR = 3_600_000;
const FOR = [[HOUR, '1 hour'], [4 * HOUR, '4 hours'], [24 * HOUR, '1 day']];

/** One alert: what it says, its life, what mutes it, the same one earlier. */
export function AlertDetail({ alert, again }) {
  const { pipeline, rule, key, severity, ...labels } = alert.labels;
  const start = millis(alert.window.start);
  const end = millis(alert.window.end);
  return html`<section class="card detail" aria-label="The chosen alert">
    <header><h2>${rule}</h2><${Severity} of=${severity} /><button type="button" class="small" onClick=${() => amend({ id: '' })}>Close</button></header>
    <p class="summary">${alert.annotations.summary}</p>
    ${alert.annotations.description && html`<p>${alert.annotations.description}</p>`}
    <p><${KeyLink} pipeline=${pipeline} of=${key} query=${around(alert.window)} /> <span class="quiet">in ${pipeline}</span></p>
    <${Life} alert=${alert} />
    <${Measured} alert=${alert} />
    <dl class="facts">
      <div><dt>Value</dt><dd>${exact(alert.value)}${alert.anomaly && html` <span class="quiet">expected ${exact(alert.anomaly.expected)}, score ${exact(alert.anomaly.score)}</span>`}</dd></div>
      <div><dt>Window</dt><dd>${span(start, end)}</dd></div>
      ${Object.entries(labels).map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}
    </dl>
    <${SilenceForm} alert=${alert} done=${() => {
      again();
      reload();
    }} />
    <${Earlier} alert=${alert} />
    <p><a href=${link('rules', [pipeline, rule])}>The rule</a></p>
  </section>`;
}

const SAID = { pending: 'the condition held', firing: 'began to fire', resolved: 'ended' };

/** Its states in event time, each with when it was told by the wall clock; and what mutes it now. */
function Life({ alert }) {
  const ended = alert.endsAt !== null;
  return html`<ol class="life">
    ${alert.life.map(each => html`<li key=${each.state} class=${each.state}><time>${time(each.at)}</time> ${SAID[each.state]}
      ${each.state === 'resolved' && ` after ${length(millis(alert.endsAt) - millis(alert.startsAt))}`}
      ${each.emittedAt && html`<span class="quiet told">told ${time(each.emittedAt)}</span>`}</li>`)}
    ${(alert.silencedBy ?? []).map(each => html`<li key=${each} class="muted"><time>now</time> silenced by <code>${each}</code></li>`)}
    ${(alert.inhibitedBy ?? []).map(each => html`<li key=${each} class="muted"><time>now</time> inhibited by <code>${each}</code></li>`)}
    ${!ended && html`<li class="firing"><time>now</time> still fires</li>`}
  </ol>`;
}

function SilenceForm({ alert, done }) {
  const [long, setLong] = useState(HOUR);
  const [comment, setComment] = useState('');
  const [said, say] = useState(null);
  const silence = async event => {
    event.preventDefault();
    const matchers = ['pipeline', 'rule', 'key'].map(name => ({ name, value: alert.labels[name], isRegex: false }));
    const answer = await call('POST', 'v1/silences', { matchers, startsAt: iso(now()), endsAt: iso(now() + long), createdBy: 'dashboard', comment });
    say(answer.data ? 'Silenced.' : answer.problem);
    done();
  };
  return html`<form class="silence" aria-label="Silence" onSubmit=${silence}>
    <label class="field"><span>Silence it for</span><select value=${long} onChange=${event => setLong(Number(event.currentTarget.value))}>
      ${FOR.map(([each, name]) => html`<option key=${each} value=${each} selected=${each === long}>${name}</option>`)}</select></label>
    <label class="field grow"><span>Why</span><input value=${comment} maxlength="500" placeholder="optional" onInput=${event => setComment(event.currentTarget.value)} /></label>
    <button type="submit" class="accent">Silence</button>
    <span role="status">${said}</span>
  </form>`;
}

/** The same rule over the same key, before. */
function Earlier({ alert }) {
  const { pipeline, rule, key } = alert.labels;
  const answer = usePoll(asked('v1/alerts', { pipeline, rule, key, limit: 20 }), 10_000);
  const others = (answer.data?.items ?? []).filter(each => episode(each) !== episode(alert));
  return others.length === 0 ? null : html`<h3>The same at other times</h3><ul class="earlier">
    ${others.map(each => html`<li key=${episode(each)}><a href=${link('alerts', [], { pipeline, rule, key, id: each.id })}>${time(each.startsAt)}</a>
      <span class="quiet">${each.endsAt === null ? 'fires' : length(millis(each.endsAt) - millis(each.startsAt))}</span></li>`)}</ul>`;
}
