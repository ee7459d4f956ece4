import { html, useState } from './lib/preact.js';
import { keyPath, query } from './api.js';
import { count, exact, iso, time } from './format.js';
import { valueOf } from './windows.js';

/** The same windows as rows, newest first. */
export function WindowTable({ pipeline, of, windows, name, range }) {
  const [open, setOpen] = useState(false);
  const all = query(keyPath(pipeline, of, 'windows'), { from: iso(range.from), to: iso(range.to), limit: 1000 });
  return html`<details class="card" onToggle=${event => setOpen(event.currentTarget.open)}><summary>${count(windows.length)} windows as a table</summary>
    ${open && html`<p><a href=${all} target="_blank" rel="noopener">Raw JSON of the range</a></p>
    <div class="scroll" tabindex="0" role="group" aria-label="Windows as a table"><table>
      <thead><tr><th>Start</th><th>State</th><th class="number">Revision</th><th class="number">Events</th><th class="number">Late</th>${name !== 'count' && html`<th class="number">${name}</th>`}<th>Raw</th></tr></thead>
      <tbody>${[...windows].reverse().map(each => html`<tr key=${each.start}>
        <td class="when">${time(each.start)}</td><td>${each.state}${each.closedBy ? `, by ${each.closedBy}` : ''}</td><td class="number">${each.revision}</td>
        <td class="number">${count(each.count)}</td><td class="number">${count(each.late)}</td>${name !== 'count' && html`<td class="number">${exact(valueOf(each, name))}</td>`}
        <td><a href=${keyPath(pipeline, of, 'windows', iso(each.start))} target="_blank" rel="noopener" aria-label=${`Raw JSON of ${time(each.start)}`}>JSON</a></td>
      </tr>`)}</tbody>
    </table></div>`}</details>`;
}
