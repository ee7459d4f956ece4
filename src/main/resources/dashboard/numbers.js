import { html } from './lib/preact.js';
import { keyPath } from './api.js';
import { count, exact, iso, length, span, time } from './format.js';
import { Frequent } from './frequent.js';
import { Pill } from './parts.js';
import { valueOf } from './windows.js';

/** The chosen window's numbers beside those of the window before and of the rolling hour. */
export function Numbers({ pipeline, of, chosen, windows, rolling, names }) {
  if (chosen === null) {
    return null;
  }
  const before = windows.filter(each => each.start < chosen.start).at(-1) ?? null;
  const trailing = rolling.data;
  return html`<section class="card numbers" aria-label="Numbers">
    <header><h2>${span(chosen.start, chosen.end)}</h2><${State} window=${chosen} />
      <a href=${keyPath(pipeline, of, 'windows', iso(chosen.start))} target="_blank" rel="noopener">Raw JSON</a></header>
    <div class="scroll" tabindex="0" role="group" aria-label="Numbers of the window"><table>
      <thead><tr><td></td><th class="number">This window</th><th class="number">Before</th>${trailing && html`<th class="number">Rolling</th>`}</tr></thead>
      <tbody>${names.map(name => html`<tr key=${name} class=${name === 'count' ? 'main' : ''}><th scope="row">${name === 'count' ? 'events' : name}</th>
        <td class="number">${exact(valueOf(chosen, name))}</td>
        <td class="number quiet">${before === null ? '–' : exact(valueOf(before, name))}</td>
        ${trailing && html`<td class="number">${exact(valueOf(trailing, name))}</td>`}</tr>`)}</tbody>
    </table></div>
    <p class="quiet">${before !== null && `Before: ${span(before.start, before.end)}. `}${trailing && `Rolling: ${length(Date.parse(trailing.end) - Date.parse(trailing.start))} to ${time(trailing.end)}.`}</p>
    <${Frequent} window=${chosen} />
  </section>`;
}

function State({ window }) {
  return html`<${Pill} tone=${window.state === 'open' ? 'live' : ''}>${window.state}</${Pill}>
    <span class="quiet">revision ${window.revision}${window.closedBy ? `, by ${window.closedBy}` : ''}${window.late > 0 ? `, ${count(window.late)} late` : ''}</span>`;
}
