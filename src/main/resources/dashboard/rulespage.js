import { html } from './lib/preact.js';
import { pipelinePath } from './api.js';
import { Absent, Select, Severity, Stale } from './parts.js';
import { pipelines } from './pipelines.js';
import { usePoll } from './poll.js';
import { go, link } from './route.js';
import { RuleForm } from './ruleform.js';
import { useTitle } from './shell.js';
import { useStore } from './store.js';

const NEW = '+';

/** The rules of a pipeline; one of them to be changed. */
export function RulesPage({ route }) {
  const names = (useStore(pipelines).list ?? []).map(each => each.name);
  const [pipeline = names[0] ?? '', rule] = route.parts;
  useTitle(rule && rule !== NEW ? rule : 'Rules');
  const answer = usePoll(pipelinePath(pipeline, 'rules'), 5_000);
  const list = answer.data?.items ?? null;
  const chosen = list?.find(each => each.name === rule);
  return html`<div class="title"><h1>Rules</h1>
      <${Select} label="Pipeline" value=${pipeline} options=${names.map(each => [each, each])} change=${value => go('rules', [value])} />
      ${pipeline && html`<a class="button" href=${link('rules', [pipeline, NEW])}>New rule</a>`}</div>
    <${Stale} answer=${answer} />
    <div class="with-detail ${rule ? 'chosen' : ''}">
      <section class="card" aria-label="Rules">${list === null || list.length === 0
        ? html`<${Absent} answer=${answer} what="Rules" none="This pipeline has no rules." />`
        : html`<${Table} list=${list} pipeline=${pipeline} rule=${rule} />`}</section>
      ${rule && list !== null && (chosen || rule === NEW
        ? html`<${RuleForm} key=${`${pipeline}/${rule}`} pipeline=${pipeline} rule=${chosen} taken=${list.map(each => each.name)} again=${answer.again} />`
        : html`<section class="card"><p class="absent">There is no rule ${rule} in ${pipeline}.</p></section>`)}
    </div>`;
}

function Table({ list, pipeline, rule }) {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="List of rules"><table>
    <thead><tr><th>Name</th><th>Severity</th><th>Fires when</th><th>For</th><th>From</th></tr></thead>
    <tbody>${list.map(each => html`<tr key=${each.name} class=${each.name === rule ? 'chosen' : ''}>
      <td><a href=${link('rules', [pipeline, each.name])} aria-current=${each.name === rule ? 'true' : undefined}>${each.name}</a></td>
      <td><${Severity} of=${each.severity} /></td>
      <td><code>${each.anomaly ? `${each.anomaly.measure} is odd` : each.when}</code></td>
      <td>${each.for === '0s' || each.for === '0ms' ? '' : each.for}</td>
      <td class="quiet">${each.source === 'api' ? `API, version ${each.version}` : each.source}</td>
    </tr>`)}</tbody>
  </table></div>`;
}
