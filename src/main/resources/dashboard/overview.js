import { html } from './lib/preact.js';
import { Cluster } from './cluster.js';
import { FiringAlerts } from './firing.js';
import { Absent, Stale } from './parts.js';
import { PipelineCard } from './pipelinecard.js';
import { pipelines } from './pipelines.js';
import { useTitle } from './shell.js';
import { useStore } from './store.js';

/** Everything at one glance. */
export function Overview() {
  useTitle('Overview');
  const known = useStore(pipelines);
  return html`<h1 class="unseen">Overview</h1>
    <div class="overview">
      <section class="pipelines" aria-label="Pipelines">
        <${Stale} answer=${known} />
        ${known.list === null || known.list.length === 0
          ? html`<${Absent} answer=${known} what="Pipelines" none="No pipelines are configured." />`
          : known.list.map(each => html`<${PipelineCard} key=${each.name} pipeline=${each} history=${known.history[each.name]} />`)}
      </section>
      <${FiringAlerts} />
      <${Cluster} />
    </div>`;
}
