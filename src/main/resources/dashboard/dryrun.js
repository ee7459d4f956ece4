import { html, useEffect, useState } from './lib/preact.js';
import { episode } from './alerts.js';
import { call } from './api.js';
import { count, time } from './format.js';
import { KeyLink } from './finder.js';
import { around } from './windows.js';

const SHOWN = 10;
/** The node gives up some time before. */
const WITHIN_MS = 60_000;

/** What the rule as it stands in the form would have told of the newest events. */
export function DryRun({ path, pipeline, body, good }) {
  const [answer, setAnswer] = useState(null);
  const [busy, setBusy] = useState(false);
  const text = JSON.stringify(body);
  useEffect(() => setAnswer(null), [path, text]);
  const run = async () => {
    setBusy(true);
    setAnswer(await call('POST', `${path}/dry-run`, body, { withinMs: WITHIN_MS }));
    setBusy(false);
  };
  return html`<div class="dry-run">
    <button type="button" disabled=${!good || busy} onClick=${run}>${busy ? 'Trying…' : 'Try on the newest events'}</button>
    <div role="status">${answer?.data ? html`<${Told} of=${answer.data} pipeline=${pipeline} />` : answer && html`<p>${answer.problem}</p>`}</div>
  </div>`;
}

/** It says over what: of what was before the events that were read again nothing is known to the rule. */
function Told({ of, pipeline }) {
  const keys = new Set(of.alerts.map(each => each.labels.key)).size;
  const among = of.alerts.length < of.fired ? `, the newest ${count(of.alerts.length)} over ${keys} keys` : of.fired > 0 ? ` over ${keys} ${keys === 1 ? 'key' : 'keys'}` : '';
  return html`<p><strong>Would have fired ${of.fired === 0 ? 'never' : of.fired === 1 ? 'once' : `${count(of.fired)} times`}</strong>${among},
      in the newest ${count(of.events)} events, of ${count(of.keys)} keys from ${time(of.from)} to ${time(of.to)}; what came before these it does not know.</p>
    <ul class="earlier">${of.alerts.slice(0, SHOWN).map(each => html`<li key=${episode(each)}>
      <${KeyLink} pipeline=${pipeline} of=${each.labels.key} query=${around(each.window)} /><span class="quiet">${time(each.startsAt)}</span></li>`)}</ul>`;
}
