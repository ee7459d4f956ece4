import { html } from './lib/preact.js';
import { changes, nodeName, useCluster } from './clusterwatch.js';
import { clock, count } from './format.js';
import { Absent, Pill, Stale } from './parts.js';
import { useStore } from './store.js';

const TONES = { up: 'live', weaklyup: 'warning', joining: 'warning', leaving: 'warning', exiting: 'warning', down: 'critical' };

/** The nodes with what they hold, and what has changed since the page was opened. */
export function Cluster() {
  const answer = useCluster();
  const cluster = answer.data;
  return html`<section class="card cluster" aria-label="Cluster">
    <header><h2>Cluster ${cluster && html`<span class="quiet">${cluster.members.length} ${cluster.members.length === 1 ? 'node' : 'nodes'}</span>`}</h2></header>
    ${cluster === null ? html`<${Absent} answer=${answer} what="The cluster" />` : html`<${Nodes} cluster=${cluster} />`}
    <${Stale} answer=${answer} />
    <${Changes} />
  </section>`;
}

function Nodes({ cluster }) {
  const { pipelines, members } = cluster;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Nodes"><table class="nodes">
    <thead><tr><th>Node</th><th>Status</th><th>Version</th>${pipelines.map(each => html`<th key=${each.pipeline}>${each.pipeline}</th>`)}</tr></thead>
    <tbody>
      ${members.map(each => html`<tr key=${each.uid} class=${each.reachable ? '' : 'gone'}>
        <th scope="row">${nodeName(each.node)}${each.self && html` <span class="quiet">this one</span>`}</th>
        <td class="when"><${Status} member=${each} leads=${each.node === cluster.leader} /></td>
        <td class="when">${each.appVersion}</td>
        ${pipelines.map(pipeline => html`<${Held} key=${pipeline.pipeline} pipeline=${pipeline} node=${each.node} />`)}
      </tr>`)}
      <${Nowhere} pipelines=${pipelines} />
    </tbody>
  </table></div>`;
}

function Status({ member, leads }) {
  return member.reachable
    ? html`<${Pill} tone=${TONES[member.status]}>${member.status}</${Pill}>${leads && html` <span class="quiet">leader</span>`}`
    : html`<${Pill} tone="critical">unreachable</${Pill}>`;
}

function Held({ pipeline, node }) {
  const held = pipeline.nodes.find(each => each.node === node) ?? { shards: [], partitions: [], activeKeys: 0 };
  if (pipeline.unanswered.includes(node)) {
    return html`<td class="held"><span class="trouble">does not say</span></td>`;
  }
  return html`<td class="held">
    <span class="share" aria-hidden="true"><span style=${{ width: `${held.shards.length / pipeline.numberOfShards * 100}%` }}></span></span>
    <span>${held.shards.length} ${held.shards.length === 1 ? 'shard' : 'shards'}, ${held.partitions.length} ${held.partitions.length === 1 ? 'partition' : 'partitions'}, ${count(held.activeKeys)} ${held.activeKeys === 1 ? 'key' : 'keys'}</span>
  </td>`;
}

/** A row for what no node holds, when there is something. */
function Nowhere({ pipelines }) {
  const any = pipelines.some(each => each.unreadPartitions.length > 0 || each.unassignedShards.length > 0);
  return any ? html`<tr class="nowhere"><th scope="row">no node</th><td></td><td></td>${pipelines.map(each => html`<td key=${each.pipeline}>
    ${each.unassignedShards.length > 0 && html`<span class="quiet">${each.unassignedShards.length} shards not needed yet or on their way</span>`}
    ${each.unreadPartitions.length > 0 && html`<span class="trouble">${each.unreadPartitions.length} partitions not read</span>`}</td>`)}</tr>` : null;
}

function Changes() {
  const list = useStore(changes);
  return list.length === 0 ? null : html`<ol class="changes" aria-label="Changes of the cluster">
    ${list.map(each => html`<li key=${each.id} class=${each.tone}><time>${clock(each.at)}</time> ${each.text}</li>`)}
  </ol>`;
}
