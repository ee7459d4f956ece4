import { store } from './store.js';

/** Whether the node answers: `{up, since}`, since in milliseconds of this browser's clock. */
export const connection = store({ up: true, since: Date.now() });

/** Milliseconds by which the node's clock is ahead of this browser's. */
let ahead = 0;
let heard = -Infinity;

export function reached(dateHeader) {
  heard = performance.now();
  const told = Date.parse(dateHeader);
  // The header has whole seconds.
  if (!Number.isNaN(told) && Math.abs(told - Date.now() - ahead) > 2_000) {
    ahead = told - Date.now();
  }
  if (!connection.get().up) {
    connection.set({ up: true, since: Date.now() });
  }
}

export function lost() {
  if (connection.get().up) {
    connection.set({ up: false, since: Date.now() });
  }
}

/** Lost, if the node has answered nothing since then. @param at as `performance.now()` says it */
export function lostSince(at) {
  if (heard < at) {
    lost();
  }
}

/** Calls back each time the node answers again. Returns how to stop that. */
export function onReturn(action) {
  return connection.listen(state => state.up && action());
}

/** The node's wall clock, epoch milliseconds. */
export function now() {
  return Date.now() + ahead;
}
