import { html } from './lib/preact.js';
import { nodeName, useCluster } from './clusterwatch.js';
import { link } from './route.js';

const GOING = ['leaving', 'exiting', 'down'];
const COMING = ['joining', 'weaklyup'];

/** On every page while not all nodes are well, as the node that is asked sees it: who is lost, who comes and goes. */
export function ClusterNote() {
  const { data } = useCluster();
  const found = data === null ? [] : unrest(data.members);
  return found.length === 0 ? null : html`<p class="cluster-note" role="status"><a href=${link('overview')}>Cluster</a>: ${found.join('; ')}.</p>`;
}

function unrest(members) {
  const reached = members.filter(each => each.reachable);
  const versions = [...new Set(members.map(each => each.appVersion))].sort();
  return [
    told('unreachable', members.filter(each => !each.reachable)),
    ...GOING.map(status => told(status, reached.filter(each => each.status === status))),
    ...COMING.map(status => told(status, reached.filter(each => each.status === status))),
    versions.length > 1 ? `releases ${versions.join(' and ')} run together` : null,
  ].filter(each => each !== null);
}

function told(state, members) {
  return members.length === 0 ? null : `${members.map(each => nodeName(each.node)).join(', ')} ${members.length === 1 ? 'is' : 'are'} ${state}`;
}
