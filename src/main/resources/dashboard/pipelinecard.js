import { html } from './lib/preact.js';
import { now } from './connection.js';
import { ago, count, millis, rate, time } from './format.js';
import { RunningHour } from './runninghour.js';
import { Stat } from './parts.js';
import { lagOf, notDurable } from './pipelines.js';
import { link } from './route.js';
import { Sparkline } from './sparkline.js';
import { TopKeys } from './topkeys.js';

/** A pipeline on the overview: how fast, how far, what was set aside, its running window and the keys with most events in it. */
export function PipelineCard({ pipeline, history }) {
  return html`<article class="card pipeline">
    <header>
      <h2><a href=${link('pipeline', [pipeline.name])}>${pipeline.name}</a></h2>
      <${Readers} pipeline=${pipeline} />
    </header>
    <${PipelineStats} pipeline=${pipeline} history=${history} />
    <div class="two">
      <${RunningHour} pipeline=${pipeline} />
      <${TopKeys} pipeline=${pipeline} by="count" />
    </div>
  </article>`;
}

export function PipelineStats({ pipeline, history = [] }) {
  const watermark = millis(pipeline.watermark);
  const lag = lagOf(pipeline);
  const newest = history.at(-1)?.rate ?? null;
  return html`<dl class="stats">
    <${Stat} name="Events/s" value=${rate(newest)}><${Sparkline} values=${history.map(each => each.rate)} name=${`Events a second of ${pipeline.name}`} /></${Stat}>
    <${Stat} name="Watermark" value=${watermark === null ? '–' : time(watermark)} note=${watermark === null ? 'no events yet' : ago(watermark, now())} />
    <${Stat} name="Lag" value=${count(lag)} tone=${lag > 0 ? 'strong' : 'quiet'} note=${`${count(notDurable(pipeline))} not durable yet`} />
    ${'late' in pipeline && html`<${Aside} name="Late" of=${pipeline.late} href=${link('refused', [pipeline.name], { kind: 'late' })} />`}
    ${'refused' in pipeline && html`<${Aside} name="Refused" of=${pipeline.refused} href=${link('refused', [pipeline.name])} />`}
  </dl>`;
}

function Aside({ name, of, href }) {
  return html`<${Stat} name=${name} value=${count(of)} href=${href} tone=${of > 0 ? 'strong' : 'quiet'} note=${of === null ? 'not known' : null} />`;
}

/** Who reads it: fine, or what is wrong. */
export function Readers({ pipeline }) {
  const without = pipeline.partitions.filter(each => each.node === null).length;
  const all = pipeline.partitions.length;
  return without > 0 || all === 0
    ? html`<span class="trouble">${all === 0 ? 'No partition is read yet' : `${without} of ${all} partitions without a reader`}</span>`
    : html`<span class="quiet">topic ${pipeline.topic}, ${all} ${all === 1 ? 'partition' : 'partitions'}</span>`;
}
