import { html } from './lib/preact.js';
import { reload } from './alerts.js';
import { call, path } from './api.js';
import { time } from './format.js';
import { Absent, Pill, Stale, SureButton } from './parts.js';
import { usePoll } from './poll.js';
import { distinct } from './store.js';

const EVERY_MS = 5_000;
const ASKED = { active: 'v1/silences?state=active&limit=100', pending: 'v1/silences?state=pending&limit=100' };

/** The silences that are not over; those that are in force first. */
export function Silences() {
  const answers = [usePoll(ASKED.active, EVERY_MS), usePoll(ASKED.pending, EVERY_MS)];
  const list = distinct(answers.flatMap(each => each.data?.items ?? []), each => each.id);
  const unknown = answers.find(each => each.data === null) ?? answers[0];
  const end = async id => {
    await call('DELETE', path('v1', 'silences', id));
    answers.forEach(each => each.again());
    reload();
  };
  return html`<section class="card" aria-label="Silences"><header><h2>Silences</h2></header>
    ${(list.length === 0 || unknown.data === null) && html`<${Absent} answer=${unknown} what="Silences" none="Nothing is silenced." />`}
    ${list.length > 0 && html`<${Table} list=${list} end=${end} />`}
    ${answers.some(each => each.data?.next) && html`<p class="absent">There are more: of each state the newest 100 are listed.</p>`}
    <${Stale} answer=${answers.find(each => each.stale) ?? unknown} />
  </section>`;
}

function Table({ list, end }) {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="List of silences"><table>
    <thead><tr><th>State</th><th>Of</th><th>Until</th><th>By</th><th>Why</th><th></th></tr></thead>
    <tbody>${list.map(each => html`<tr key=${each.id}>
      <td><${Pill} tone=${each.status.state === 'active' ? 'warning' : ''}>${each.status.state}</${Pill}></td>
      <td class="matchers">${each.matchers.map(matcher => html`<code key=${matcher.name}>${said(matcher)}</code> `)}</td>
      <td class="when">${time(each.endsAt)}</td><td>${each.createdBy}</td><td>${each.comment}</td>
      <td><${SureButton} label="End" sure="End it now" act=${() => end(each.id)} /></td>
    </tr>`)}</tbody></table></div>`;
}

function said({ name, value, isRegex, isEqual = true }) {
  return `${name}${isEqual ? (isRegex ? '=~' : '=') : (isRegex ? '!~' : '!=')}${value}`;
}
