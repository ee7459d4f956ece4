import { html } from './lib/preact.js';
import { reload } from './alerts.js';
import { call, path } from './api.js';
import { time } from './format.js';
import { Absent, Pill, SureButton } from './parts.js';
import { usePoll } from './poll.js';

/** The silences that are not over. */
export function Silences() {
  const answer = usePoll('v1/silences?limit=100', 5_000);
  const list = (answer.data?.items ?? []).filter(each => each.status.state !== 'expired');
  const end = async id => {
    await call('DELETE', path('v1', 'silences', id));
    answer.again();
    reload();
  };
  return html`<section class="card" aria-label="Silences"><header><h2>Silences</h2></header>
    ${list.length === 0 ? html`<${Absent} answer=${answer} what="Silences" none="Nothing is silenced." />`
      : html`<div class="scroll" tabindex="0" role="group" aria-label="List of silences"><table>
        <thead><tr><th>State</th><th>Of</th><th>Until</th><th>By</th><th>Why</th><th></th></tr></thead>
        <tbody>${list.map(each => html`<tr key=${each.id}>
          <td><${Pill} tone=${each.status.state === 'active' ? 'warning' : ''}>${each.status.state}</${Pill}></td>
          <td class="matchers">${each.matchers.map(matcher => html`<code key=${matcher.name}>${said(matcher)}</code> `)}</td>
          <td class="when">${time(each.endsAt)}</td><td>${each.createdBy}</td><td>${each.comment}</td>
          <td><${SureButton} label="End" sure="End it now" act=${() => end(each.id)} /></td>
        </tr>`)}</tbody></table></div>`}
  </section>`;
}

function said({ name, value, isRegex, isEqual = true }) {
  return `${name}${isEqual ? (isRegex ? '=~' : '=') : (isRegex ? '!~' : '!=')}${value}`;
}
