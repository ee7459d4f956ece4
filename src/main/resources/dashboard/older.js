import { html, useState } from './lib/preact.js';
import { get } from './api.js';
import { now } from './connection.js';
import { time } from './format.js';
import { distinct } from './store.js';

/**
 * A list read page by page. From the first step to older ones on it stands still, as what moved out of a page that goes
 * on would be in none; begun anew with another path.
 *
 * @param first what the path answers, polled
 * @param name what an item is known by
 */
export function usePages(path, first, name) {
  const [read, setRead] = useState({ path: null });
  const still = read.path === path;
  const { items, next } = still ? read : { items: first.data?.items ?? [], next: first.data?.next ?? null };
  const older = async () => {
    const begun = still ? read : { path, items, next, at: now() };
    setRead({ ...begun, next: null });
    const answer = await get(`${path}&cursor=${encodeURIComponent(next)}`);
    setRead(before => before.path !== path ? before : answer.data === null ? { ...begun, problem: answer.problem }
      : { ...begun, items: distinct([...begun.items, ...answer.data.items], name), next: answer.data.next, problem: null });
  };
  return { items, next, older, at: still ? read.at : null, problem: still ? read.problem : null, newest: () => setRead({ path: null }) };
}

/** Below such a list: to older ones, or back to those that come. */
export function Pages({ of }) {
  return html`${of.at !== null && html`<p class="stale still" role="status">As of ${time(of.at)}: the list stands still while older ones are shown.
      <button type="button" class="small" onClick=${of.newest}>The newest again</button></p>`}
    ${of.problem && html`<p class="stale" role="status">Older ones: ${of.problem}</p>`}
    ${of.next && html`<button type="button" class="all" onClick=${of.older}>Older</button>`}`;
}
