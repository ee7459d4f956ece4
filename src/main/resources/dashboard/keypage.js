import { html } from './lib/preact.js';
import { keyPath } from './api.js';
import { Chart } from './chart.js';
import { useKey } from './keydata.js';
import { RangeBar } from './rangebar.js';
import { count, length, span, time } from './format.js';
import { Lanes } from './lanes.js';
import { Numbers } from './numbers.js';
import { Absent, Stale, Stat } from './parts.js';
import { amend, link } from './route.js';
import { useTitle } from './shell.js';
import { WindowTable } from './windowtable.js';

/** A key: its windows, the running one growing, its alerts on the time line. */
export function KeyPage({ route }) {
  const [pipeline = '', key = ''] = route.parts;
  useTitle(key);
  const found = useKey(pipeline, key, route.query);
  return html`<div class="title">
      <h1 class="key">${key}</h1><a href=${link('pipeline', [pipeline])}>${pipeline}</a>
      <a href=${keyPath(pipeline, key)} target="_blank" rel="noopener">Raw JSON</a>
    </div>
    ${found.entity.data === null ? html`<${Absent} answer=${found.entity} what="This key" none=${`There is no such key in ${pipeline}.`} />`
      : found.range !== null && html`<${Known} pipeline=${pipeline} of=${key} found=${found} query=${route.query} />`}`;
}

function Known({ pipeline, of, found, query }) {
  const { entity, rolling, windows, range, alerts, names, list } = found;
  const name = names.includes(query.measure) ? query.measure : 'count';
  const chosen = windows.find(each => String(each.start) === query.at) ?? windows.at(-1) ?? null;
  return html`<${Stale} answer=${entity} />
    <${Figures} pipeline=${pipeline} entity=${entity.data} rolling=${rolling} />
    <${RangeBar} range=${range} name=${name} names=${names} query=${query} />
    <div class="key-page">
      <section class="card" aria-label="Windows">
        ${windows.length === 0 ? html`<${Empty} found=${found} />`
          : html`<${Chart} windows=${windows} from=${range.from} to=${range.to} name=${name} band=${bandOf(windows, name)} chosen=${chosen?.start}
            choose=${start => amend({ at: start })} />`}
        <${Lanes} alerts=${alerts} from=${range.from} to=${range.to} />
        ${found.more && html`<p class="absent">The newest 1,000 windows of this range are drawn.</p>`}
        <${Stale} answer=${list} />
      </section>
      <${Numbers} pipeline=${pipeline} of=${of} chosen=${chosen} windows=${windows} rolling=${rolling} names=${names} />
    </div>
    <${WindowTable} pipeline=${pipeline} of=${of} windows=${windows} name=${name} range=${range} />`;
}

function Figures({ pipeline, entity, rolling }) {
  const running = entity.windows.find(each => each.state === 'open');
  const trailing = rolling.data;
  return html`<dl class="stats card">
    <${Stat} name="Running hour" value=${running ? count(running.count) : 'none open'} note=${running && span(Date.parse(running.start), Date.parse(running.end))} />
    <${Stat} name="Rolling hour" value=${trailing ? count(trailing.count) : '–'} note=${trailing ? `to ${time(trailing.end)}` : rolling.status === 404 ? 'not available on this node' : null} />
    <${Stat} name="Watermark" value=${time(entity.watermark)} />
    <${Stat} name="Late" value=${count(entity.late)} href=${entity.late > 0 && link('refused', [pipeline], { kind: 'late', key: entity.key })} tone=${entity.late > 0 ? 'strong' : 'quiet'} />
    <${Stat} name="Alerts firing" value=${count(entity.alerts.length)} tone=${entity.alerts.length > 0 ? 'warning' : 'quiet'} />
  </dl>`;
}

/** The measure whose quantiles are drawn: that of the series, else the first one that has them. */
function bandOf(windows, name) {
  const has = measure => windows.some(each => ['p50', 'p95', 'p99'].every(p => p in (each.measures?.[measure] ?? {})));
  return [name.replace(/\.[^.]*$/, ''), ...Object.keys(windows.at(-1).measures ?? {})].find(has) ?? null;
}

function Empty({ found }) {
  const newest = Math.max(...found.entity.data.windows.map(each => Date.parse(each.end)));
  const { from, to, sizeMs } = found.range;
  if (found.list.data === null) {
    return html`<${Absent} answer=${found.list} what="Windows" />`;
  }
  return html`<p class="absent">No events of this key from ${time(from)} to ${time(to)}.
    ${Number.isFinite(newest) && newest <= from && html` The newest were ${length(from - newest)} before: <a href=${link('key', [found.pipeline, found.key],
      { from: newest - (to - from), to: newest, measure: found.query.measure })}>go there</a>.`}${sizeMs > to - from && ' The range is shorter than a window.'}</p>`;
}
