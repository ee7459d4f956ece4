import { html, useState } from './lib/preact.js';
import { pipelinePath, query } from './api.js';
import { nodeName } from './clusterwatch.js';
import { KeyLink } from './finder.js';
import { count, time } from './format.js';
import { Absent, Select } from './parts.js';
import { PipelineStats, Readers } from './pipelinecard.js';
import { pipelines } from './pipelines.js';
import { usePoll } from './poll.js';
import { amend, link } from './route.js';
import { RunningHour } from './runninghour.js';
import { useTitle } from './shell.js';
import { useStore } from './store.js';
import { TopKeys } from './topkeys.js';

const KEYS = 50;
const AGGREGATES = ['sum', 'mean', 'min', 'max', 'stddev', 'p50', 'p95', 'p99', 'distinct'];

/** One pipeline: its partitions, its running window, its keys, its configuration. */
export function PipelinePage({ route }) {
  const [name = ''] = route.parts;
  useTitle(name);
  const known = useStore(pipelines);
  const pipeline = known.list?.find(each => each.name === name);
  if (pipeline === undefined) {
    return html`<h1>${name}</h1><${Absent} answer=${known.list === null ? known : { status: 404, type: 'urn:hourglass' }} what="Pipelines" none="There is no such pipeline." />`;
  }
  const by = route.query.by ?? 'count';
  return html`<div class="title"><h1>${name}</h1><${Readers} pipeline=${pipeline} />
      <a href=${link('rules', [name])}>Rules</a> <a href=${link('refused', [name])}>Refused</a> <a href=${pipelinePath(name)} target="_blank" rel="noopener">Raw JSON</a></div>
    <div class="card"><${PipelineStats} pipeline=${pipeline} history=${known.history[name]} /></div>
    <div class="columns">
      <div class="card"><${RunningHour} pipeline=${pipeline} all=${true} /></div>
      <div class="card"><${TopKeys} pipeline=${pipeline} by=${by}>
        <${Select} label="by" value=${by} options=${rankings(pipeline).map(each => [each, each])} change=${value => amend({ by: value === 'count' ? '' : value })} />
      </${TopKeys}></div>
      <${Keys} pipeline=${name} />
      <${Partitions} pipeline=${pipeline} />
    </div>
    <details class="card"><summary>Configuration</summary><pre tabindex="0">${JSON.stringify(pipeline.config, null, 2)}</pre></details>`;
}

function rankings(pipeline) {
  return ['count', ...Object.entries(pipeline.config?.measures ?? {}).flatMap(([name, measure]) =>
    AGGREGATES.filter(each => (measure.aggregates ?? []).includes(each)).map(each => `${name}.${each}`))];
}

function Partitions({ pipeline }) {
  return html`<section class="card"><h2>Partitions</h2><div class="scroll" tabindex="0" role="group" aria-label="Partitions"><table>
    <thead><tr><th class="number">No</th><th>Read by</th><th>Watermark</th><th class="number">Position</th><th class="number">Durable</th><th class="number">End</th><th class="number">Lag</th></tr></thead>
    <tbody>${pipeline.partitions.map(each => html`<tr key=${each.partition}>
      <td class="number">${each.partition}</td><td>${each.node === null ? html`<span class="trouble">nobody</span>` : nodeName(each.node)}</td><td class="when">${time(each.watermark)}</td>
      <td class="number">${count(each.position)}</td><td class="number">${count(each.committed)}</td><td class="number">${count(each.end)}</td><td class="number">${count(each.lag)}</td>
    </tr>`)}</tbody></table></div></section>`;
}

/** Keys by how they begin, a page at most. */
function Keys({ pipeline }) {
  const [prefix, setPrefix] = useState('');
  const answer = usePoll(query(pipelinePath(pipeline, 'entities'), { prefix, limit: KEYS }), 10_000);
  const items = answer.data?.items ?? [];
  return html`<section class="card"><h2>Keys</h2>
    <label class="field"><span>That begin with</span><input type="search" value=${prefix} autocomplete="off" spellcheck=${false} onInput=${event => setPrefix(event.currentTarget.value)} /></label>
    ${items.length === 0 ? html`<${Absent} answer=${answer} what="Keys" none="No key begins like this." />`
      : html`<ul class="keys">${items.map(each => html`<li key=${each}><${KeyLink} pipeline=${pipeline} of=${each} /></li>`)}</ul>`}
    ${answer.data?.next && html`<p class="absent">There are more: write more of the beginning.</p>`}
  </section>`;
}
